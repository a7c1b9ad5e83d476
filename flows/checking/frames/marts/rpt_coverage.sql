-- One row: counts of what is wrong in rpt_coverage.
with

duplicates as (
    select count(*) as extra
    from (
        select 1
        from rpt_coverage
        group by source, dataset, scope, indicator_id, period_start, period_end
        having count(*) > 1
    )
)

select
    'rpt_coverage' as mart,
    count(*) as rows,
    (select extra from duplicates) as duplicate_keys,
    count(*) filter (
        where source is null or scope is null or indicator_id is null
        or period_start is null or period_end is null or is_supplied is null
    ) as null_keys,
    count(*) filter (where period_end < period_start) as periods_backwards,
    count(*) filter (
        where is_supplied and (extract_date is null or not coalesce(vintages >= 1, false))
    ) as supplied_without_extract,
    -- a restricted source's rows are not told at all: then none of the three stands
    count(*) filter (
        where is_supplied
        and coalesce(rows_read, rows_loaded, rows_rejected) is not null
        and not coalesce(rows_read = rows_loaded + rows_rejected, false)
    ) as rows_unaccounted,
    (
        select count(distinct figures.source)
        from fct_indicator_values as figures
        anti join (select source from rpt_coverage where is_supplied) as supplied
            on figures.source = supplied.source
    ) as sources_missing,
    count(*) filter (where not is_supplied) as months_missing
from rpt_coverage
