"""Every step has a name, and paths keep all closings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.observation.flows import PATH_ITEMS, STAGE_VALUES, TRUTHS, stage_pair

from tests.abm.observation.hand_made import HERE, closed, in_2012, left, moved, opened, rows_of

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def test_flows_name_every_step(happen: Happen) -> None:
    events = happen(
        {"kind": "entered", "person": 0, "place": "azc"},
        opened(0),
        moved(0, "azc", "vbl"),
        closed(0, "independent", place="vbl", marks=["spell_open"]),
        left(0, place="vbl", marks=["spell_open"]),
        left(16, place="street"),
    )
    assert in_2012("flows", events, 10.0) == {
        "entry>azc": 10.0,
        "azc>vbl": 10.0,
        "vbl>independent": 10.0,
        "street>left_without_file": 10.0,
    }


def test_closing_paths_take_the_last_opening_and_conserve_closings(happen: Happen) -> None:
    events = happen(
        opened(0, year=2010),
        closed(0, "unobserved", year=2010, to_place="street", **HERE),
        opened(0, "street", route="apprehended"),
        closed(0, "forced", place="detention", route="apprehended"),
        opened(16, year=2010),
        closed(16, "unobserved", place="azc", to_place="private_network", **HERE),
    )
    assert in_2012("closing_paths", events) == {
        "route:apprehended>street": 1.0,
        "opened:street>detention": 1.0,
        "closed:detention>forced": 1.0,
        "outcome:forced>origin": 1.0,
        "route:asylum>azc": 1.0,
        "opened:azc>azc": 1.0,
        "closed:azc>unobserved": 1.0,
        "outcome:unobserved>private_network": 1.0,
    }


def test_a_closing_without_an_opening_is_refused(happen: Happen) -> None:
    with pytest.raises(ValueError, match="never opened"):
        rows_of("closing_paths", happen(closed(0, "forced")))


def test_an_item_names_a_stage_and_both_ends() -> None:
    assert stage_pair("opened", "azc", "vbl") == "opened:azc>vbl"
    ends = {stage_pair("outcome", a, b) for a, several in TRUTHS.items() for b in several}
    assert ends == {item for item in PATH_ITEMS if item.startswith("outcome:")}
    assert set(TRUTHS) == set(STAGE_VALUES["outcome"])
