-- A failing row is a league of a force without an area in first place, or with more areas ranked than
-- it has rows.
select
    force_code,
    source,
    indicator_id,
    period_type,
    period_end,
    min(rate_rank) as first_by_rate,
    min(change_rank) as first_by_change,
    max(areas_ranked) as areas_ranked,
    count(*) as areas
from {{ ref('fct_force_ranks') }}
group by all
having
    min(rate_rank) <> 1
    or min(change_rank) <> 1
    or max(areas_ranked) > count(*)
