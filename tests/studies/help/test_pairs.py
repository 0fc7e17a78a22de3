"""Contrasts of paired runs, on runs made by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from terugkeer.agents.codes import Scheme

from studies.help import pairs
from studies.help.runs import MEASURED, SUPPORT_WORDS
from studies.measured import SCALE
from tests.studies.help.hand_made import cells, run

CASH, KIND, PILOT = int(Scheme.HRT), int(Scheme.IN_KIND), int(Scheme.PILOT)


@pytest.fixture
def one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every published table says ten times the number of events of the first run."""

    def observed(runs: list, _observer: object) -> pd.DataFrame:
        size = 10.0 * len(runs[0].events)
        items = [*SUPPORT_WORDS, "weeks_without_stable_shelter"]
        return pd.DataFrame(dict.fromkeys(MEASURED, size), index=items)

    monkeypatch.setattr(pairs, "observed", observed)


def test_help_in_kind_is_a_share_of_departures_with_cash_or_kind() -> None:
    few = [run({"scheme": CASH}), run({"scheme": KIND}, {"scheme": int(Scheme.REAN)})]
    all_in_kind = [run({"scheme": PILOT}, {"scheme": CASH, "destination": "onward"})]
    row = pairs.share_row([few, all_in_kind])
    assert row[1:] == ["50.0", "100.0", "+50.0"]
    assert pairs.share_row([[run()], few])[1:] == ["0.0", "50.0", "+50.0"]


@pytest.mark.usefixtures("one_table")
def test_support_under_two_rules_stands_with_its_difference_and_with_harm() -> None:
    both = {"scheme": CASH | KIND}
    closed = {"kind": "closed"}
    base, either, stacked = [run()], [run({"scheme": CASH}, closed)], [run(both, both, closed)]
    rows = {row[0]: row[1:] for row in cells(pairs.uptake(base, either, stacked))}
    assert rows["left with cash (HRT)"] == ["0", "20", "30", "+10"]
    a_year = f"{2 * SCALE / len(MEASURED):,.0f}"
    assert rows["with cash and help in kind"] == ["0", "0", a_year, f"+{a_year}"]
    assert rows["files closed: recorded independent departure"] == ["0", "1", "1", "+0"]
    assert rows["files closed: forced departure"] == ["0", "0", "0", "+0"]
    assert rows["person-weeks without stable shelter"] == ["0", "20", "30", "+10"]


def test_the_pilot_is_counted_for_ten_months_beside_the_record() -> None:
    applied = {"kind": "applied", "scheme": PILOT}
    runs = [run(applied, applied, {"scheme": PILOT}, {"scheme": CASH}, {"scheme": CASH}), run()]
    first, record = cells(pairs.pilot({"as shipped": runs}))[1:]
    months = SCALE / 2 * 10 / 12
    numbers = [f"{count * months:.0f}" for count in (2, 1, 2)]
    assert first == ["as shipped", *numbers, "33.3"]
    assert record[2:4] == ["78", "1,053"]


@pytest.mark.usefixtures("one_table")
def test_native_counsellors_are_compared_by_the_countries_they_serve() -> None:
    away = {"background": "other"}
    closed = [{"kind": "closed", "outcome": each} for each in ("forced", "unobserved")]
    closed += [{"kind": "closed"}] * 2
    reach = [run({}, {}, {"country": "Peru"}, away, *closed, served=("Iraq",))] * 2
    alone = run({}, {"country": "Peru"}, {"country": "Peru"}, {"iom": False}, *closed[:3])
    text = pairs.native(reach, [alone, alone])
    rows = {row[0]: row[1:] for row in cells(text)}
    assert rows["through IOM, countries with a native counsellor"][2] == "2.00"
    assert rows["through IOM, other countries"][2] == "0.50"
    assert rows["files closed: recorded independent departure"] == ["2", "1", "2.00"]
    assert "counsellor: Iraq." in text
    assert "in the mean: 2.00, 95 % interval 2.00 to 2.00 (2 seeds)" in text


@pytest.mark.usefixtures("one_table")
def test_ratios_of_seeds_are_averaged_in_logs() -> None:
    one, four = run({}, served=("Iraq",)), run({}, {}, {}, {}, served=("Iraq",))
    text = pairs.native([one, one, four], [one, four, one])
    # ratios 1, 1/4 and 4: the mean of logs is 0; half-width 4.3027 ln 4 / sqrt(3), two degrees
    half = 4 ** (4.302653 / 3**0.5)
    assert f"in the mean: 1.00, 95 % interval {1 / half:.2f} to {half:.2f} (3 seeds)" in text
