"""What happens in a life, in words, on lives made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents.codes import (
    LegalPhase,
    Option,
    Organisation,
    Place,
    Reading,
    Scheme,
    Stage,
)
from terugkeer.viz.figures.palette import PLACES

from studies.households import story
from studies.households.lives import THREE, Life
from studies.households.story import happened, weighs
from studies.households.weighed import WEEK
from tests.studies.households.hand_made import life

NAN = np.nan


def told(found: Life, who: str = "he") -> list[tuple[int, str, str]]:
    """Return what happens, as tuples."""
    return list(happened(who, found).itertuples(index=False, name=None))


def test_nothing_is_told_of_a_life_in_which_nothing_changes() -> None:
    assert told(life()) == []


def test_weeks_of_weighing_are_those_in_which_forces_move() -> None:
    stay = [[0.0, 0.0], [0.0, 0.0], [0.0, 0.5], [0.0, 0.5]]
    push = [[0.0, 0.0]] * 3 + [[NAN, NAN]]
    still = {name: np.zeros((4, 2)) for name in ("pull", "deter")}
    assert weighs(life(stay=stay, push=push, **still)).tolist() == [False, False, True, False]


def test_changes_of_law_place_and_mind_are_told_in_their_week() -> None:
    found = told(
        life(
            phase=[LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED] + [LegalPhase.OBLIGED] * 2,
            place=[Place.VBL, Place.VBL, Place.STREET, Place.STREET],
            stage=[*[Stage.NOT_CONSIDERING] * 2, *[Stage.CONSIDERING] * 2],
            push=[0.0, 0.0, 0.2, 0.2],
            choice=[Option.WAIT, Option.WAIT, Option.RETURN, Option.RETURN],
            identified=[0, 0, 0, 1],
            document=[0, 0, 0, 1],
        )
    )
    assert found == [
        (1, "event", "the term is over: a duty to leave"),
        (2, "detail", f"lives from now on: {PLACES[Place.STREET].label}"),
        (2, "weighs", "weighs, and would return"),
        (2, "event", "considers return"),
        (3, "detail", "shows an identity"),
        (3, "event", "papers are there"),
    ]


def test_talks_help_and_sessions_are_told() -> None:
    iom, vwn = Organisation.IOM, Organisation.VWN
    found = told(
        life(
            weeks=4,
            talked_week=[0, WEEK, WEEK, WEEK, WEEK],
            talks=[0, 1, 1, 1, 1],
            reading=[Reading.UNREAD] + [Reading.AMBIGUOUS] * 4,
            helper=[0, iom, iom, vwn, 0],
            helper_since=[0, 1, 2, 3, 3],
            sessions=[0, 0, 1, 2, 2],
            discretionary_eur=[0, 0, 0, 250, 250],
        )
    )
    assert found == [
        (1, "talk", "talk 1 with the case manager, who reads doubt"),
        (1, "event", "IOM helps"),
        (2, "detail", "help of IOM ends and begins anew"),
        (2, "session", "session 1 with IOM"),
        (3, "detail", "help of IOM ends"),
        (3, "event", "VWN helps"),
        (3, "session", "session 2 with VWN"),
        (3, "detail", "the case manager promises 250 euro"),
        (4, "detail", "help of VWN ends"),
    ]


def test_columns_are_not_told_after_the_return_or_the_end() -> None:
    phase = [LegalPhase.OBLIGED, LegalPhase.RETURNED, LegalPhase.RETURNED, NAN]
    assert told(life(phase=phase, place=[Place.STREET, Place.VBL, Place.VBL, NAN])) == []


@pytest.mark.parametrize(
    ("event", "what", "words"),
    [
        ({"kind": "opened"}, "event", "a file opens"),
        ({"kind": "closed", "outcome": "unobserved"}, "event", "file closes: whereabouts unknown"),
        ({"kind": "noticed"}, "event", "a removal is announced"),
        ({"kind": "cancelled"}, "event", "the removal does not take place"),
        ({"kind": "referred", "helper": "vwn"}, "detail", "is referred to VWN"),
        ({"kind": "reached", "helper": "coa"}, "detail", "arrives at COA"),
        (
            {"kind": "applied", "scheme": int(Scheme.REAN | Scheme.HRT)},
            "event",
            "applies: basic support and cash",
        ),
        ({"kind": "refused"}, "event", "the application is refused"),
        ({"kind": "withdrawn"}, "event", "the application comes to nothing"),
        (
            {"kind": "fared", "went": "sustained"},
            "event",
            "after return: the return lasts, without hardship",
        ),
        ({"kind": "left_again"}, "event", "leaves the origin again"),
    ],
)
def test_events_of_the_log_are_told(event: dict[str, object], what: str, words: str) -> None:
    assert told(life({"week": WEEK + 1, **event})) == [(2, what, words)]


def test_sums_are_told_with_a_grant_if_there_are_any() -> None:
    granted = {"week": WEEK, "kind": "granted", "scheme": int(Scheme.HRT)}
    ((_, _, without),) = told(life(granted))
    assert without == "is granted cash"
    ((_, _, words),) = told(life(granted, cash_eur=[0, 1750, 1750, 0]))
    assert words == "is granted cash (1,750 euro in cash, 0 in kind for each adult)"


def test_leaving_is_told_only_if_it_is_a_journey_and_once_for_the_household() -> None:
    father, mother = THREE["family"].adults.tolist()
    left = {"week": WEEK, "kind": "left"}
    found = told(life({**left, "person": father}, {**left, "person": mother}), "family")
    assert len(found) == 1
    assert found[0][2].startswith("leaves: ")
    assert told(life({**left, "outcome": "permit", "destination": "permit"})) == []


def test_news_is_told_if_it_shows_and_of_each_adult_by_name() -> None:
    note = {"week": WEEK + 2, "before": 0.2, "after": 0.3}
    unseen = {**note, "after": 0.2001}
    assert told(life(heard=(note, unseen))) == [(3, "news", "news: hope 0.20 to 0.30")]
    mother = int(THREE["family"].adults[1])
    assert told(life(heard=({**note, "person": mother},)), "family") == [
        (3, "news", "news: hope 0.20 to 0.30 (mother)")
    ]


def test_every_belief_that_news_moves_has_words() -> None:
    from terugkeer.abm.world.phases.hear import HEARD  # noqa: PLC0415 - for this test alone

    assert set(HEARD) == set(story.BELIEFS)
    assert set(story.SCHEMES) | {Scheme.NONE, Scheme.PILOT} == set(Scheme) | {Scheme.NONE}
