"""The binomial probability against whole-number arithmetic, which rounds nothing."""

from __future__ import annotations

from decimal import Decimal, localcontext
from math import comb

import numpy as np
import pytest
from binomial_probabilities import log_binomial_probability
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exploring import tried


@settings(max_examples=tried(100), deadline=None)
@given(data=st.data(), n=st.integers(0, 3000), share=st.integers(1, 15))
def test_equals_the_exact_probability(data: st.DataObject, n: int, share: int) -> None:
    """p in sixteenths is an exact double. The digits are needed to tell ties from neighbours."""
    x = data.draw(st.integers(0, n))
    with localcontext() as context:
        context.prec = 50
        weight = comb(n, x) * share**x * (16 - share) ** (n - x)
        expected = float(Decimal(weight).ln() - n * Decimal(16).ln())
    row = (np.array([float(value)]) for value in (x, n, share / 16, 1 - share / 16))
    assert log_binomial_probability(*row)[0] == pytest.approx(expected, rel=1e-13, abs=2e-13)
