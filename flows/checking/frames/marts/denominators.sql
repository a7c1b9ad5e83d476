-- One row for all figures, and one per kind of denominator and population year that is out of date.
select
    'all figures' as profiled,
    0 as figures_out_of_date
union all
select
    denominator_kind || ' of ' || population_year || ' in figures up to '
    || strftime(max(period_end), '%B %Y') || ' (' || count(distinct area_code) || ' areas)',
    count(*)
from fct_indicator_values
where
    is_population_out_of_date
    and rate is not null
group by
    denominator_kind,
    population_year
order by profiled
