with

source as (
    select * from {{ source('landing', 'recorded_crime_open_data') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

-- the load record is the commit mark: rows of a file without one do not exist
committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        loads.extract_date,
        source.force_name,
        source.csp_code,
        source.csp_name,
        make_date(
            cast(left(source.financial_year, 4) as bigint)
            + case when right(source.financial_quarter, 1) = '4' then 1 else 0 end,
            (cast(right(source.financial_quarter, 1) as bigint) * 3) % 12 + 1,
            1
        ) as quarter_start,
        source.offence_code,
        source.offence_description,
        source.offence_group,
        source.offence_subgroup,
        source.offences
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
