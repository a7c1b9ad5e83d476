-- Severity by period, with the year before.
{{ sums_by_period(
    ref('int_harm_by_month'),
    series=['scheme', 'source', 'indicator_id', 'area_code'],
    sums={
        'records': 'cast(sum(monthly.records) as bigint)',
        'weighted_records': 'cast(sum(monthly.weighted_records) as bigint)',
        'severity': 'sum(monthly.severity order by monthly.month)',
    },
    compared=['severity', 'records']
) }}
