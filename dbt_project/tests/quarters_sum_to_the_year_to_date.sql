-- A failing row is a complete year to date, at a quarter's end, that lacks a complete quarter or is not
-- the sum of its quarters. A year to date stated whole may differ from quarters, and is not theirs.
with

complete_counts as (
    select * from {{ ref('int_period_values') }}
    where
        is_complete
        and value_kind = 'count'
        and grain in ('month', 'quarter')
)

select
    ytd.source,
    ytd.indicator_id,
    ytd.area_code,
    ytd.period_end,
    max(ytd.value) as year_to_date,
    sum(quarters.value) as sum_of_quarters
from complete_counts as ytd
inner join complete_counts as quarters
    on
        ytd.source = quarters.source
        and ytd.indicator_id = quarters.indicator_id
        and ytd.area_code = quarters.area_code
        and ytd.period_start <= quarters.period_start
        and ytd.period_end >= quarters.period_end
where
    ytd.period_type = 'ytd'
    and quarters.period_type = 'quarter'
    and month(ytd.period_end) in (3, 6, 9, 12)
group by all
having
    count(*) * 3 <> max(ytd.months_expected)
    or (
        bool_and(ytd.grain = quarters.grain)
        and abs(max(ytd.value) - sum(quarters.value)) > 1e-9
    )
