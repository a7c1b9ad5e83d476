-- One row per dataset, scope and month of records: the newest extract's rows beside those of the
-- extract before, and of the other months. Reads all_loads, all_profiles, record_datasets, thin_months.
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
        by_load.dataset,
        by_load.scope,
        by_load.month,
        by_load.extract_date,
        string_agg(by_load.load_id, '|' order by by_load.load_id) as load_ids,
        sum(by_load.rows) as rows,
        any_value(thin_months.lines) as lines
    from by_load
    left join thin_months
        on by_load.load_id = thin_months.load_id and by_load.month = thin_months.month
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
),

-- lines are of one file
worded as (
    select
        *,
        case when not contains(load_ids, '|') then lines end as lines_of_file,
        coalesce(', on ' || lines_of_file, '') as on_lines
    from spread
)

select
    load_ids,
    dataset || ' ' || scope || ' ' || month as file,
    -- with half a year or less, or a handful of records a month, nothing is usual: said as usual
    case when other_months >= 6 and usual >= 50 then rows / usual else 1.0 end as volume_ratio,
    format('{:,} of usually {:,}', cast(rows as bigint), cast(round(usual) as bigint)) || on_lines
        as volume_ratio_words,
    case
        when other_months >= 6 and usual >= 50
            -- a count varies by its root at the least, however even its few other months were
            then 0.6745 * (rows - usual) / greatest(usual_departure, sqrt(usual))
        else 0.0
    end as volume_robust_z,
    case when rows_before >= 20 then rows / rows_before else 1.0 end as kept_share,
    format('{:,} of {:,}', cast(rows as bigint), cast(rows_before as bigint)) || on_lines
        as kept_share_words,
    cast(month > strftime(extract_date, '%Y-%m') as bigint) as months_after_extract,
    lines_of_file as months_after_extract_words,
    cast(month < '1990-01' as bigint) as months_before_1990,
    lines_of_file as months_before_1990_words
from worded
order by file
