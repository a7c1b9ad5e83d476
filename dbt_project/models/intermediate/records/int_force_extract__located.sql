-- Portable SQL (tag: records). One row per record that is still a crime, with the partnership where it
-- happened: as the force names it, else by the LSOA's code, else by the LSOA's name, else by the authority that
-- the force names in its place, today's or a former district, with or without "Borough Council". What none of these places is counted as the
-- force's location unknown.
{{ config(materialized='view') }}

with

records as (
    select * from {{ ref('stg_force_extract__records') }}
    where coalesce(cancelled, 'no') <> 'yes'
),

forces as (
    select * from {{ ref('police_forces') }}
),

partnerships as (
    select
        spellings.spelling,
        areas.area_code
    from {{ ref('int_area_spellings') }} as spellings
    inner join {{ ref('areas') }} as areas
        on spellings.area_code = areas.area_code
    where areas.area_type = 'csp'
),

local_authorities as (
    select * from {{ ref('local_authorities') }}
),

lsoa_areas as (
    select * from {{ ref('int_lsoa_areas') }}
),

-- an extract writes few words very often: each is folded once
partnership_words as (
    select distinct csp
    from records
    where csp is not null
),

named_partnerships as (
    select
        partnership_words.csp,
        partnerships.area_code
    from partnership_words
    inner join partnerships
        on {{ folded_name('partnership_words.csp') }} = partnerships.spelling
),

authorities as (
    select
        {{ folded_name('lad_name') }} as spelling,
        csp_code
    from local_authorities
    union
    select
        {{ folded_name('lad_code') }} as spelling,
        csp_code
    from local_authorities
    where lad_code is not null
    {%- for ending in var('council_endings') %}
    union
    select
        {{ folded_name(dbt.concat(['lad_name', "'" ~ ending ~ "'"])) }} as spelling,
        csp_code
    from local_authorities
    {%- endfor %}
),

named_authorities as (
    select
        partnership_words.csp,
        authorities.csp_code
    from partnership_words
    inner join authorities
        on {{ folded_name('partnership_words.csp') }} = authorities.spelling
),

located as (
    select
        records.load_id,
        records.row_number,
        records.scope,
        records.force_slug,
        forces.force_code,
        cast({{ dbt.date_trunc('month', 'records.recorded_date') }} as date) as month,
        records.recorded_date,
        records.offence_code,
        coalesce(
            named_partnerships.area_code,
            lsoa_areas.csp_code,
            by_name.csp_code,
            named_authorities.csp_code,
            {{ dbt.concat(['forces.force_code', "'_unknown'"]) }}
        ) as area_code,
        records.domestic_abuse,
        case
            when
                'yes' in (
                    records.hate_crime,
                    records.hate_race,
                    records.hate_religion,
                    records.hate_sexual_orientation,
                    records.hate_disability,
                    records.hate_transgender
                )
                then 'yes'
            else 'no'
        end as hate_crime,
        records.knife,
        records.business,
        records.public_place,
        records.gang,
        records.cyber,
        records.female_genital_mutilation,
        records.repeat_victim,
        records.youth_victim,
        records.older_victim,
        records.hate_race,
        records.hate_religion,
        records.hate_sexual_orientation,
        records.hate_disability,
        records.hate_transgender
    from records
    inner join forces
        on records.force_slug = forces.force_slug
    left join named_partnerships
        on records.csp = named_partnerships.csp
    left join named_authorities
        on records.csp = named_authorities.csp
    left join local_authorities as by_name
        on
            substring(records.lsoa_name, 1, {{ dbt.length('records.lsoa_name') }} - 5)
            = by_name.lad_name
    left join lsoa_areas
        on records.lsoa_code = lsoa_areas.lsoa_code
)

select * from located
