"""What the picture of two lives shows, on lives made by hand."""

from __future__ import annotations

import numpy as np
from terugkeer.agents.codes import LegalPhase, Place, label
from terugkeer.viz.figures.life_course import LINES

from studies.households.drawn_lives import (
    FIRST,
    ON_RECORD,
    OTHER_POLICY,
    TITLES,
    here,
    titles,
    weekly,
)
from studies.households.fates import Pair
from studies.households.lives import CHANGE_DAY, THREE
from studies.households.weighed import DAY
from tests.studies.households.hand_made import life

NAN = np.nan
RETURNED = [LegalPhase.OBLIGED, LegalPhase.OBLIGED, LegalPhase.RETURNED, NAN]


def test_a_household_is_here_until_it_returns_or_leaves_the_model() -> None:
    assert here(life(phase=RETURNED)).tolist() == [True, True, False, False]


def test_the_other_policy_holds_from_the_week_of_its_day_on() -> None:
    assert (CHANGE_DAY - DAY).days == 7 * (FIRST - 1)
    assert titles("she") == (ON_RECORD, "with twice the counsellors from 28 April 2014 on")
    assert set(OTHER_POLICY) == set(TITLES) == set(THREE)


def test_lines_end_with_the_stay_and_bands_are_named_by_place() -> None:
    first = life(phase=RETURNED, place=[Place.VBL, Place.STREET, Place.STREET, NAN])
    other = life(hope=[0.1, 0.2, 0.3, 0.4])
    found = weekly("he", Pair(1, (first, other)))
    record = found[found["life"] == ON_RECORD]
    assert record["week"].tolist() == [0, 1, 2, 3]
    vbl, street = label(Place.VBL), label(Place.STREET)
    assert record["place"].tolist() == [vbl, street, street, ""]
    assert record[list(LINES)].isna().all(axis=1).tolist() == [False, False, True, True]
    assert found[found["life"] != ON_RECORD]["hope"].tolist() == [0.1, 0.2, 0.3, 0.4]
    assert set(found["adult"]) == {"he"}
