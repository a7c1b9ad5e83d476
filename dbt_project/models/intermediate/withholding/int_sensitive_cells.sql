-- Every figure of a sensitive indicator from a restricted source, and whether its own series lets it
-- be published. `small` are counts of 1 to one below the threshold, or figures that rest on one.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

quantities as (
    select * from {{ ref('int_sensitive_quantities') }}
),

open_boundaries as (
    select * from {{ ref('int_open_boundaries') }}
),

public_sources as (
    select source
    from {{ ref('sources') }}
    where is_public
),

placed as (
    select
        indicator_values.source,
        indicator_values.indicator_id,
        indicator_values.area_code,
        indicator_values.area_type,
        indicator_values.force_code,
        indicator_values.period_type,
        indicator_values.period_end,
        indicator_values.value_kind,
        quantities.quantity_id,
        quantities.part,
        case quantities.part
            when 'denominator' then indicator_values.denominator
            when 'rest' then indicator_values.denominator - indicator_values.numerator
            when 'numerator'
                then case
                        when indicator_values.value_kind = 'rate'
                            then round(
                                    indicator_values.value * indicator_values.denominator
                                    / indicator_values.rate_per
                                )
                        else coalesce(
                                indicator_values.numerator,
                                indicator_values.value,
                                indicator_values.value_so_far
                            )
                    end
        end as counted,
        open_boundaries.quantity_id is not null as is_observed,
        open_boundaries.is_whole,
        open_boundaries.is_withheld as is_withheld_whole,
        open_boundaries.boundaries,
        open_boundaries.cuts,
        -- before the first boundary and after the last nothing was counted
        least(
            greatest(
                {{ month_number('indicator_values.period_start') }} - 1,
                coalesce(open_boundaries.boundaries[1], 0)
            ),
            open_boundaries.last_boundary
        ) as start_boundary,
        least(
            greatest(
                {{ month_number('indicator_values.period_end') }},
                coalesce(open_boundaries.boundaries[1], 0)
            ),
            open_boundaries.last_boundary
        ) as end_boundary
    from indicator_values
    inner join quantities
        on indicator_values.indicator_id = quantities.indicator_id
    left join open_boundaries
        on
            quantities.quantity_id = open_boundaries.quantity_id
            and indicator_values.area_code = open_boundaries.area_code
    where indicator_values.source not in (select public_sources.source from public_sources)
),

judged as (
    select
        *,
        case
            -- nobody said anything of the sensitive one: nothing to protect
            when not is_observed then part = 'linked'
            when is_whole then not is_withheld_whole
            else
                list_contains(boundaries, start_boundary)
                and list_contains(boundaries, end_boundary)
                and len(
                    list_filter(cuts, lambda cut: cut > start_boundary and cut <= end_boundary)
                ) = 0
        end as is_open,
        counted > 0 and counted < {{ var('suppression_threshold') }} as is_small,
        -- where the last open end before or at the period's start is, for totals of several areas
        not coalesce(is_whole, true)
        and list_contains(boundaries, start_boundary)
        and len(
            list_filter(
                boundaries,
                lambda boundary: boundary > start_boundary and boundary <= end_boundary
            )
        ) = 0 as is_hidden_from_its_start
    from placed
)

select
    source,
    indicator_id,
    area_code,
    area_type,
    force_code,
    period_type,
    period_end,
    value_kind,
    max(case when part = 'numerator' then counted end) as counted,
    bool_and(is_open) as is_open,
    coalesce(bool_or(is_small), false) as is_small,
    bool_and(is_hidden_from_its_start) as is_hidden_from_its_start
from judged
group by all
