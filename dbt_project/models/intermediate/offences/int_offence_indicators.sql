-- Portable SQL (tag: records). Which indicators an offence code counts in: as the seed says; a code that only
-- a landed reference table knows counts in what every code of its subgroup counts in, else every code of
-- its group; and in the total, unless it is fraud, which is recorded centrally. Beside them the codes of own
-- indicators.
with

codes as (
    select
        *,
        -- the same subgroup is written in several ways over the years
        replace(replace(lower(offence_subgroup), 'residential', 'domestic'), 'illegal', 'unlawful') as subgroup,
        lower(offence_group) as offence_group_folded
    from {{ ref('int_offence_codes') }}
),

seeded as (
    select * from {{ ref('offence_indicators') }}
),

own_rules as (
    select * from {{ ref('int_own_indicator_rules') }}
    where counts_by = 'offence_code'
),

classes as (
    select
        offence_code,
        'subgroup' as class_kind,
        subgroup as class_name
    from codes
    where not is_landed
    union all
    select
        offence_code,
        'group' as class_kind,
        offence_group_folded as class_name
    from codes
    where not is_landed
),

class_sizes as (
    select
        class_kind,
        class_name,
        count(distinct offence_code) as codes
    from classes
    group by
        class_kind,
        class_name
),

-- what all codes of a class share
of_classes as (
    select
        classes.class_kind,
        classes.class_name,
        seeded.indicator_id
    from classes
    inner join seeded
        on classes.offence_code = seeded.offence_code
    inner join class_sizes
        on
            classes.class_kind = class_sizes.class_kind
            and classes.class_name = class_sizes.class_name
    group by
        classes.class_kind,
        classes.class_name,
        seeded.indicator_id
    having count(distinct classes.offence_code) = min(class_sizes.codes)
),

known_subgroups as (
    select class_name
    from class_sizes
    where class_kind = 'subgroup'
),

landed as (
    select
        codes.offence_code,
        codes.valid_from,
        codes.valid_to,
        codes.offence_group_folded,
        case when known_subgroups.class_name is null then 'group' else 'subgroup' end as class_kind,
        case
            when known_subgroups.class_name is null then codes.offence_group_folded
            else codes.subgroup
        end as class_name
    from codes
    left join known_subgroups
        on codes.subgroup = known_subgroups.class_name
    where codes.is_landed
),

of_landed as (
    select
        landed.offence_code,
        of_classes.indicator_id,
        landed.valid_from,
        landed.valid_to
    from landed
    inner join of_classes
        on
            landed.class_kind = of_classes.class_kind
            and landed.class_name = of_classes.class_name
    union
    select
        offence_code,
        'total_recorded_crime' as indicator_id,
        valid_from,
        valid_to
    from landed
    where offence_group_folded not like 'fraud%'
)

select
    offence_code,
    indicator_id,
    valid_from,
    valid_to
from seeded
union all
select
    offence_code,
    indicator_id,
    valid_from,
    valid_to
from of_landed
union all
select
    word as offence_code,
    indicator_id,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to
from own_rules
