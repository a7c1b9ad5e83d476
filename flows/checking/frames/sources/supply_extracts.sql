-- One row per dataset and scope: its newest extract beside those before it. Reads all_loads,
-- all_profiles, deliveries, record_datasets, run_day.
with

arrivals as (
    select
        all_loads.source,
        all_loads.dataset,
        all_loads.scope,
        deliveries.load_id,
        deliveries.extract_date,
        min(deliveries.extract_date) over (partition by deliveries.load_id) as first_date
    from deliveries
    inner join all_loads on deliveries.load_id = all_loads.load_id
),

extracts as (
    select
        source,
        dataset,
        scope,
        extract_date,
        string_agg(distinct load_id, '|' order by load_id) as load_ids,
        bool_and(first_date < extract_date) as is_repeated
    from arrivals
    group by all
),

monthly as (
    select
        arrivals.dataset,
        arrivals.scope,
        arrivals.extract_date,
        all_profiles.month,
        arrivals.load_id,
        max(all_profiles.row_count) as rows
    from arrivals
    inner join all_profiles on arrivals.load_id = all_profiles._load_id
    where arrivals.dataset in (select dataset from record_datasets)
    group by all
),

stated as (
    select
        dataset,
        scope,
        extract_date,
        sum(rows) as rows,
        -- which months, with how many records each
        string_agg(month || ' ' || rows, ', ' order by month, rows) as months
    from monthly
    group by all
),

compared as (
    select
        extracts.*,
        coalesce(
            stated.rows >= 100
            and stated.months = lag(stated.months) over (
                partition by extracts.dataset, extracts.scope order by extracts.extract_date
            ),
            false
        ) as says_the_same
    from extracts
    left join stated
        on
            extracts.dataset = stated.dataset
            and extracts.scope = stated.scope
            and extracts.extract_date = stated.extract_date
)

select
    load_ids,
    dataset || ' ' || scope || ' of ' || extract_date as file,
    cast(is_repeated as bigint) as bytes_repeated,
    cast(says_the_same and not is_repeated as bigint) as counts_repeated,
    cast(extract_date > (select day from run_day) as bigint) as extract_in_future
from compared
qualify row_number() over (partition by dataset, scope order by extract_date desc) = 1
order by file
