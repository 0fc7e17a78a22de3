"""The plan of an analysis: the sample of its method, and numbers that do not do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.sensitivity.question import Question
from terugkeer.experiments.sensitivity.study import WIDTHS, study_of

TWO = "iom_capacity,vbl_weeks"
TWO_PARTS = "country_return_scores[c01],country_return_scores[c02]"
ONE = Question("screen", TWO, "independent", 4, 1, 400.0, 2012, 2012)


@pytest.mark.parametrize(
    ("question", "points"),
    [
        (ONE, 4 * 4),  # trajectories of two factors and the dummy
        (replace(ONE, method="sobol"), 4 * 5),
        (replace(ONE, method="sobol", second_order=True), 4 * 8),
        (replace(ONE, method="sobol", emulator=True), 4),
        (replace(ONE, method="pawn"), 4),
    ],
)
def test_each_method_has_its_own_sample(question: Question, points: int) -> None:
    study = study_of(question, registry())
    assert len(study.sample.points) == len(study.plan.keys) == points
    assert study.others == {}
    assert study.design() == study.plan.design


def test_other_widths_are_planned_beside_and_share_what_is_equal() -> None:
    factors = "factor_debt,fear_midpoint"
    study = study_of(replace(ONE, factors=factors, widths=True), registry())
    assert tuple(study.others) == WIDTHS
    plans = [study.plan, *(each.plan for each in study.others.values())]
    assert len(study.design().runs) == len({key for each in plans for key in sum(each.keys, ())})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (replace(ONE, method="sobol", number=12), "--n 12: give a power of two"),
        (replace(ONE, method="pawn", number=32, plausible=True), "64 points must be left"),
        (replace(ONE, method="pawn", groups={"g": ("iom_capacity",)}), "--group: groups need"),
        (replace(ONE, factors="night_shelter", widths=True), "--widths: a lever has no prior"),
        (replace(ONE, outcome="nothing"), "'nothing' is unknown"),
        (replace(ONE, method="pawn", factors="country_return_scores"), "are told together only"),
        (
            replace(ONE, factors=TWO_PARTS, groups={"g": (TWO_PARTS.split(",", maxsplit=1)[0],)}),
            "--group: country_return_scores: effects by country are told together only",
        ),
        (replace(ONE, factors="night_shelter@2019-01-01"), "choose a day from 2011-01-01 to 2017"),
        (replace(ONE, method="pawn", tolerance=5.0, last_year=2016), "no record"),
    ],
)
def test_what_cannot_be_planned_is_refused(question: Question, said: str) -> None:
    with pytest.raises(InputError, match=said):
        study_of(question, registry())
