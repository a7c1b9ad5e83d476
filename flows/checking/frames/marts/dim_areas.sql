-- One row: counts of what is wrong in dim_areas.
select
    'dim_areas' as mart,
    count(*) as rows,
    count(area_code) - count(distinct area_code) as duplicate_keys,
    count(*) filter (
        where area_code is null or area_name is null or area_type is null
    ) as null_keys,
    count(*) filter (
        where area_type = 'csp' and force_code is null
    ) as partnerships_without_force,
    (
        select count(distinct named.force_code)
        from dim_areas as named
        anti join (select area_code from dim_areas where area_type = 'force') as forces
            on named.force_code = forces.area_code
        where named.force_code is not null
    ) as forces_unknown,
    (
        select count(*)
        from (
            select 1
            from dim_areas
            group by area_type, area_name
            having count(distinct area_code) > 1
        )
    ) as names_in_conflict,
    count(*) filter (where is_home_area) as home_areas,
    coalesce(string_agg(distinct area_type, '|' order by area_type), '') as area_types
from dim_areas
