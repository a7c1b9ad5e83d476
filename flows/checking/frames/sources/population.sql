with

-- totals against single ages, where a file has both for an area, year and sex
age_sums as (
    select
        _load_id as load_id,
        max(population) filter (where age_from = 0 and age_to is null) as total,
        sum(population) filter (
            where age_to = age_from or (age_to is null and age_from > 0)
        ) as summed,
        count(*) filter (where age_to is null and age_from > 0) as open_ages
    from population
    where population_kind = 'residents'
    group by _load_id, area_code, area_name, geography, sex, year
),

unequal as (
    select
        load_id,
        count(*) as areas
    from age_sums
    where total is not null and open_ages = 1 and abs(total - summed) > 0.5
    group by load_id
)

select
    rows._load_id as load_id,
    max(rows.year) - year(any_value(loads.extract_date)) as newest_year_ahead,
    coalesce(any_value(unequal.areas), 0) as ages_beyond_the_total
from population as rows
inner join loads_in_force as loads on rows._load_id = loads.load_id
left join unequal on rows._load_id = unequal.load_id
group by rows._load_id
