{#- Every table and view of the warehouse is made again by each run, in a private file that nobody else has
    open: the old one can be dropped and the new one made in one transaction, by one statement. dbt's own
    way, made for databases that are read meanwhile, builds beside it and renames twice: for a small run that
    is most of what a model costs. If the statement fails the transaction is rolled back, and the old one
    stands. Descriptions are written of published tables alone, whose contract says which columns there are. -#}
{% macro rebuilt(new, create) %}

    {%- set old = load_cached_relation(this) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement('main') -%}
        {{ ('drop ' ~ old.type ~ ' ' ~ old ~ ';') if old is not none }}
        {{ create }}
        {%- if config.persist_relation_docs() %}
        comment on {{ new.type }} {{ new }} is {{ duckdb_escape_comment(model.description) }};
        {%- endif %}
        {%- if config.persist_column_docs() %}
        {%- for column in model.columns.values() %}
        comment on column {{ new }}.{{ column.name }} is {{ duckdb_escape_comment(column.description) }};
        {%- endfor %}
        {%- endif %}
    {%- endcall %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [new]}) }}

{% endmacro %}

{% materialization table, adapter='duckdb' %}
    {%- set new = this.incorporate(type='table') -%}
    {{ return(rebuilt(new, get_create_table_as_sql(False, new, sql))) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set new = this.incorporate(type='view') -%}
    {{ return(rebuilt(new, get_create_view_as_sql(new, sql))) }}
{% endmaterialization %}
