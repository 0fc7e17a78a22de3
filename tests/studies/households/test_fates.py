"""How lives end, on lives made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents.codes import Place

from studies.households import fates
from studies.households.fates import ENDS, OF_LEAVING, Pair, fate, first_difference, shown
from tests.studies.households.hand_made import life

NAN = np.nan


@pytest.mark.parametrize(("how", "end"), OF_LEAVING.items())
def test_a_life_that_left_ends_as_it_left(how: tuple[str, str], end: str) -> None:
    outcome, destination = how
    found = fate(life({"outcome": outcome, "destination": destination}))
    assert found.end == end
    assert end in ENDS
    assert bool(found.adults) is (end == fates.INDEPENDENT)


def test_a_life_without_an_end_is_still_here_with_or_without_a_file() -> None:
    assert fate(life(spell_open=[0, 1, 1, 1])).end == "still here, file open"
    assert fate(life({"kind": "moved"}, spell_open=[1, 1, 1, 0])).end == "still here, no file"
    assert fate(life({"outcome": "other", "destination": "none"})).end == fates.OTHERWISE


def test_freedom_is_judged_of_each_adult_who_returned_independently() -> None:
    judged = {"informed": True, "alternative": True, "willing": True}
    found = fate(
        life(
            {**judged, "person": 1},
            {**judged, "person": 2, "destitute": True},
            {**judged, "person": 3, "place": "detention", "willing": False},
            {"person": 4, "informed": True},
        )
    )
    assert found.adults == {
        "adults": 4,
        "informed": 4,
        "free": 2,
        "alternative": 3,
        "all three": 1,
        "first choice": 2,
    }


def test_weeks_are_counted_from_the_first_that_is_lived_until_the_end() -> None:
    places = [Place.STREET, Place.NIGHT_SHELTER, Place.DETENTION, Place.STREET, NAN]
    weighed = {"push": [0.0, 0.1, 0.1, 0.2, NAN]}
    found = fate(life(weeks=4, place=places, **weighed))
    assert (found.unsheltered, found.held, found.weighed) == (2, 1, 2)


def test_the_last_follow_up_is_told_and_leaving_again_before_all() -> None:
    sustained, hard = ({"kind": "fared", "went": each} for each in ("sustained", "hard"))
    assert fate(life()).followed == ""
    assert fate(life(sustained, hard)).followed == "hard"
    assert fate(life(hard, {"kind": "left_again"}, sustained)).followed == "left_again"


def test_lives_differ_from_the_first_week_in_which_any_column_does() -> None:
    one = life(hope=[0.1, 0.1, 0.1, NAN], place=[1, 1, 1, NAN])
    other = life(hope=[0.1, 0.1, 0.2, NAN], place=[1, 1, 1, 2])
    assert first_difference((one, one), one.states) is None
    assert first_difference((one, other), ["place"]) == 3
    assert first_difference((one, other), one.states) == 2


def test_the_life_told_is_the_first_that_others_see_differ_however_it_ends() -> None:
    alike = Pair(1, (life(), life(hope=[0.0, 0.1, 0.1, 0.1])))
    apart = Pair(2, (life(), life(hope=[0.0, 0.0, 0.1, 0.1], stage=[0, 0, 0, 1])))
    assert (alike.parts, alike.parts_visibly) == (1, None)
    assert (apart.parts, apart.parts_visibly) == (2, 3)
    assert shown([alike, apart]) is apart
    assert shown([alike, alike]) is alike


def test_pairs_live_from_one_world_with_both_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    def live(world: str, *who: str) -> dict[str, str]:
        return {each: f"{each} in {world}" for each in who}

    monkeypatch.setattr(fates, "live", live)
    monkeypatch.setattr(fates, "fork", lambda model, other, _registry: f"{model} {other.name}")
    found = fates.pairs("world", 5, "he", "she")  # type: ignore[arg-type]  # no world
    assert found["he"].seed == 5
    assert found["he"].lives == ("he in world", "he in world shelter_after_term")
    assert found["she"].lives == ("she in world", "she in world counsellors")
