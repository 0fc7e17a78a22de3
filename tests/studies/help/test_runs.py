"""What is counted of the runs of the page on help."""

from __future__ import annotations

from terugkeer.agents.codes import Kind

from studies.help.runs import MEASURED, SUPPORT, SUPPORT_WORDS, WORDS, a_year, returned
from studies.measured import SCALE
from tests.studies.help.hand_made import run


def test_independent_returns_count_with_and_without_a_file_and_nothing_else() -> None:
    lives = run(
        {"country": "Iraq"},
        {"kind": "closed"},
        {"outcome": "forced"},
        {"outcome": "unobserved"},
        {"kind": "moved"},
        {"country": "China"},
    )
    assert returned(lives)["country"].tolist() == ["Iraq", "China"]


def test_persons_a_year_are_the_mean_over_runs_at_full_size() -> None:
    runs = [run({}), run({}, {}, {})]
    assert a_year(runs, lambda lives: len(lives.events)) == 2 * SCALE / len(MEASURED)


def test_every_organisation_and_every_kind_of_support_has_words() -> None:
    assert set(Kind) == set(WORDS)
    assert set(SUPPORT_WORDS) <= set(SUPPORT.items)
