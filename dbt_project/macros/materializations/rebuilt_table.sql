{#- Every table of the warehouse is built again by each run, in a private file that nobody else has open:
    the old one can be dropped and the new one made in one transaction. dbt-duckdb's own way, made for
    files that are read meanwhile, builds beside it and renames twice: for a small run that is most of
    what a model costs. If the statement fails the transaction is rolled back, and the old table stands. -#}
{% materialization table, adapter='duckdb' %}

    {%- set old = load_cached_relation(this) -%}
    {%- set new = this.incorporate(type='table') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement('main') -%}
        {{ ('drop ' ~ old.type ~ ' ' ~ old ~ ';') if old is not none }}
        {{ get_create_table_as_sql(False, new, sql) }}
    {%- endcall %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(new, model) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [new]}) }}

{% endmaterialization %}
