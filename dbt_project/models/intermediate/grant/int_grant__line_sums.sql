-- What the budget lines of a grant and period sum to. Where only some lines of a quarter state their
-- allocation, the others still have theirs, from the year's document or the last quarter that gave it, and so has a
-- line without a row in the quarter: the sum is of them all. A quarter of which every line states its
-- allocation is stated in full, and one of which none does has no sum of its own.
with

lines as (
    select
        *,
        lower(grant_name) as grant_key,
        lower(budget_line) as line_key
    from {{ ref('int_grant__current_lines') }}
    where not is_total
),

sums as (
    select
        area_code,
        grant_key,
        min(grant_name) as grant_name,
        -- a funder of all lines is the grant's
        case when count(distinct funder) = 1 then min(funder) end as funder,
        period_label,
        period_start,
        period_end,
        financial_year,
        is_whole_year,
        {% for amount in ['allocation', 'spend', 'forecast', 'carry_forward_in'] -%}
        sum({{ amount }} order by line_key) as {{ amount }},
        {% endfor -%}
        count(allocation) between 1 and count(*) - 1 as is_stated_in_part,
        string_agg(distinct source_document, '; ' order by source_document) as source_document,
        max(extract_date) as extract_date
    from lines
    group by all
),

lines_of_the_year as (
    select
        area_code,
        grant_key,
        financial_year,
        line_key,
        max(allocation) filter (where is_whole_year) as allocation,
        max(carry_forward_in) filter (where is_whole_year) as carry_forward_in
    from lines
    group by all
),

-- each line in each quarter, whether or not it has a row in it
known as (
    select
        sums.area_code,
        sums.grant_key,
        sums.period_start,
        sums.period_end,
        of_year.line_key,
        {% for amount in ['allocation', 'carry_forward_in'] -%}
        coalesce(
            lines.{{ amount }}, of_year.{{ amount }}, last_value(lines.{{ amount }} ignore nulls) over up_to_now
        ) as {{ amount }},
        {% endfor -%}
        last_value(lines.forecast ignore nulls) over up_to_now as forecast
    from sums
    inner join lines_of_the_year as of_year
        on
            sums.area_code = of_year.area_code
            and sums.grant_key = of_year.grant_key
            and sums.financial_year = of_year.financial_year
    left join lines
        on
            sums.area_code = lines.area_code
            and sums.grant_key = lines.grant_key
            and sums.period_start = lines.period_start
            and sums.period_end = lines.period_end
            and of_year.line_key = lines.line_key
    where not sums.is_whole_year
    window up_to_now as (
        partition by sums.area_code, sums.grant_key, sums.financial_year, of_year.line_key
        order by sums.period_end
        rows between unbounded preceding and current row
    )
),

known_sums as (
    select
        area_code,
        grant_key,
        period_start,
        period_end,
        {% for amount in ['allocation', 'carry_forward_in', 'forecast'] -%}
        sum({{ amount }} order by line_key) as {{ amount }},
        {% endfor -%}
        count(*) as known_lines
    from known
    group by all
)

select
    sums.area_code,
    sums.grant_key,
    sums.grant_name,
    sums.funder,
    sums.period_label,
    sums.period_start,
    sums.period_end,
    sums.financial_year,
    sums.is_whole_year,
    {% for amount in ['allocation', 'carry_forward_in', 'forecast'] -%}
    case
        when sums.is_stated_in_part and not sums.is_whole_year then known_sums.{{ amount }}
        else sums.{{ amount }}
    end as {{ amount }},
    {% endfor -%}
    sums.spend,
    sums.source_document,
    sums.extract_date
from sums
left join known_sums
    on
        sums.area_code = known_sums.area_code
        and sums.grant_key = known_sums.grant_key
        and sums.period_start = known_sums.period_start
        and sums.period_end = known_sums.period_end
