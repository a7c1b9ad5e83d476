-- What of a row of the marts is withheld: its own figure, that of the year before, the mean of three
-- years, and everything that is worked out from a family or a force of which a member is withheld
-- (a mean less the others is the member; a rank says between which two others it lies). Rows of which
-- nothing is withheld are not here. Marts join it by `join_withheld` and show columns by
-- `unless_withheld`.
with

cells as (
    select * from {{ ref('int_withheld_cells') }}
),

families as (
    select * from {{ ref('int_families') }}
),

areas as (
    select * from {{ ref('areas') }}
),

years_after as (
    select unnest([0, 12, 24, 36]) as months_after
),

own as (
    select
        cells.source,
        cells.indicator_id,
        cells.area_code,
        cells.period_type,
        last_day(cells.period_end + to_months(cast(years_after.months_after as integer)))
            as period_end,
        years_after.months_after
    from cells
    cross join years_after
),

family_rows as (
    select distinct
        own.source,
        own.indicator_id,
        families.area_code,
        own.period_type,
        own.period_end,
        own.months_after
    from own
    inner join families
        on own.area_code = families.neighbour_code
    where own.months_after in (0, 12)
),

force_rows as (
    select distinct
        own.source,
        own.indicator_id,
        peers.area_code,
        own.period_type,
        own.period_end,
        own.months_after
    from own
    inner join areas
        on own.area_code = areas.area_code
    inner join areas as peers
        on areas.force_code = peers.force_code
    where
        own.months_after in (0, 12)
        and areas.area_type = 'csp'
        and peers.area_type in ('csp', 'force')
),

all_rows as (
    select
        *,
        'own' as circle
    from own
    union all
    select
        *,
        'family' as circle
    from family_rows
    union all
    select
        *,
        'force' as circle
    from force_rows
)

select
    source,
    indicator_id,
    area_code,
    period_type,
    period_end,
    bool_or(circle = 'own' and months_after = 0) as is_withheld,
    bool_or(circle = 'own' and months_after = 12) as is_previous_withheld,
    bool_or(circle = 'own' and months_after in (12, 24, 36)) as is_baseline_withheld,
    bool_or(circle = 'family' and months_after = 0) as is_family_withheld,
    bool_or(circle = 'family' and months_after = 12) as is_previous_family_withheld,
    bool_or(circle = 'force' and months_after = 0) as is_force_withheld,
    bool_or(circle = 'force' and months_after = 12) as is_previous_force_withheld
from all_rows
group by all
