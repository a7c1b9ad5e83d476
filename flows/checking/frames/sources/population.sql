-- One row per table of people or households in force. Reads loads_in_force and the rows.
with

files as (
    select * from loads_in_force
    where source = 'population'
),

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
),

landed as (
    select
        rows._load_id as load_id,
        count(*) as rows_landed,
        count(*) filter (
            where rows.population is null or rows.population < 0 or rows.year is null
        ) as numbers_not_usable,
        count(*) filter (where rows.year > year(files.extract_date)) as years_ahead
    from population as rows
    inner join files on rows._load_id = files.load_id
    group by rows._load_id
)

select
    files.load_id as load_ids,
    files.file,
    cast(files.extract_date as varchar) as extract_date,
    files.rows_read,
    files.rows_loaded,
    files.rows_rejected,
    rejected_share(files.rows_rejected, files.rows_read) as rejected_share,
    abs(files.rows_read - files.rows_loaded - files.rows_rejected) as rows_unaccounted,
    abs(files.rows_loaded - coalesce(landed.rows_landed, 0)) as rows_not_landed,
    coalesce(landed.numbers_not_usable, 0) as numbers_not_usable,
    coalesce(landed.years_ahead, 0) as years_ahead,
    coalesce(unequal.areas, 0) as ages_beyond_the_total
from files
left join landed on files.load_id = landed.load_id
left join unequal on files.load_id = unequal.load_id
order by files.file, files.extract_date, files.load_id
