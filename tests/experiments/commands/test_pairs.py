"""`interactions` and `survival`, with a stand-in for the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.experiments.cli import main

from tests.experiments import fake_response
from tests.experiments.fake_response import asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_conclusions_survive_or_not_under_other_alternatives(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    more = ("--switches", "household,threat", "--seeds", "4", "--scale", "20")
    assert main(asked("survival", tmp_path, *more)) == 0
    told = pd.read_csv(tmp_path / "conclusions.csv", keep_default_na=False)
    of = told.set_index(["outcome", "factor"])
    cash = of.loc["independent", "assistance_cash_adult"]
    assert cash["says"] == "raises"
    assert cash["survives"] == "no"
    assert cash["reverses_in"] == "household=veto"
    assert (cash["holds"], cash["not_told_apart"]) == (3, 0)
    shelter = of.loc["independent", "night_shelter_capacity"]
    assert shelter["says"] == "no clear effect"
    assert shelter["survives"] == ""
    said = capsys.readouterr().out
    assert "assistance_cash_adult, independent: raises as it stands (300, interval 268.2 to" in said
    assert "; holds in 3 of 4 other alternatives, reverses in household=veto." in said
    assert "night_shelter_capacity, independent: no clear effect as it stands (int" in said
    effects = pd.read_csv(tmp_path / "effects.csv")
    assert effects["reading"].drop_duplicates().tolist() == [
        "as it stands", "household=veto", "household=head",
        "threat=raises_return", "threat=none",
    ]  # fmt: skip
    assert effects["effect"].abs().max() > 0
    both = tmp_path / "both"
    assert main(asked("survival", both, *more, "--factorial")) == 0
    readings = pd.read_csv(both / "effects.csv")["reading"].drop_duplicates()
    assert len(readings) == 9
    assert readings[0] == "as it stands"


def test_alternatives_are_compared_with_the_first_and_what_varies_is_not_among_the_switches(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    fine = ("--scale", "20", "--seeds", "4")
    line = asked("survival", tmp_path, "--switches", "threat", *fine, factors="rule_of_in_kind")
    assert main(line) == 0
    told = pd.read_csv(tmp_path / "conclusions.csv").set_index(["outcome", "factor"])["says"]
    assert told["independent", "rule_of_in_kind=stacked"] == "raises"
    assert told["independent", "rule_of_in_kind=capped_total"] == "no clear effect"
    assert main(asked("survival", tmp_path / "b", "--switches", "threat", factors="threat")) == 1
    assert "threat moves what is among the --switches too" in capsys.readouterr().err


def test_maps_show_what_two_factors_do_together(
    tmp_path: Path, answering: Callable[..., None]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    pairs = "assistance_cash_adult:household,assistance_cash_adult:rule_of_in_kind"
    line = asked("interactions", tmp_path, "--n", "3", "--scale", "20", factors=pairs)
    assert main(line) == 0
    told = pd.read_csv(tmp_path / "interactions.csv").set_index(["pair", "outcome"])
    assert set(told.loc[("assistance_cash_adult:rule_of_in_kind", "independent"), "says"]) == {
        "not clear"
    }
    veto = told.loc[("assistance_cash_adult:household", "independent")].set_index("high_b")
    assert veto.loc["veto", "together"] == pytest.approx(-600)
    assert veto.loc["veto", "says"] == "less together"
    assert veto.loc["head", "together"] == pytest.approx(0)
    cells = pd.read_csv(tmp_path / "cells.csv")
    one = cells[
        (cells["pair"] == "assistance_cash_adult:household") & (cells["outcome"] == "independent")
    ]
    assert len(one) == 9
    row = one.set_index(["value_a", "value_b"])["mean"]
    assert row[8000, "mean"] - row[0, "mean"] == pytest.approx(300)
    assert row[8000, "veto"] - row[0, "veto"] == pytest.approx(-300)
