-- What own indicators count, taken apart: a row per offence code, marker or category. One without a row
-- arrives as counts.
with

own as (
    select * from {{ ref('int_own_indicators') }}
),

words as (
    select
        indicator_id,
        'offence_code' as counts_by,
        upper(trim(unnest(string_split(offence_codes, ';')))) as word
    from own
    union
    select
        indicator_id,
        'marker' as counts_by,
        trim(unnest(string_split(markers, ';'))) as word
    from own
    union
    select
        indicator_id,
        'category' as counts_by,
        trim(unnest(string_split(categories, ';'))) as word
    from own
)

select
    indicator_id,
    counts_by,
    word
from words
where word <> ''
