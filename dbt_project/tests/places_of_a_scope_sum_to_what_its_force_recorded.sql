-- A failing row is a load, month and indicator whose rows by place (partnerships of any force, and
-- location unknown) are not the rows that the force recorded. By the scope of the recording force,
-- which is the one level at which it can be seen: places also hold what other forces recorded.
select
    counts.source,
    counts.load_id,
    counts.scope,
    counts.month,
    counts.indicator_id,
    sum(case when areas.area_type = 'force' then counts.records else 0 end) as by_force,
    sum(case when areas.area_type <> 'force' then counts.records else 0 end) as by_place
from {{ ref('int_counts_by_vintage') }} as counts
inner join {{ ref('areas') }} as areas
    on counts.area_code = areas.area_code
where
    areas.area_type in ('csp', 'force', 'location_unknown')
    -- anti-social behaviour is counted by place only
    and counts.source in ('police_uk', 'force_extract')
group by all
having by_force <> by_place
