-- A row is a source whose counts below partnership level are published though it is restricted: small
-- places hold small numbers, and there is no rule that withholds them there.
select distinct neighbourhoods.source
from {{ ref('fct_neighbourhoods') }} as neighbourhoods
left join {{ ref('sources') }} as sources
    on neighbourhoods.source = sources.source
where not coalesce(sources.is_public, false)
