-- One row per indicator and area whose revisions are withheld whole. The history of a sensitive count is
-- shown only where nothing in it ever needed hiding: no vintage of any of its periods is small, nothing
-- of it is withheld today, and no part of it (a partnership of a force) is withheld. Stricter than the
-- rule for one state of the figures, because vintages beside one another can be subtracted.
with

vintages as (
    select * from {{ ref('int_figure_vintages') }}
),

quantities as (
    select * from {{ ref('int_sensitive_quantities') }}
),

withheld_cells as (
    select * from {{ ref('int_withheld_cells') }}
),

areas as (
    select * from {{ ref('areas') }}
),

public_sources as (
    select source
    from {{ ref('sources') }}
    where is_public
),

sensitive as (
    select distinct indicator_id
    from quantities
    where part <> 'linked'
),

unsafe as (
    select
        vintages.indicator_id,
        vintages.area_code
    from vintages
    inner join sensitive
        on vintages.indicator_id = sensitive.indicator_id
    where
        vintages.source not in (select public_sources.source from public_sources)
        and (
            -- a proportion or rate alone may stand for a small count
            (vintages.value_kind <> 'count' and vintages.numerator is null)
            or (
                coalesce(vintages.numerator, vintages.value) > 0
                and coalesce(vintages.numerator, vintages.value) < {{ var('suppression_threshold') }}
            )
            or (
                vintages.denominator > 0
                and vintages.denominator < {{ var('suppression_threshold') }}
            )
            or (
                vintages.denominator > vintages.numerator
                and vintages.denominator - vintages.numerator < {{ var('suppression_threshold') }}
            )
        )
    union
    select
        indicator_id,
        area_code
    from withheld_cells
),

-- what shares a count with it: the rate of which it is the numerator, a group of which it is the rest
unsafe_quantities as (
    select distinct
        quantities.quantity_id,
        unsafe.area_code
    from unsafe
    inner join quantities
        on unsafe.indicator_id = quantities.indicator_id
    where quantities.part <> 'linked'
),

own as (
    select
        quantities.indicator_id,
        unsafe_quantities.area_code
    from unsafe_quantities
    inner join quantities
        on unsafe_quantities.quantity_id = quantities.quantity_id
    union
    select
        indicator_id,
        area_code
    from unsafe
)

select
    indicator_id,
    area_code
from own
union
select
    own.indicator_id,
    unnest([areas.force_code, areas.region_code, areas.country_code]) as area_code
from own
inner join areas
    on own.area_code = areas.area_code
where areas.area_type in ('csp', 'location_unknown')
