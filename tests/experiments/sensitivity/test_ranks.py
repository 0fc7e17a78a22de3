"""Ranks under narrower and wider priors."""

from __future__ import annotations

import pandas as pd
import pytest
from terugkeer.experiments.sensitivity.ranks import ranks


def _indices(**values: float) -> pd.DataFrame:
    return pd.DataFrame(
        [("y", name, "mu_star", value) for name, value in {**values, "dummy": 9.0}.items()],
        columns=["outcome", "factor", "index", "value"],
    )


def test_ranks_are_compared_with_those_of_the_priors_as_they_are() -> None:
    whole = _indices(a=3.0, b=2.0, c=1.0)
    table = ranks(whole, {0.5: whole, 2.0: _indices(a=1.0, b=2.0, c=3.0)})
    table = table.set_index(["width", "factor"])
    assert table["rank"].to_dict() == {
        (1.0, "a"): 1, (1.0, "b"): 2, (1.0, "c"): 3,
        (0.5, "a"): 1, (0.5, "b"): 2, (0.5, "c"): 3,
        (2.0, "a"): 3, (2.0, "b"): 2, (2.0, "c"): 1,
    }  # fmt: skip
    assert table.loc[(0.5, "a"), "agreement"] == pytest.approx(1.0)
    assert table.loc[(2.0, "a"), "agreement"] < 0.0
