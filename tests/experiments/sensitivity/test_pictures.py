"""Which pictures each method has; how they are drawn is tested in `viz`."""

from __future__ import annotations

import pandas as pd
import pytest
from terugkeer.experiments.sensitivity import pictures
from terugkeer.viz.figures import analysis

DRAWN = {
    "sobol_bars": "draw_bars",
    "nusap": "draw_nusap",
    "screening": "draw_screening",
    "conditional": "draw_conditional",
    "convergence": "draw_convergence",
}


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch) -> analysis.Origin:
    for module, function in DRAWN.items():
        monkeypatch.setattr(getattr(pictures, module), function, lambda *_, of=module: of)
    monkeypatch.setattr(analysis.Origin, "png", lambda _, figure, *__: str(figure).encode())
    return analysis.Origin("asked", "e" * 64, "s" * 64)


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("screen", {"plane.png": b"screening"}),
        ("sobol", {}),
        ("pawn", {"conditional.png": b"conditional"}),
    ],
)
def test_each_method_has_its_pictures(
    method: str, more: dict[str, bytes], origin: analysis.Origin
) -> None:
    indices = pd.DataFrame({"outcome": ["independent"]})
    factors = pd.DataFrame({"group": ["g", "g"], "grade": ["B", "D"], "strength": [0.6, 0.1]})
    frames = dict.fromkeys(("indices", "pawn", "conditional", "convergence"), indices)
    found = pictures.pictures(method, {**frames, "factors": factors}, origin)
    both = {"bars.png": b"sobol_bars", "nusap.png": b"nusap", "convergence.png": b"convergence"}
    assert found == {**both, **more}
    del frames["convergence"]
    assert "convergence.png" not in pictures.pictures(
        method, {**frames, "factors": factors}, origin
    )


def test_a_panel_of_departures_brings_its_companions() -> None:
    assert {"independent", "weeks_without_stable_shelter"} <= set(
        pictures.headings(["independent"])
    )
