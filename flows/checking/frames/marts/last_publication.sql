-- One row: what the marts would take away from the publication that stands. Reads new_figures and
-- published_figures, which is empty before the first publication.
with

areas_lost as (
    select source, area_code
    from published_figures
    where value is not null
    group by source, area_code
    except
    select source, area_code
    from new_figures
    where value is not null
    group by source, area_code
),

months as (
    select
        o.area_code,
        o.value as old_value,
        n.value as new_value
    from published_figures as o
    inner join new_figures as n
        using (
            source, indicator_id, area_code, area_type, period_type, period_start, period_end
        )
    where o.period_type = 'month' and o.is_complete and n.is_complete and o.value >= 50
),

negative as (
    select count(*) as figures
    from new_figures
    -- a saving, an underspend or a carry-forward may be negative: counts of months may not
    where value < 0 and period_type = 'month'
)

select
    'last_publication' as mart,
    (select count(*) from areas_lost) as areas_lost,
    (select count(*) from months where new_value < old_value * 0.5) as months_halved,
    (select count(*) from months where new_value > old_value * 2) as months_doubled,
    (select figures from negative) as negative_months
