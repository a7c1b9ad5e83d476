-- A period is filled from the finest grain that covers it completely; where none does, from the
-- grain that covers most of it. It is then incomplete: it has no value, and what is known of it
-- stands in value_so_far.
with

fillings as (
    select * from {{ ref('int_period_fillings') }}
),

periods as (
    select * from {{ ref('int_periods') }}
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

known as (
    select
        *,
        months_supplied = months_expected as is_complete,
        case
            when value_kind = 'proportion' and denominator > 0 then 100.0 * numerator / denominator
            when value_kind = 'proportion' then stated_value
            else coalesce(numerator, stated_value)
        end as known_value
    from chosen
    where choice = 1
)

select
    source,
    indicator_id,
    area_code,
    period_type,
    period_label,
    period_start,
    period_end,
    end_month_number,
    financial_year,
    months_expected,
    months_supplied,
    is_complete,
    is_provisional,
    grain,
    value_kind,
    numerator,
    denominator as stated_denominator,
    lacks_denominator,
    case when is_complete then known_value end as value,
    case when not is_complete then known_value end as value_so_far,
    extract_date
from known
where
    known_value is not null
    -- a proportion that cannot be calculated has a row that says why
    or lacks_denominator
