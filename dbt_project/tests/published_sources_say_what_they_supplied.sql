-- A failing row is a source with published figures and no supplied period in rpt_coverage.
select distinct figures.source
from {{ ref('fct_indicator_values') }} as figures
left join {{ ref('rpt_coverage') }} as coverage
    on
        figures.source = coverage.source
        and coverage.is_supplied
where coverage.source is null
