-- One row for the comparison as a whole, one for each area that the new figures lack, and one for each
-- published month of 50 or more that they change. Reads new_figures and published_figures, which is empty
-- before the first publication.
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

changed_months as (
    select
        published.indicator_id,
        published.area_code,
        published.period_start,
        new_figures.value / published.value as month_ratio
    from published_figures as published
    inner join new_figures
        using (
            source, indicator_id, area_code, area_type, period_type, period_start, period_end
        )
    where
        published.period_type = 'month'
        and published.is_complete
        and new_figures.is_complete
        and published.value >= 50
        and published.value <> new_figures.value
)

select
    'last_publication' as profiled,
    0 as areas_lost,
    1.0 as month_ratio
union all
select
    area_code || ' of ' || source,
    1,
    1.0
from areas_lost
union all
select
    indicator_id || ' of ' || area_code || ' in ' || strftime(period_start, '%B %Y'),
    0,
    month_ratio
from changed_months
order by profiled
