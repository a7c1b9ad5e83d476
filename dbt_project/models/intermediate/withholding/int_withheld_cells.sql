-- One row per source, indicator, area and period whose figure is withheld from whatever is published:
-- small counts, what would give them back within their own series, and totals of several areas that
-- less the other areas would be one of them. docs/privacy.md says why this suffices.
with

cells as (
    select * from {{ ref('int_sensitive_cells') }}
),

areas as (
    select * from {{ ref('areas') }}
),

-- a force has its partnerships and what it recorded without a location; regions and countries have
-- partnerships
parts as (
    select
        force_code as whole_code,
        area_code,
        false as needs_every_part
    from areas
    where area_type in ('csp', 'location_unknown')
    union all
    select
        region_code as whole_code,
        area_code,
        true as needs_every_part
    from areas
    where area_type = 'csp'
    union all
    select
        country_code as whole_code,
        area_code,
        true as needs_every_part
    from areas
    where area_type = 'csp'
),

part_counts as (
    select
        whole_code,
        count(*) as parts_of_whole
    from parts
    where whole_code is not null
    group by whole_code
),

-- counts of which everybody knows each area's quarters (Home Office open data)
public_quarters as (
    select distinct indicator_id
    from {{ ref('int_offence_indicators') }}
),

monthly_series as (
    select distinct
        source,
        indicator_id,
        area_code
    from cells
    where period_type = 'month'
),

wholes as (
    select
        cells.source,
        cells.indicator_id,
        cells.area_code,
        cells.period_type,
        cells.period_end,
        cells.value_kind,
        -- the shortest period that the source knows: months, or quarters where it gives no months
        cells.period_type = 'month'
        or (cells.period_type = 'quarter' and monthly_series.source is null) as is_shortest,
        parts.needs_every_part,
        max(part_counts.parts_of_whole) as parts_of_whole,
        count(*) as parts_reported,
        count(*) filter (where not part.is_open) as hidden_parts,
        count(*) filter (
            where not part.is_open and part.is_small and part.is_hidden_from_its_start
        ) as hidden_small_parts,
        sum(part.counted) filter (where not part.is_open) as hidden_count
    from cells
    inner join parts
        on cells.area_code = parts.whole_code
    inner join part_counts
        on cells.area_code = part_counts.whole_code
    inner join cells as part
        on
            parts.area_code = part.area_code
            and cells.source = part.source
            and cells.indicator_id = part.indicator_id
            and cells.period_type = part.period_type
            and cells.period_end = part.period_end
    left join monthly_series
        on {{ same_series('cells', 'monthly_series') }}
    group by
        cells.source,
        cells.indicator_id,
        cells.area_code,
        cells.period_type,
        cells.period_end,
        cells.value_kind,
        is_shortest,
        parts.needs_every_part
),

-- A total stands where no part is hidden, or where two parts or more are hidden for being small, each
-- for the first time since it was last known, and their sum leaves each of them more than one value:
-- n counts of 1 to t - 1 are not revealed by a sum strictly between n and n (t - 1). Who knows the quarters of
-- each part could work them out, so that holds only of counts that no public source gives.
withheld_wholes as (
    select
        source,
        indicator_id,
        area_code,
        period_type,
        period_end
    from wholes
    where
        hidden_parts > 0
        and (not needs_every_part or parts_reported = parts_of_whole)
        and not (
            is_shortest
            and value_kind = 'count'
            and indicator_id not in (select public_quarters.indicator_id from public_quarters)
            and hidden_parts >= 2
            and hidden_small_parts = hidden_parts
            and hidden_count > hidden_parts
            and hidden_count < hidden_parts * ({{ var('suppression_threshold') }} - 1)
            and hidden_count >= {{ var('suppression_threshold') }}
        )
),

withheld as (
    select
        cells.source,
        cells.indicator_id,
        cells.area_code,
        cells.period_type,
        cells.period_end,
        case when cells.is_small then 'small' else 'complementary' end as reason
    from cells
    left join withheld_wholes
        on {{ same_figure('cells', 'withheld_wholes') }}
    where
        not cells.is_open
        or cells.is_small
        or withheld_wholes.source is not null
)

select
    source,
    indicator_id,
    area_code,
    period_type,
    period_end,
    reason
from withheld
