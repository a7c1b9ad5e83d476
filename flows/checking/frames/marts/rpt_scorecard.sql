-- One row: counts of what is wrong in rpt_scorecard.
with

duplicates as (
    select count(*) as extra
    from (
        select 1 from rpt_scorecard group by area_code, indicator_id having count(*) > 1
    )
),

not_in_values as (
    select count(*) as lines
    from rpt_scorecard as lines
    anti join fct_indicator_values as figures
        on
            lines.source = figures.source
            and lines.indicator_id = figures.indicator_id
            and lines.area_code = figures.area_code
            and lines.period_type = figures.period_type
            and lines.period_end = figures.period_end
            and lines.value is not distinct from figures.value
            and lines.previous_value is not distinct from figures.previous_value
            and lines.rate is not distinct from figures.rate
    -- a home area's indicator that nobody supplied has a line without a figure
    where lines.value is not null
)

select
    'rpt_scorecard' as mart,
    count(*) as rows,
    (select extra from duplicates) as duplicate_keys,
    count(*) filter (where area_code is null or indicator_id is null) as null_keys,
    (select lines from not_in_values) as lines_not_in_values,
    count(*) filter (
        where not coalesce(is_complete, false)
        and (
            coalesce(value, previous_value, change, change_pct, change_pp, rate) is not null
            or significance is not null
        )
    ) as incomplete_with_comparison,
    count(*) filter (
        where (
            is_suppressed
            and coalesce(value, value_so_far, rate, change, change_pct) is not null
        )
        or (
            is_comparison_suppressed
            and previous_value is null
            and coalesce(change, change_pct) is not null
        )
    ) as suppressed_with_figure
from rpt_scorecard
