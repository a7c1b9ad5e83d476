-- A period is filled from the finest grain that covers it completely; where none does, from the
-- grain that covers most of it, and it is then incomplete.
with

fillings as (
    select * from {{ ref('int_period_fillings') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

chosen as (
    select
        fillings.*,
        periods.period_label,
        periods.months_expected,
        periods.end_month_number,
        periods.financial_year,
        row_number() over (
            partition by
                fillings.source,
                fillings.indicator_id,
                fillings.area_code,
                fillings.period_type,
                fillings.period_end
            order by
                (fillings.months_supplied = periods.months_expected) desc,
                case
                    when fillings.months_supplied < periods.months_expected
                        then -fillings.months_seen
                end,
                fillings.grain_order
        ) as choice
    from fillings
    inner join periods
        on
            fillings.period_type = periods.period_type
            and fillings.period_end = periods.period_end
),

valued as (
    select
        chosen.source,
        chosen.indicator_id,
        chosen.area_code,
        chosen.period_type,
        chosen.period_label,
        chosen.period_start,
        chosen.period_end,
        chosen.end_month_number,
        chosen.financial_year,
        chosen.months_expected,
        chosen.months_supplied,
        chosen.months_supplied = chosen.months_expected as is_complete,
        chosen.grain,
        indicators.value_kind,
        chosen.numerator,
        chosen.denominator as stated_denominator,
        case
            when indicators.value_kind = 'proportion' and chosen.denominator > 0
                then 100.0 * chosen.numerator / chosen.denominator
            when indicators.value_kind = 'proportion'
                then chosen.stated_value
            else coalesce(chosen.numerator, chosen.stated_value)
        end as value,
        chosen.extract_date
    from chosen
    inner join indicators
        on chosen.indicator_id = indicators.indicator_id
    where chosen.choice = 1
)

select * from valued
where value is not null
