select
    _load_id as load_id,
    count(*) filter (
        where not regexp_full_match(reference, '[0-9a-f]{64}(;[0-9a-f]{64})*')
        or not regexp_full_match(caller_key, '[0-9a-f]{64}(;[0-9a-f]{64})*')
        or not regexp_full_match(location_key, '[0-9a-f]{64}(;[0-9a-f]{64})*')
    ) as unhashed_keys,
    count(*) filter (where ward is null and lsoa_code is null) as rows_without_place
from asb_records
group by _load_id
