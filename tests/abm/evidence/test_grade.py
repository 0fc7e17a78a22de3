"""Grades follow exactly from the four scores."""

from __future__ import annotations

import pytest
from terugkeer.abm.evidence.grade import GRADES, WORDS, Kind, Pedigree, grade


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((4, 4, 4, 4), "A"),
        ((3, 3, 3, 3), "A"),
        ((4, 4, 4, 0), "A"),
        ((3, 3, 3, 2), "B"),
        ((2, 2, 2, 2), "B"),
        ((4, 4, 0, 0), "B"),
        ((2, 2, 2, 1), "C"),
        ((1, 1, 1, 1), "C"),
        ((4, 0, 0, 0), "C"),
        ((1, 1, 1, 0), "D"),
        ((0, 0, 0, 0), "D"),
    ],
)
def test_the_mean_score_makes_the_grade(scores: tuple[int, int, int, int], expected: str) -> None:
    proxy, empirical, method, validation = scores
    pedigree = Pedigree(proxy=proxy, empirical=empirical, method=method, validation=validation)
    kinds: tuple[Kind, ...] = ("measured", "derived", "expert")
    assert {grade(pedigree, kind) for kind in kinds} == {expected}
    assert grade(pedigree, "assumption") == "D"


def test_every_grade_has_its_word() -> None:
    assert tuple(WORDS) == GRADES
    assert (WORDS["A"].en, WORDS["D"].nl) == ("strong", "zwak")
