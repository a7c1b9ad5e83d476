-- Landed estimates as the kinds that rates are over, by the area's code as its supplier gives it: residents
-- (all ages), adult females, residents of 10 to 17, households. A kind stands only where every age
-- of it is there. Of the same number the newest extract's.
with

estimates as (
    select * from {{ ref('stg_population__estimates') }}
),

local_authorities as (
    select * from {{ ref('local_authorities') }}
),

-- files with names only: authorities alone, for a county or region can share a district's name
named_authorities as (
    select
        {{ folded_name('lad_name') }} as spelling,
        min(lad_code) as lad_code
    from local_authorities
    where lad_code is not null
    group by {{ folded_name('lad_name') }}
    having count(distinct lad_code) = 1
),

coded as (
    select
        estimates.*,
        coalesce(estimates.area_code, named_authorities.lad_code) as place_code
    from estimates
    left join named_authorities
        on
            estimates.area_code is null
            and {{ folded_name('estimates.area_name') }} = named_authorities.spelling
            and lower(coalesce(estimates.geography, 'district')) not in (
                'county', 'metropolitan county', 'region', 'country'
            )
),

newest as (
    select
        *,
        {{ vintage_rank(
            ['place_code', 'population_kind', 'year', 'sex', 'age_from', 'age_to'],
            within_load=true
        ) }} as vintage_rank
    from coded
    where place_code is not null
),

in_force as (
    select * from newest
    where vintage_rank = 1
),

households as (
    select
        place_code,
        year,
        'households' as population_kind,
        population
    from in_force
    where
        population_kind = 'households'
        and age_from = 0
        and age_to is null
),

-- single ages by sex; the oldest has no upper limit. Persons are both sexes where they are not given.
single_ages as (
    select
        place_code,
        year,
        sex,
        age_from as age,
        age_to is null as is_open,
        population
    from in_force
    where
        population_kind = 'residents'
        and (age_to = age_from or (age_to is null and age_from > 0))
),

both_sexes as (
    select
        place_code,
        year,
        'persons' as sex,
        age,
        bool_or(is_open) as is_open,
        sum(population) as population
    from single_ages
    where sex in ('females', 'males')
    group by all
    having count(distinct sex) = 2
),

ages as (
    select * from single_ages
    union all
    select both_sexes.* from both_sexes
    left join single_ages as given
        on
            both_sexes.place_code = given.place_code
            and both_sexes.year = given.year
            and both_sexes.age = given.age
            and given.sex = 'persons'
    where given.age is null
),

summed_ages as (
    select
        place_code,
        year,
        sum(case when sex = 'persons' then population end) as residents,
        count(distinct case when sex = 'persons' then age end) as residents_ages,
        max(case when sex = 'persons' and is_open then age end) as residents_last_age,
        sum(
            case when sex = 'females' and age >= {{ var('adult_female_age') }} then population end
        ) as adult_females,
        count(distinct case
            when sex = 'females' and age >= {{ var('adult_female_age') }} then age
        end) as adult_females_ages,
        max(case when sex = 'females' and is_open then age end) as females_last_age,
        sum(
            case when sex = 'persons' and age between 10 and 17 and not is_open then population end
        ) as aged_10_17,
        count(distinct case
            when sex = 'persons' and age between 10 and 17 and not is_open then age
        end) as aged_10_17_ages
    from ages
    group by all
),

from_ages as (
    select
        place_code,
        year,
        'residents' as population_kind,
        residents as population
    from summed_ages
    where residents_ages = residents_last_age + 1
    union all
    select
        place_code,
        year,
        'adult_females' as population_kind,
        adult_females as population
    from summed_ages
    where adult_females_ages = females_last_age - {{ var('adult_female_age') }} + 1
    union all
    select
        place_code,
        year,
        'aged_10_17' as population_kind,
        aged_10_17 as population
    from summed_ages
    where aged_10_17_ages = 8
),

-- the whole span as one number
stated as (
    select
        place_code,
        year,
        case
            when sex = 'persons' and age_from = 0 then 'residents'
            when sex = 'females' then 'adult_females'
            else 'aged_10_17'
        end as population_kind,
        population
    from in_force
    where
        population_kind = 'residents'
        and (
            (sex = 'persons' and age_from = 0 and age_to is null)
            or (sex = 'females' and age_from = {{ var('adult_female_age') }} and age_to is null)
            or (sex = 'persons' and age_from = 10 and age_to = 17)
        )
),

both_totals as (
    select
        place_code,
        year,
        'residents' as population_kind,
        sum(population) as population
    from in_force
    where
        population_kind = 'residents'
        and sex in ('females', 'males')
        and age_from = 0
        and age_to is null
    group by all
    having count(distinct sex) = 2
),

candidates as (
    select
        *,
        1 as preference
    from households
    union all
    select
        *,
        1 as preference
    from stated
    union all
    select
        *,
        2 as preference
    from both_totals
    union all
    select
        *,
        3 as preference
    from from_ages
),

placed as (
    select
        *,
        row_number() over (
            partition by place_code, year, population_kind
            order by preference
        ) as place
    from candidates
)

select
    place_code,
    year,
    population_kind,
    population
from placed
where place = 1
