-- Reads the seed indicators too.
select
    targets._load_id as load_id,
    coalesce(
        max(targets.target_value) filter (where indicators.value_kind = 'proportion'), 0
    ) as largest_percentage
from targets
left join indicators on targets.indicator_id = indicators.indicator_id
group by targets._load_id
