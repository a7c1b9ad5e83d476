-- Outcomes by period, with the year before.
{{ sums_by_period(
    ref('int_outcomes_by_month'),
    series=['source', 'basis', 'indicator_id', 'area_code'],
    sums={
        'crimes': 'cast(sum(monthly.crimes) as bigint)',
        'crimes_with_outcome': 'cast(sum(monthly.crimes_with_outcome) as bigint)',
        'decided': 'cast(sum(monthly.decided) as bigint)',
        'positive': 'cast(sum(monthly.positive) as bigint)',
    },
    compared=['crimes_with_outcome', 'positive']
) }}
