-- One row: counts of what is wrong in fct_force_ranks.
with

duplicates as (
    select count(*) as extra
    from (
        select 1
        from fct_force_ranks
        group by force_code, source, indicator_id, area_code, period_type, period_end
        having count(*) > 1
    )
),

leagues as (
    select
        count(*) as areas,
        max(areas_ranked) as areas_ranked,
        min(rate_rank) as first_by_rate,
        min(change_rank) as first_by_change
    from fct_force_ranks
    group by force_code, source, indicator_id, period_type, period_end
)

select
    'fct_force_ranks' as mart,
    count(*) as rows,
    (select extra from duplicates) as duplicate_keys,
    count(*) filter (
        where force_code is null or source is null or indicator_id is null or area_code is null
        or period_type is null or period_end is null
    ) as null_keys,
    count(*) filter (
        where rate_rank is not null and not coalesce(rate_rank between 1 and areas_ranked, false)
    ) as rate_ranks_out_of_range,
    count(*) filter (
        where change_rank is not null
        and not coalesce(change_rank between 1 and areas_ranked, false)
    ) as change_ranks_out_of_range,
    count(*) filter (
        where (rate_rank is not null and rate is null)
        or (change_rank is not null and change_pct is null)
    ) as ranks_without_figure,
    (
        select count(*) from leagues where first_by_rate <> 1 or first_by_change <> 1
    ) as leagues_without_first,
    (select count(*) from leagues where areas_ranked > areas) as areas_ranked_wrong
from fct_force_ranks
