-- Reads the seeds areas and offence_codes too.
with

repeats as (
    select
        load_id,
        count(*) as keys
    from (
        select _load_id as load_id
        from recorded_crime_open_data
        group by
            _load_id,
            financial_year,
            financial_quarter,
            force_name,
            csp_code,
            csp_name,
            offence_code,
            offence_description
        having count(*) > 1
    )
    group by load_id
),

landed as (
    select
        rows._load_id as load_id,
        count(*) filter (where rows.offences <> floor(rows.offences)) as counts_not_whole,
        count(distinct rows.offence_code) filter (
            where codes.offence_code is null
        ) as codes_unknown,
        count(distinct rows.force_name) filter (
            where areas.area_code is null and codes.offence_group not like 'Fraud%'
        ) as forces_unknown
    from recorded_crime_open_data as rows
    left join offence_codes as codes on rows.offence_code = codes.offence_code
    left join areas
        on areas.area_type = 'force'
        and lower(areas.area_name)
        = case lower(rows.force_name)
            when 'london, city of' then 'city of london'
            when 'metropolitan' then 'metropolitan police'
            else lower(rows.force_name)
        end
    group by rows._load_id
)

select
    landed.*,
    coalesce(repeats.keys, 0) as rows_repeated
from landed
left join repeats on landed.load_id = repeats.load_id
