-- Reads seeded_offence_codes too.
select
    _load_id as load_id,
    count(*) filter (
        where lower(offence_subgroup) not in (
            select lower(offence_subgroup) from seeded_offence_codes
        )
        and lower(offence_group) not in (select lower(offence_group) from seeded_offence_codes)
    ) as subgroups_unknown,
    count(*) filter (where valid_to < valid_from) as validity_backwards
from offence_reference
group by _load_id
