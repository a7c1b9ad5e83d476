-- Reads the seed indicators too.
select
    figures._load_id as load_id,
    coalesce(least(min(figures.numerator), min(figures.value)), 0) as smallest_figure,
    count(*) filter (
        where indicators.value_kind = 'proportion' and figures.numerator > figures.denominator
    ) as proportions_above_one,
    count(*) filter (where figures.period_end > loads.extract_date) as periods_not_over
from partner_returns as figures
inner join loads_in_force as loads on figures._load_id = loads.load_id
left join indicators on figures.indicator_id = indicators.indicator_id
group by figures._load_id
