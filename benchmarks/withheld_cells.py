"""Count what a publication withholds, by indicator and reason, as two Markdown tables.

    python benchmarks/withheld_cells.py DIR

reads DIR/warehouse/warehouse.duckdb, as the last run on that data folder built it. The first table
counts the figures of sensitive indicators from restricted sources: a figure is withheld because it
is small, or because a small one would follow from it (complementary). The second counts, in the
marts with a rule of their own, the cells that have a value before and none after withholding.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

FIGURES = """
select
    cells.indicator_id,
    count(*) as figures,
    count(*) filter (where withheld.reason = 'small') as small,
    count(*) filter (where withheld.reason = 'complementary') as complementary,
    count(*) filter (where withheld.reason = 'complementary' and cells.area_type <> 'csp')
        as totals_of_areas
from intermediate.int_sensitive_cells as cells
left join intermediate.int_withheld_cells as withheld
    using (source, indicator_id, area_code, period_type, period_end)
group by cells.indicator_id
order by cells.indicator_id
"""
PLACES = (
    "records", "callers", "repeat_callers", "records_of_repeat_callers", "locations",
    "repeat_locations", "records_at_repeat_locations",
)  # fmt: skip
MARTS = (
    ("fct_harm", "int_harm_figures", "severity", "severity",
     "source, scheme, indicator_id, area_code, period_type, period_end"),
    ("fct_outcomes", "int_outcome_figures", "positive", "positive_outcomes",
     "source, basis, indicator_id, area_code, period_type, period_end"),
    ("fct_marac_breakdowns", "int_marac__quarterly", "counted", "counted",
     "area_code, period_start, measure, breakdown"),
    *(("fct_repeat_locations", "int_asb__repeat_places", column, column,
       "area_code, record_type, place_type, place, month") for column in PLACES),
)  # fmt: skip
RESTRICTED = {
    "fct_harm": "source = 'force_extract'",
    "fct_outcomes": "source = 'force_extract'",
    "fct_marac_breakdowns": "measure in ('referrals', 'diversity')",
}
HIDDEN = """
select
    {indicator} as indicator_id,
    count(*) as figures,
    count(*) filter (where published.{shown} is null) as withheld
from intermediate.{model} as full_figures
left join main.{mart} as published using ({key})
where full_figures.{column} is not null and {only}
group by all
having withheld > 0 or indicator_id = 'total_recorded_crime'
order by all
"""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="data folder of a finished run")
    database = parser.parse_args().data / "warehouse" / "warehouse.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        print(
            "| indicator | figures | small | complementary | of these totals of areas | withheld |"
        )
        print("|---|---|---|---|---|---|")
        for indicator, figures, small, other, totals in connection.execute(FIGURES).fetchall():
            share = f"{100 * (small + other) / figures:.1f} %"
            print(f"| {indicator} | {figures:,} | {small:,} | {other:,} | {totals:,} | {share} |")
        print("\n| mart | of | cells | withheld | share |\n|---|---|---|---|---|")
        for mart, model, column, shown, key in MARTS:
            is_by_source = key.startswith("source")
            query = HIDDEN.format(
                indicator="indicator_id" if is_by_source else f"'{shown}'",
                only=RESTRICTED.get(mart, "true"),
                **{"mart": mart, "model": model, "column": column, "shown": shown, "key": key},
            )
            for of, cells, hidden in connection.execute(query).fetchall():
                share = f"{100 * hidden / cells:.1f} %"
                print(f"| {mart} | {of} | {cells:,} | {hidden:,} | {share} |")


if __name__ == "__main__":
    main()
