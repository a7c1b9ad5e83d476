-- Reads offence_codes too.
with

codes as (
    select
        _load_id as load_id,
        _row_number as row_number,
        own_indicator_id,
        upper(trim(unnest(string_split(coalesce(offence_codes, ''), ';')))) as offence_code
    from own_indicators
),

judged as (
    select
        *,
        offence_code <> '' and offence_code not in (select offence_code from offence_codes)
            as is_unknown
    from codes
)

select
    load_id,
    count(*) filter (where is_unknown) as codes_unknown,
    string_agg(
        '''' || offence_code || ''' of ' || own_indicator_id || ' on line ' || row_number,
        '; ' order by row_number, offence_code
    ) filter (where is_unknown) as codes_unknown_words
from judged
group by load_id
