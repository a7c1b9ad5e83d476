-- Reads the seed indicators too.
with

figures as (
    select
        *,
        datediff('month', period_start, period_end) + 1 as months,
        'line ' || _row_number || ' (' || strftime(period_start, '%Y-%m') || ' to '
        || strftime(period_end, '%Y-%m') || ')' as place
    from partner_returns
),

-- months that figures end in, with how far the nearest other ones of the return are
ends as (
    select
        _load_id,
        end_month,
        coalesce(datediff('month', lag(end_month) over of_load, end_month), 1000) as since_the_last,
        lead(end_month) over of_load as next_month
    from (select distinct _load_id, date_trunc('month', period_end) as end_month from figures)
    window of_load as (partition by _load_id order by end_month)
),

judged as (
    select
        figures.*,
        -- a month, a quarter, April to a month, twelve months: what tables of figures have
        figures.programme is null and not (
            figures.months = 1
            or figures.months = 3 and month(figures.period_end) in (3, 6, 9, 12)
            or figures.months <= 12 and month(figures.period_start) = 4
            or figures.months = 12
        ) as is_in_no_table,
        ends.since_the_last >= 24 and datediff('month', ends.end_month, ends.next_month) >= 24
            as is_years_away
    from figures
    inner join ends
        on
            figures._load_id = ends._load_id
            and date_trunc('month', figures.period_end) = ends.end_month
)

select
    figures._load_id as load_id,
    coalesce(least(min(figures.numerator), min(figures.value)), 0) as smallest_figure,
    count(*) filter (
        where indicators.value_kind = 'proportion' and figures.numerator > figures.denominator
    ) as proportions_above_one,
    count(*) filter (where figures.period_end > loads.extract_date) as periods_not_over,
    count(*) filter (where figures.is_in_no_table) as periods_in_no_table,
    array_to_string(
        (list(figures.place order by figures._row_number) filter (where figures.is_in_no_table))[:5], ', '
    ) as periods_in_no_table_words,
    count(*) filter (where figures.is_years_away) as periods_years_away,
    array_to_string(
        (list(figures.place order by figures._row_number) filter (where figures.is_years_away))[:5], ', '
    ) as periods_years_away_words
from judged as figures
inner join loads_in_force as loads on figures._load_id = loads.load_id
left join indicators on figures.indicator_id = indicators.indicator_id
group by figures._load_id
