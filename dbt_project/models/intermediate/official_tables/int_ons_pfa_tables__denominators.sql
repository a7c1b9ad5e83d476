-- The populations and households behind the ONS's own rates. The table prints them rounded (to 100)
-- and computes its rates on the unrounded ones; those are whole numbers, so the printed rate of one
-- offence gives them back exactly. Where that number is not the printed one within its rounding, the
-- printed one stays. The rates of all other offences then test it (int_ons_pfa_tables__agreement).
with

located as (
    select * from {{ ref('int_ons_pfa_tables__located') }}
),

printed as (
    select
        load_id,
        extract_date,
        edition_end,
        area_code,
        denominator_kind,
        measure_year as population_year,
        max(rounded_to) as rounded_to,
        max(value) as printed_population
    from located
    where
        table_name = 'rates'
        and measure in ('population', 'households')
    group by all
),

counts as (
    select
        load_id,
        area_code,
        indicator_id,
        sum(value) as offences
    from located
    where table_name = 'counts'
    group by all
),

rates as (
    select
        load_id,
        area_code,
        indicator_id,
        denominator_kind,
        max(value) as rate
    from located
    where
        table_name = 'rates'
        and indicator_id is not null
    group by all
),

-- the offence with the greatest count loses the least to the digits of its rate
implied as (
    select
        rates.load_id,
        rates.area_code,
        rates.denominator_kind,
        counts.offences * 1000 / rates.rate as implied_population,
        row_number() over (
            partition by rates.load_id, rates.area_code, rates.denominator_kind
            order by counts.offences desc, rates.indicator_id
        ) as place
    from rates
    inner join counts
        on
            rates.load_id = counts.load_id
            and rates.area_code = counts.area_code
            and rates.indicator_id = counts.indicator_id
    where
        rates.rate > 0
        and counts.offences > 0
),

-- where no rate at all is presented (City of London, [u1]), none is made either
presented as (
    select
        load_id,
        area_code,
        denominator_kind,
        count(rate) > 0 as is_presented
    from rates
    group by all
)

select
    printed.load_id,
    printed.extract_date,
    printed.edition_end,
    printed.area_code,
    printed.denominator_kind as population_kind,
    printed.population_year,
    printed.printed_population,
    case
        when not presented.is_presented then null
        when
            abs(implied.implied_population - printed.printed_population) <= printed.rounded_to / 2 + 0.001
            and abs(implied.implied_population - round(implied.implied_population)) < 0.001
            then round(implied.implied_population)
        else printed.printed_population
    end as population
from printed
inner join presented
    on
        printed.load_id = presented.load_id
        and printed.area_code = presented.area_code
        and printed.denominator_kind = presented.denominator_kind
left join implied
    on
        printed.load_id = implied.load_id
        and printed.area_code = implied.area_code
        and printed.denominator_kind = implied.denominator_kind
        and implied.place = 1
