-- One row: counts of what is wrong in fct_family_ranks.
with

duplicates as (
    select count(*) as extra
    from (
        select 1
        from fct_family_ranks
        group by scheme, source, indicator_id, area_code, period_type, period_end
        having count(*) > 1
    )
)

select
    'fct_family_ranks' as mart,
    count(*) as rows,
    (select extra from duplicates) as duplicate_keys,
    count(*) filter (
        where scheme is null or source is null or indicator_id is null or area_code is null
        or period_type is null or period_end is null
    ) as null_keys,
    count(*) filter (
        where rank is not null and not coalesce(rank between 1 and members_reporting, false)
    ) as ranks_out_of_range,
    count(*) filter (where rank < rank_best or rank > rank_worst) as ranks_outside_interval,
    count(*) filter (where rank is not null and rate is null) as ranks_without_rate,
    count(*) filter (where members_reporting > family_size) as members_above_family,
    count(*) filter (where quartile not between 1 and 4) as quartiles_out_of_range,
    count(*) filter (
        where rate < 0 or family_mean_rate < 0 or family_pooled_rate < 0
    ) as rates_negative
from fct_family_ranks
