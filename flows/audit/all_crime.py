"""Whether "6,839 offences" are all of an area's recorded crime or of the kind spoken of before.

"Shoplifting rose. In Bradford 6,839 offences were recorded": only the publication can show which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flows.audit import vocabulary as words
from flows.audit.agreement import fits
from flows.audit.context import Context
from flows.audit.marks import Mark, Number, Word
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows

ALL_CRIME = "total_recorded_crime"
IsAllCrime = Callable[[Sequence[Mark], Context], bool]
# A smaller figure than this could be that of all crime by chance.
_LEAST = 300


class AllCrime:
    """Compares the figures of a text with those of total recorded crime."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def __call__(self, marks: Sequence[Mark], context: Context) -> bool:
        """Whether a figure is that of all crime in an area and period named, or spoken of."""
        named = [one.value for one in marks if isinstance(one, Word) and one.mark == words.AREA]
        said = [one for one in marks if isinstance(one, Period) and not one.is_vague]
        periods = said or ([context.period] if context.period is not None else [])
        areas = dict.fromkeys(named or [context.area, self._rows.force_of.get(context.area, "")])
        figures = [one for one in marks if isinstance(one, Number)]
        for period in periods:
            rows = [self._rows.row(Context(area, ALL_CRIME, period)) for area in areas]
            found = [row for row in rows if row is not None and row["value"] is not None]
            values = [float(row["value"]) for row in found]
            if len(values) > 1:
                values.append(sum(values))
            values += [float(row["change"]) for row in found if row.get("change") is not None]
            rates = [float(row["rate"]) for row in found if row.get("rate") is not None]
            for one in figures:
                if one.unit == "count" and any(
                    abs(one.value) >= _LEAST and one.value == abs(value) for value in values
                ):
                    return True
                if one.unit == "rate" and any(fits(one, rate) == "confirmed" for rate in rates):
                    return True
        return False
