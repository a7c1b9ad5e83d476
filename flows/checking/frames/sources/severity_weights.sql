-- Reads the seed offence_codes too.
select
    _load_id as load_id,
    count(*) filter (
        where upper(trim(offence_code)) not in (select upper(offence_code) from offence_codes)
    ) as codes_unknown,
    count(*) filter (where valid_to < valid_from) as validity_backwards
from severity_weights
group by _load_id
