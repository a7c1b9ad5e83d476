{#- How far counts scatter beyond Poisson's, in two steps that series and indicators share. -#}

{#- What the series of an indicator show at one size (the mean month to the power of the exponent).
    Where they lie far apart (few prior degrees), the mean of their dispersions lies above the centre
    to shrink to. -#}
{% macro dispersion_at(slope, size, prior_degrees) -%}
    ({{ prior_degrees }} - 2) / {{ prior_degrees }} * (1 + {{ slope }} * {{ size }})
{%- endmacro %}

{#- The dispersion that makes a normal test as careful as Student's t, the dispersion itself being an
    estimate with that many degrees of freedom (with fewer than 5 it says nothing, and is not asked).
    Never below 1. Two decimals: what is published is what was used. -#}
{% macro certain_dispersion(estimate, degrees_of_freedom) -%}
    round(
        greatest(
            1.0,
            ({{ estimate }}) * pow(student_t_95({{ degrees_of_freedom }}) / 1.959963984540054, 2)
        ),
        2
    )
{%- endmacro %}
