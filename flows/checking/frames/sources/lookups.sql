-- Reads the seed areas too.
with

doubled as (
    select
        load_id,
        count(*) as lsoas
    from (
        select _load_id as load_id
        from area_lookups
        -- a lookup that carries codes of 2011 to 2021 may list a code of 2021 for each of its parts
        where lsoa21_code is not null and lad_code is not null
        group by _load_id, lsoa21_code
        having count(distinct lad_code) > 1
    )
    group by load_id
)

select
    rows._load_id as load_id,
    coalesce(any_value(doubled.lsoas), 0) as lsoas_in_two_authorities,
    count(distinct rows.csp_code) filter (where areas.area_code is null) as partnerships_unknown
from area_lookups as rows
left join areas on rows.csp_code = areas.area_code
left join doubled on rows._load_id = doubled.load_id
group by rows._load_id
