"""Names that are put together, and chosen, as codes."""

from __future__ import annotations

import numpy as np
from terugkeer.abm.observation.items import Items, either, first_of, named, same
from terugkeer.agents.codes import Outcome, Track

LETTERS = Items(np.array([0, 1, 1]), ("a", "b"))
NUMBERS = Items(np.array([2, 0, 1]), ("1", "2", "3"))


def test_names_are_put_together_as_texts_are() -> None:
    both = "(" + LETTERS + "," + NUMBERS + ")"
    assert both.labels().tolist() == ["(a,3)", "(b,1)", "(b,2)"]
    assert both[np.array([False, True, True])].labels().tolist() == ["(b,1)", "(b,2)"]


def test_codes_have_their_labels_also_where_a_number_is_left_out() -> None:
    outcomes = np.array([Outcome.FORCED, Outcome.NONE], dtype=np.uint8)
    assert named(outcomes, Outcome).labels().tolist() == ["forced", "none"]
    assert 3 not in set(Track)
    assert named(np.array([4, 5]), Track).labels().tolist() == ["general", "extended"]


def test_a_mask_chooses_between_two_items() -> None:
    mask = np.array([True, False, True])
    assert either(mask, LETTERS, NUMBERS).labels().tolist() == ["a", "1", "b"]


def test_the_first_that_holds_is_the_item() -> None:
    holds = {"x": np.array([True, False, False]), "y": np.array([True, True, False])}
    assert first_of(holds, "z").labels().tolist() == ["x", "y", "z"]


def test_one_item_for_all() -> None:
    assert same("x", 2).labels().tolist() == ["x", "x"]
    assert same("x", 0).labels().tolist() == []
