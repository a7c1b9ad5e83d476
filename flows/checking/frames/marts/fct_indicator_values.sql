-- One row: counts of what is wrong in fct_indicator_values.
with

figures as (
    select * from fct_indicator_values
),

duplicates as (
    select count(*) as extra
    from (
        select 1
        from figures
        group by source, indicator_id, area_code, period_type, period_start, period_end
        having count(*) > 1
    )
),

headlines as (
    select count(*) as conflicts
    from (
        select 1
        from figures
        where is_headline_source
        group by indicator_id, area_code, period_type, period_end
        having count(distinct source) > 1
    )
),

-- Areas count by location, forces by who recorded: the two agree in the sum over all of them only
-- (a force records in its neighbours' areas too), and only where the source has a location-unknown
-- row, which says that it counts records. An area whose own force did not supply the month has no
-- figure: unless every area has one, the areas together have at most what the forces recorded.
force_months as (
    select
        source,
        indicator_id,
        period_end,
        coalesce(sum(value) filter (where area_type = 'force'), 0) as by_force,
        coalesce(sum(value) filter (where area_type in ('csp', 'location_unknown')), 0) as by_place,
        count(*) filter (where area_type = 'csp' and is_complete) as areas_supplied
    from figures
    where period_type = 'month'
    group by source, indicator_id, period_end
    having
        bool_or(area_type = 'force')
        and bool_or(area_type = 'location_unknown')
        and not bool_or(coalesce(is_suppressed, false))
),

adding_up as (
    select count(*) as months
    from force_months
    where
        by_place - by_force > 1e-6
        or (
            by_force - by_place > 1e-6
            and areas_supplied = (select count(*) from dim_areas where area_type = 'csp')
        )
),

supplied_forces as (
    select source, indicator_id, period_end, force_code
    from figures
    where area_type = 'force' and period_type = 'month' and is_complete
),

expected_areas as (
    select
        supplied_forces.source,
        supplied_forces.indicator_id,
        supplied_forces.period_end,
        dim_areas.area_code
    from supplied_forces
    inner join dim_areas
        on supplied_forces.force_code = dim_areas.force_code and dim_areas.area_type = 'csp'
),

-- estimates more than two years older than the policy asks for, by kind and year
old_populations as (
    select coalesce(string_agg(words, '|' order by words), '') as words
    from (
        select
            denominator_kind || ' of ' || population_year || ' in figures up to '
            || strftime(max(period_end), '%B %Y') || ' (' || count(distinct area_code) || ' areas)'
                as words
        from figures
        where is_population_out_of_date
        group by denominator_kind, population_year
    ) as kinds
),

missing_areas as (
    select count(*) as areas
    from expected_areas
    anti join (select * from figures where period_type = 'month') as present
        on
            expected_areas.source = present.source
            and expected_areas.indicator_id = present.indicator_id
            and expected_areas.period_end = present.period_end
            and expected_areas.area_code = present.area_code
)

select
    'fct_indicator_values' as mart,
    count(*) as rows,
    (select extra from duplicates) as duplicate_keys,
    count(*) filter (
        where source is null or indicator_id is null or area_code is null
        or period_type is null or period_start is null or period_end is null
    ) as null_keys,
    count(*) filter (
        where value < 0 or value_so_far < 0 or previous_value < 0 or denominator < 0 or rate < 0
    ) as negative_values,
    count(*) filter (
        where change is not null
        and not coalesce(
            abs(change - (value - previous_value)) <= 1e-9 * greatest(1, abs(value)), false
        )
    ) as changes_not_a_difference,
    count(*) filter (
        where change_pct is not null
        and not coalesce(
            previous_value <> 0
            and abs(change_pct - 100 * (value - previous_value) / previous_value)
            <= 1e-9 * greatest(1, abs(change_pct)),
            false
        )
    ) as changes_pct_wrong,
    count(*) filter (
        where is_complete and not coalesce(months_supplied = months_expected, false)
    ) as complete_without_months,
    count(*) filter (
        where not coalesce(is_complete, false)
        and coalesce(
            change, change_pct, change_pp, change_ratio, change_p_value,
            value, previous_value, rate, rate_lower, rate_upper, annualised_rate
        ) is not null
    ) + count(*) filter (
        where not coalesce(is_complete, false) and significance is not null
    ) as incomplete_with_comparison,
    count(*) filter (
        where rate < rate_lower - 1e-9 * abs(rate_lower) or rate > rate_upper + 1e-9 * abs(rate_upper)
    ) as rates_outside_interval,
    -- the figure may be withheld, the one before it or the baseline: never what would give it back
    count(*) filter (
        where (
            is_suppressed
            and coalesce(value, value_so_far, rate, annualised_rate, change, change_pct) is not null
        )
        or (
            is_comparison_suppressed
            and (
                (previous_value is null and coalesce(previous_rate, change, change_pct) is not null)
                or (value + previous_value + baseline_3yr_value) is not null
            )
        )
    ) as suppressed_with_figure,
    count(*) filter (where is_complete and period_end > extract_date) as complete_after_extract,
    (select months from adding_up) as force_months_not_adding_up,
    (select areas from missing_areas) as areas_missing,
    (select conflicts from headlines) as headlines_in_conflict,
    (select words from old_populations) as populations_out_of_date,
    coalesce(string_agg(distinct period_type, '|' order by period_type), '') as period_types,
    coalesce(string_agg(distinct area_type, '|' order by area_type), '') as area_types,
    coalesce(string_agg(distinct polarity, '|' order by polarity), '') as polarities
from figures
