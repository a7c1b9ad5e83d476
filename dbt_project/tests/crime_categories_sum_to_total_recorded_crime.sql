-- A failing row is a load, month and area of data.police.uk whose thirteen crime categories do not add
-- up to the total; anti-social behaviour is no recorded crime. Months before June 2013 have older
-- categories that count in the total alone. Own indicators count categories once more.
select
    load_id,
    month,
    area_code,
    sum(case when indicator_id = 'total_recorded_crime' then records else 0 end) as total,
    sum(
        case when indicator_id not in ('total_recorded_crime', 'asb_incidents') then records else 0 end
    ) as categories
from {{ ref('int_counts_by_vintage') }}
where
    source = 'police_uk'
    and month >= date '2013-06-01'
    and indicator_id in (select categories.indicator_id from {{ ref('crime_categories') }} as categories)
group by all
having total <> categories
