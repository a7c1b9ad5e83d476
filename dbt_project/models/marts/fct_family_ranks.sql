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
    {{ unless_withheld('ranks.rate') }} as rate,
    {{ unless_withheld('ranks.rank', ['is_withheld', 'is_family_withheld']) }} as rank,
    {{ unless_withheld('ranks.rank_best', ['is_withheld', 'is_family_withheld']) }} as rank_best,
    {{ unless_withheld('ranks.rank_worst', ['is_withheld', 'is_family_withheld']) }} as rank_worst,
    ranks.members_reporting,
    ranks.family_size,
    {{ unless_withheld('ranks.quartile', ['is_withheld', 'is_family_withheld']) }} as quartile,
    {{ unless_withheld(
        'ranks.family_mean_rate',
        ['is_withheld', 'is_family_withheld']
    ) }} as family_mean_rate,
    {{ unless_withheld(
        'ranks.family_pooled_rate',
        ['is_withheld', 'is_family_withheld']
    ) }} as family_pooled_rate,
    {{ unless_withheld(
        'ranks.gap_to_mean_pct',
        ['is_withheld', 'is_family_withheld']
    ) }} as gap_to_mean_pct,
    {{ unless_withheld(
        'ranks.offences_above_mean',
        ['is_withheld', 'is_family_withheld']
    ) }} as offences_above_mean,
    {{ unless_withheld(
        'ranks.offences_to_next_place',
        ['is_withheld', 'is_family_withheld']
    ) }} as offences_to_next_place,
    headline_ranks.source is not null as is_headline_rank,
    ranks.is_illustrative,
    ranks.is_whole_family,
    ranks.rank_basis,
    {{ unless_withheld(
        'ranks.rank_in_words',
        ['is_withheld', 'is_family_withheld']
    ) }} as rank_in_words,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(['is_withheld', 'is_family_withheld']) }} as is_rank_suppressed
from ranks
left join headline_ranks
    on
        ranks.scheme = headline_ranks.scheme
        and ranks.source = headline_ranks.source
        and ranks.indicator_id = headline_ranks.indicator_id
        and ranks.area_code = headline_ranks.area_code
        and ranks.period_type = headline_ranks.period_type
        and ranks.period_end = headline_ranks.period_end
{{ join_withheld('ranks') }}
