-- One row per partner return in force. Reads loads_in_force, indicators (the seed) and the landed
-- rows (partner_returns), which are few.
with

returns as (
    select * from loads_in_force
    where source = 'partner_returns'
),

conflicts as (
    select
        load_id,
        count(*) as figures
    from (
        select _load_id as load_id
        from partner_returns
        -- an area's figure and what it is measured against are two things
        group by
            _load_id, area, area_type, comparator, indicator_id, period_start, period_end
        having
            count(distinct coalesce(numerator, -1)) > 1
            or count(distinct coalesce(denominator, -1)) > 1
            or count(distinct coalesce(value, -1)) > 1
    )
    group by load_id
),

landed as (
    select
        figures._load_id as load_id,
        count(*) as rows,
        count(*) filter (
            where figures.area is null or figures.indicator_id is null
            or figures.period_start is null or figures.period_end is null
        ) as rows_without_key,
        count(*) filter (
            where figures.numerator is null and figures.value is null
        ) as rows_without_figure,
        count(*) filter (
            where figures.numerator < 0 or figures.denominator < 0 or figures.value < 0
        ) as negative_figures,
        count(*) filter (
            where indicators.value_kind = 'proportion' and figures.numerator > figures.denominator
        ) as proportions_above_one,
        count(*) filter (where indicators.indicator_id is null) as indicators_unknown,
        count(*) filter (where figures.period_end < figures.period_start) as periods_backwards,
        count(*) filter (where figures.period_end > returns.extract_date) as periods_after_extract
    from partner_returns as figures
    inner join returns on figures._load_id = returns.load_id
    left join indicators on figures.indicator_id = indicators.indicator_id
    group by figures._load_id
)

select
    returns.load_id as load_ids,
    returns.file,
    cast(returns.extract_date as varchar) as extract_date,
    returns.rows_read,
    returns.rows_loaded,
    returns.rows_rejected,
    rejected_share(returns.rows_rejected, returns.rows_read) as rejected_share,
    abs(returns.rows_read - returns.rows_loaded - returns.rows_rejected) as rows_unaccounted,
    abs(returns.rows_loaded - coalesce(landed.rows, 0)) as rows_not_landed,
    coalesce(landed.rows_without_key, 0) as rows_without_key,
    coalesce(landed.rows_without_figure, 0) as rows_without_figure,
    coalesce(landed.negative_figures, 0) as negative_figures,
    coalesce(landed.proportions_above_one, 0) as proportions_above_one,
    coalesce(landed.indicators_unknown, 0) as indicators_unknown,
    named_indicators.words as indicators_unknown_words,
    coalesce(landed.periods_backwards, 0) as periods_backwards,
    coalesce(landed.periods_after_extract, 0) as periods_after_extract,
    coalesce(conflicts.figures, 0) as conflicting_figures,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from returns
left join landed on returns.load_id = landed.load_id
left join conflicts on returns.load_id = conflicts.load_id
left join named_areas on returns.load_id = named_areas.load_id
left join named_indicators on returns.load_id = named_indicators.load_id
order by returns.file, returns.extract_date, returns.load_id
