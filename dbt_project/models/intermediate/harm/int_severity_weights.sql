-- The weights in force: of each scheme the newest extract's, whole. Schemes are never mixed.
with

weights as (
    select * from {{ ref('stg_severity_weights__weights') }}
),

ranked as (
    select
        *,
        dense_rank() over (
            partition by scheme
            order by extract_date desc, load_id desc
        ) as vintage_rank
    from weights
)

select
    scheme,
    upper(offence_code) as offence_code,
    indicator_id,
    coalesce(valid_from, date '1900-01-01') as valid_from,
    coalesce(valid_to, date '9999-12-31') as valid_to,
    max(weight) as weight
from ranked
where vintage_rank = 1
group by all
