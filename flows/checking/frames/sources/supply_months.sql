-- One row per dataset, scope and month of records: the newest extract's rows beside those of the
-- extract before, and of the other months. Reads all_loads, all_profiles, record_datasets.
with

by_load as (
    select
        all_loads.dataset,
        all_loads.scope,
        all_profiles.month,
        all_loads.extract_date,
        all_loads.load_id,
        max(all_profiles.row_count) as rows
    from all_loads
    inner join all_profiles on all_loads.load_id = all_profiles._load_id
    where
        all_loads.dataset in (select dataset from record_datasets)
        and all_profiles.month <> ''
        -- the part of a month that the extract has is not held against whole months, and conferences
        -- that are still to come are in lists of cases rightly
        and not (
            all_profiles.month = strftime(all_loads.extract_date, '%Y-%m')
            and all_loads.extract_date < last_day(all_loads.extract_date)
        )
        and not (
            all_loads.dataset = 'marac_cases'
            and all_profiles.month > strftime(all_loads.extract_date, '%Y-%m')
        )
    group by all
),

by_extract as (
    select
        dataset,
        scope,
        month,
        extract_date,
        string_agg(load_id, '|' order by load_id) as load_ids,
        sum(rows) as rows
    from by_load
    group by all
),

newest as (
    select
        *,
        lead(rows) over (
            partition by dataset, scope, month order by extract_date desc
        ) as rows_before
    from by_extract
    qualify row_number() over (
        partition by dataset, scope, month order by extract_date desc
    ) = 1
),

centred as (
    select
        newest.*,
        median(others.rows) as usual,
        count(others.rows) as other_months
    from newest
    left join newest as others
        on
            newest.dataset = others.dataset
            and newest.scope = others.scope
            and newest.month <> others.month
    group by all
),

spread as (
    select
        centred.*,
        median(abs(others.rows - centred.usual)) as usual_departure
    from centred
    left join newest as others
        on
            centred.dataset = others.dataset
            and centred.scope = others.scope
            and centred.month <> others.month
    group by all
)

select
    load_ids,
    dataset || ' ' || scope || ' ' || month as file,
    -- with half a year or less, or a handful of records a month, nothing is usual: said as usual
    case when other_months >= 6 and usual >= 50 then rows / usual else 1.0 end as volume_ratio,
    case
        when other_months >= 6 and usual >= 50
            -- a count varies by its root at the least, however even its few other months were
            then 0.6745 * (rows - usual) / greatest(usual_departure, sqrt(usual))
        else 0.0
    end as volume_robust_z,
    case when rows_before >= 20 then rows / rows_before else 1.0 end as kept_share,
    cast(month > strftime(extract_date, '%Y-%m') as bigint) as months_after_extract,
    cast(month < '1990-01' as bigint) as months_before_1990
from spread
order by file
