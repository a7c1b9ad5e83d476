-- Of which indicators of a force's extracts the severity would reveal a withheld count: the sensitive one's
-- own, and those in which too little is left beside it. A severity is an equation: counts times known
-- weights. It reveals nothing where the other offences in it could be so much graver or slighter, their
-- counts being known, that any small number of the sensitive one fits (`slack`). The smallest whole with
-- that much slack in every month is published, with all that it is a part of; the wholes inside it are
-- not, nor are their other parts, which would be subtracted.
with

counts as (
    select
        indicator_id,
        area_code,
        month,
        offence_code,
        sum(records) as records
    from {{ ref('int_current_offence_counts') }}
    group by all
),

weights as (
    select * from {{ ref('int_severity_weights') }}
    where offence_code is not null
),

areas as (
    select * from {{ ref('areas') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

withheld_series as (
    select * from {{ ref('int_withheld_series') }}
    where source = 'force_extract'
),

offence_indicators as (
    select distinct
        indicator_id,
        offence_code
    from {{ ref('int_offence_indicators') }}
),

schemes as (
    select distinct scheme from weights
),

withheld as (
    select distinct
        areas.force_code,
        withheld_series.indicator_id as sensitive_indicator_id
    from withheld_series
    inner join areas
        on withheld_series.area_code = areas.area_code
    inner join indicators
        on withheld_series.indicator_id = indicators.indicator_id
    where indicators.is_sensitive
),

-- offences that count in the same indicators: their sum may be known, and not what each of them is
code_sets as (
    select
        indicator_id,
        list(offence_code order by offence_code) as codes
    from offence_indicators
    group by indicator_id
),

counted_together as (
    select
        offence_code,
        array_to_string(list_sort(list(indicator_id)), ',') as code_group
    from offence_indicators
    group by offence_code
),

weighted as (
    select
        schemes.scheme,
        areas.force_code,
        counts.indicator_id,
        counts.area_code,
        counts.month,
        counts.offence_code,
        counts.records,
        coalesce(weights.weight, 0) as weight,
        -- of an indicator by marker no part is published
        case when code_sets.indicator_id is not null then counted_together.code_group end
            as code_group
    from counts
    cross join schemes
    inner join areas
        on counts.area_code = areas.area_code
    left join code_sets
        on counts.indicator_id = code_sets.indicator_id
    left join counted_together
        on counts.offence_code = counted_together.offence_code
    left join weights
        on
            schemes.scheme = weights.scheme
            and counts.offence_code = weights.offence_code
            and counts.month between weights.valid_from and weights.valid_to
),

beside as (
    select
        weighted.*,
        withheld.sensitive_indicator_id,
        coalesce(list_contains(sensitive.codes, weighted.offence_code), false) as is_part
    from weighted
    inner join withheld
        on
            weighted.force_code = withheld.force_code
            and weighted.indicator_id <> withheld.sensitive_indicator_id
    -- of a sensitive indicator by marker (hate crime) nobody knows the offences from the others
    inner join code_sets as sensitive
        on withheld.sensitive_indicator_id = sensitive.indicator_id
),

ranged as (
    select
        *,
        max(weight) over same_group as gravest,
        min(weight) over same_group as slightest
    from beside
    window same_group as (
        partition by
            scheme, force_code, indicator_id, sensitive_indicator_id, code_group, is_part
    )
),

by_month as (
    select
        force_code,
        indicator_id,
        sensitive_indicator_id,
        least(
            coalesce(sum(records * (gravest - weight)) filter (where not is_part), 0),
            coalesce(sum(records * (weight - slightest)) filter (where not is_part), 0)
        ) as slack,
        max(weight) filter (where is_part) * {{ var('suppression_threshold') }} as needed
    from ranged
    group by
        scheme,
        force_code,
        indicator_id,
        sensitive_indicator_id,
        area_code,
        month
    having bool_or(is_part)
),

judged as (
    select
        by_month.force_code,
        by_month.indicator_id,
        by_month.sensitive_indicator_id,
        code_sets.codes,
        bool_and(by_month.slack >= by_month.needed) as has_slack
    from by_month
    left join code_sets
        on by_month.indicator_id = code_sets.indicator_id
    group by all
),

published_wholes as (
    select
        force_code,
        sensitive_indicator_id,
        -- of two alike the first, so that every build chooses the same
        arg_min(codes, (len(codes), codes)) as codes
    from judged
    where
        has_slack
        and codes is not null
    group by all
)

select
    force_code,
    sensitive_indicator_id,
    sensitive_indicator_id as indicator_id
from withheld
union
select
    published_wholes.force_code,
    published_wholes.sensitive_indicator_id,
    code_sets.indicator_id
from published_wholes
inner join code_sets
    on
        list_has_all(published_wholes.codes, code_sets.codes)
        and len(code_sets.codes) < len(published_wholes.codes)
union
select
    judged.force_code,
    judged.sensitive_indicator_id,
    judged.indicator_id
from judged
where not judged.has_slack
