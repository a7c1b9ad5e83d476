-- From which source the rank in a family is: where several sources rank the area, the one in which more
-- of the family report and whose rank may be shown; of equals, the one that speaks for the figure.
with

family_ranks as (
    select * from {{ ref('int_family_ranks') }}
),

headline_figures as (
    select * from {{ ref('int_headline_figures') }}
),

withheld_rows as (
    select * from {{ ref('int_withheld_rows') }}
),

ordered as (
    select
        family_ranks.scheme,
        family_ranks.source,
        family_ranks.indicator_id,
        family_ranks.area_code,
        family_ranks.period_type,
        family_ranks.period_end,
        row_number() over (
            partition by
                family_ranks.scheme,
                family_ranks.indicator_id,
                family_ranks.area_code,
                family_ranks.period_type,
                family_ranks.period_end
            order by
                coalesce(withheld_rows.is_withheld or withheld_rows.is_family_withheld, false),
                family_ranks.members_reporting desc,
                (headline_figures.source is not null) desc,
                family_ranks.source
        ) as choice
    from family_ranks
    left join headline_figures
        on {{ same_figure('family_ranks', 'headline_figures') }}
    left join withheld_rows
        on {{ same_figure('family_ranks', 'withheld_rows') }}
)

select
    scheme,
    source,
    indicator_id,
    area_code,
    period_type,
    period_end
from ordered
where choice = 1
