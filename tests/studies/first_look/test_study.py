"""The first study goes from its design to its page, with a stand-in for the model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.runs.outcomes import Outcomes
from terugkeer.abm.space.outcomes import chosen_outcomes
from terugkeer.experiments.sensitivity import cost, pictures

from studies.first_look import page
from studies.first_look import study as first_look
from tests.experiments import fake_response

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studies.first_look import steps


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a stand-in answer for the model, and draw no pictures: they have tests of their own."""

    def answer(simulate: object) -> None:
        drawn = {"bars.png": b"", "nusap.png": b""}
        monkeypatch.setattr(Outcomes, "count", lambda _self, result: result.weekly)
        monkeypatch.setattr(cost, "simulate_run", simulate)
        monkeypatch.setattr(pictures, "pictures", lambda *_: drawn)
        monkeypatch.setattr("sys.argv", ["study.py"])

    return answer


def test_the_study_goes_from_design_to_page(
    small: steps.Study,
    tmp_path: Path,
    answering: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert not first_look.made(small, None, 1)  # of 64 points too few are near the record
    assert "of 64 points are plausible" in capsys.readouterr().err
    factors = pd.read_csv(small.folder / "second" / "factors.csv")["factor"].tolist()
    assert factors == ["assistance_cash_adult", "dummy"]
    first_look.keep(small, tmp_path / "results")
    kept = {each.name for each in (tmp_path / "results" / "first").iterdir()}
    assert kept == {
        "study.json",
        "factors.csv",
        "indices.csv",
        "verdict.csv",
        "above_noise.csv",
        "bars.png",
        "nusap.png",
    }
    assert not (tmp_path / "results" / "near_record").exists()
    assert page.results(replace(small, folder=tmp_path / "results")) == page.results(small)
    own = tmp_path / "README.md"
    own.write_text(f"before\n{page.START}\nwas here\n{page.END}\nafter\n", encoding="utf-8")
    page.write_page(small, own)
    text = own.read_text("utf-8")
    assert text.startswith(f"before\n{page.START}\n\n**Uncalibrated.** 36 runs")
    assert text.endswith(f"{page.END}\nafter\n")
    assert "was here" not in text
    assert "Not finished: near_record." in text
    indices = pd.read_csv(small.folder / "first" / "indices.csv")
    size = indices.query("outcome == 'independent' and index == 'mu_star'")
    value = size.set_index("factor")["value"]["assistance_cash_adult"]
    assert f"| +{value:.3g} |" in text or f"| ±{value:.3g} |" in text
    columns = next(line for line in text.splitlines() if line.startswith("| factor |"))
    for companion in chosen_outcomes("independent"):
        assert (f"`{companion}`" in columns) or (f"`{companion}`" in text)
    never = text.split("### What never binds")[1].split("###")[0]
    assert "`night_shelter`" in never
    assert "`assistance_cash_adult`" not in never
    wrong = text.split("### What looks wrong")[1]
    assert "what they are said to move, with 4 trajectories: `night_shelter`" in wrong
    page.write_page(small, own)
    assert own.read_text("utf-8") == text
