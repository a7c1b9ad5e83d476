-- A Most Similar Family has 15 members and CIPFA's neighbours are 16, the area itself among them. Reads
-- area_spellings too.
with

families_of_lists as (
    select
        rows._load_id as load_id,
        lower(rows.scheme) as scheme,
        count(distinct coalesce(neighbours.area_code, folded_name(rows.neighbour))) filter (
            where coalesce(neighbours.area_code, folded_name(rows.neighbour))
            <> coalesce(areas_named.area_code, folded_name(rows.area))
        ) + 1 as members
    from families as rows
    left join area_spellings as neighbours on folded_name(rows.neighbour) = neighbours.spelling
    left join area_spellings as areas_named on folded_name(rows.area) = areas_named.spelling
    group by rows._load_id, rows.scheme, rows.area, rows.valid_from
)

select
    load_id,
    count(*) filter (
        where (scheme = 'msf' and members <> 15) or (scheme = 'cipfa' and members <> 16)
    ) as sizes_unusual
from families_of_lists
group by load_id
