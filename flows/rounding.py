"""Numbers rounded as people and spreadsheets do: a half goes away from zero, 6.25 is 6.3.

Python's own formats take 6.25 as 6.2 and 6.75 as 6.8, and a reader who divides 50 by 800 with Excel
sees 6.3. The sentences of the warehouse do the same (`one_decimal` in `dbt_project/macros`).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# What a division leaves beyond is noise of the computer's: 22.349999999999998 is 22.35.
_KNOWN = Decimal("1e-9")


def rounded(exact: float, decimals: int) -> float:
    """Round to so many decimals; zero has no sign."""
    known = Decimal(exact).quantize(_KNOWN)
    return float(known.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) or 0.0
