with

ranks as (
    select * from {{ ref('int_family_ranks') }}
),

headline_ranks as (
    select * from {{ ref('int_headline_ranks') }}
)

select
    ranks.scheme,
    ranks.source,
    ranks.indicator_id,
    ranks.area_code,
    ranks.area_name,
    ranks.period_type,
    ranks.period_label,
    ranks.period_end,
    {{ unless_withheld(['rate'], of='ranks') }},
    {{ unless_withheld([
        'rank',
        'rank_best',
        'rank_worst',
        'quartile',
        'family_mean_rate',
        'family_pooled_rate',
        'gap_to_mean_pct',
        'offences_above_mean',
        'offences_to_next_place',
        'rank_in_words',
    ], ['is_withheld', 'is_family_withheld'], of='ranks') }},
    ranks.members_reporting,
    ranks.family_size,
    headline_ranks.source is not null as is_headline_rank,
    ranks.is_illustrative,
    ranks.is_whole_family,
    ranks.rank_basis,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(['is_withheld', 'is_family_withheld']) }} as is_rank_suppressed
from ranks
left join headline_ranks
    on
        {{ same_figure('ranks', 'headline_ranks') }}
        and ranks.scheme = headline_ranks.scheme
{{ join_withheld('ranks') }}
