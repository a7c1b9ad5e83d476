-- A failing row is a source with published figures and no supplied period in rpt_coverage.
with

supplied as (
    select distinct source
    from {{ ref('rpt_coverage') }}
    where is_supplied
),

published as (
    select distinct source
    from {{ ref('fct_indicator_values') }}
)

select published.source
from published
left join supplied
    on published.source = supplied.source
where supplied.source is null
