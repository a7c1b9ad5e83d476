with

commentary as (
    select * from {{ ref('int_commentary') }}
),

areas as (
    select * from {{ ref('areas') }}
)

select
    commentary.area_code,
    areas.area_name,
    last_day(commentary.month) as period_end,
    commentary.priority,
    commentary.heading,
    commentary.commentary_text,
    commentary.author_role,
    commentary.extract_date
from commentary
inner join areas
    on commentary.area_code = areas.area_code
