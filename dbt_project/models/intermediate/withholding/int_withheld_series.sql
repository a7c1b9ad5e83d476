-- Series of sensitive indicators that no chart may show: mean, moving range, limits and trend give a
-- withheld month back, so a series of which any period is withheld is withheld whole.
with

cells as (
    select * from {{ ref('int_withheld_cells') }}
)

select distinct
    source,
    indicator_id,
    area_code
from cells
