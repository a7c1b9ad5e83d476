-- The newest text of each area, month, priority and heading.
with

texts as (
    select * from {{ ref('stg_commentary__texts') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

named as (
    select
        spellings.area_code,
        texts.month,
        texts.priority,
        texts.heading,
        texts.commentary_text,
        texts.author_role,
        texts.extract_date,
        {{ vintage_rank(
            ['spellings.area_code', 'texts.month', 'texts.priority', 'texts.heading'],
            of='texts', within_load=true
        ) }} as vintage_rank
    from texts
    inner join spellings
        on {{ folded_name('texts.area_as_written') }} = spellings.spelling
)

select
    area_code,
    month,
    priority,
    heading,
    commentary_text,
    author_role,
    extract_date
from named
where vintage_rank = 1
