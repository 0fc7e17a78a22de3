"""What the model records of a life, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from terugkeer.agents.codes import LegalPhase, Option, Organisation, Place, Reading, Scheme, Stage
from terugkeer.viz.figures.palette import DESTINATIONS, OUTCOMES, PLACES, by_label

from .lives import THREE
from .weighed import WEEK

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from numpy.typing import NDArray

    from .lives import Life

FORCES: Final = ("push", "pull", "stay", "deter")
PHASES: Final = {
    LegalPhase.DEPARTURE_TERM: "a departure term begins",
    LegalPhase.OBLIGED: "the term is over: a duty to leave",
    LegalPhase.REPEAT_PROCEDURE: "a repeat application is under way",
    LegalPhase.APPEAL: "an appeal is under way",
    LegalPhase.PROCEDURE: "a procedure is under way",
}
STAGES: Final = {
    Stage.NOT_CONSIDERING: "no longer considers return",
    Stage.CONSIDERING: "considers return",
    Stage.INTENDING: "intends to return",
    Stage.PREPARING: "prepares return",
}
OPTIONS: Final = {
    Option.WAIT: "wait",
    Option.RETURN: "return",
    Option.OUT_OF_SIGHT: "go out of sight",
    Option.MOVE_ON: "move on",
}
READINGS: Final = {
    Reading.COOPERATES: "cooperation",
    Reading.AMBIGUOUS: "doubt",
    Reading.REFUSES: "refusal",
}
HELPERS: Final = {
    Organisation.IOM: "IOM",
    Organisation.VWN: "VWN",
    Organisation.BRIDGE_TO_BETTER: "Bridge to Better",
    Organisation.MAATWERK: "Maatwerk bij Terugkeer",
    Organisation.ASKV: "ASKV",
    Organisation.COA: "COA",
    Organisation.MUNICIPAL_DESK: "a municipal desk",
    Organisation.CASE_MANAGER: "the case manager",
    Organisation.TIP: "VWN's talks on the future",
    Organisation.NIEUW_HOOFDSTUK: "Een Nieuw Hoofdstuk",
    Organisation.OPGEHEVEN_HOOFD: "Met Opgeheven Hoofd",
    Organisation.GOEDWERK: "Goedwerk",
    Organisation.WERELDWIJD: "WereldWijd",
    Organisation.GREEN_WAY: "Green Way",
}
SCHEMES: Final = {
    Scheme.REAN: "basic support",
    Scheme.HRT: "cash",
    Scheme.IN_KIND: "help in kind",
    Scheme.FAMILIES: "goods for families",
    Scheme.DISCRETIONARY: "what a case manager pays",
}
BELIEFS: Final = {
    "believed_safety": "believed safety",
    "believed_livelihood": "believed livelihood",
    "threat": "threat",
    "hope": "hope",
    "knowledge": "knowledge",
}
WENT: Final = {
    "sustained": "the return lasts, without hardship",
    "hard": "still there, with some hardship",
    "left_again": "has left the origin again",
}
JOURNEYS: Final = ("origin", "member_state", "onward", "home_unobserved")
EVENT, DETAIL = "event", "detail"  # what the picture labels, and what only the table tells
DOTS: Final = ("weighs", "talk", "session", "news")
COLUMNS: Final = ("week", "what", "words")
Row = tuple[int, str, str]
State = dict[str, float]


def happened(who: str, life: Life) -> pd.DataFrame:
    """Return what happens in a life, week by week.

    Returns
    -------
    pandas.DataFrame
        Columns `week` (1 is the first that is lived), `what` (one of `DOTS`,
        `EVENT` or `DETAIL`) and `words`, in the order of the weeks.
    """
    rows: list[Row] = []
    for week in range(1, len(life.states["place"])):
        if np.isnan(life.states["place"][week, 0]):
            break
        rows += [(week, *each) for each in _changes(life, week)]
    rows += _logged(life)
    rows += _news(who, life)
    found = pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates()
    return found.sort_values("week", kind="stable").reset_index(drop=True)


def weighs(life: Life) -> NDArray[np.bool_]:
    """Return in which weeks a household weighed its options: its forces are set anew.

    Returns
    -------
    ndarray of bool, shape (1 + weeks,)
        Never in the week in which it begins.
    """
    forces = np.stack([life.states[name] for name in FORCES])
    moved = (np.diff(forces, axis=1) != 0) & ~np.isnan(forces[:, 1:])
    return np.concatenate([[False], moved.any(axis=(0, 2))])


def _changes(life: Life, week: int) -> Iterator[tuple[str, str]]:
    """Yield what the columns of a household tell of a week, until it has returned."""
    after = {name: each[week, 0] for name, each in life.states.items()}
    before = {name: each[week - 1, 0] for name, each in life.states.items()}
    if after["phase"] != LegalPhase.RETURNED:
        yield from _where(before, after)
        yield from _with_whom(before, after, WEEK + week - 1)
        yield from _in_mind(before, after, weighed=bool(weighs(life)[week]))


def _where(before: State, after: State) -> Iterator[tuple[str, str]]:
    """Yield what changes in law and place."""
    if after["phase"] != before["phase"]:
        yield EVENT, PHASES[LegalPhase(int(after["phase"]))]
    if after["place"] != before["place"]:
        yield DETAIL, f"lives from now on: {PLACES[Place(int(after['place']))].label}"


def _with_whom(before: State, after: State, week: int) -> Iterator[tuple[str, str]]:
    """Yield talks, helpers and sessions of a week, counted as the model counts weeks."""
    helper, earlier = int(after["helper"]), int(before["helper"])
    if after["talked_week"] == week:
        reading = READINGS.get(Reading(int(after["reading"])), "nothing yet")
        yield "talk", f"talk {after['talks']:.0f} with the case manager, who reads {reading}"
    new = helper != earlier or after["helper_since"] != before["helper_since"]
    if earlier and helper != earlier:
        yield DETAIL, f"help of {HELPERS[Organisation(earlier)]} ends"
    if helper and helper != earlier:
        yield EVENT, f"{HELPERS[Organisation(helper)]} helps"
    elif helper and new:
        yield DETAIL, f"help of {HELPERS[Organisation(helper)]} ends and begins anew"
    met = after["sessions"] != before["sessions"] or new
    if helper and after["sessions"] and met:
        yield "session", f"session {after['sessions']:.0f} with {HELPERS[Organisation(helper)]}"
    if after["discretionary_eur"] > before["discretionary_eur"]:
        yield DETAIL, f"the case manager promises {after['discretionary_eur']:.0f} euro"


def _in_mind(before: State, after: State, *, weighed: bool) -> Iterator[tuple[str, str]]:
    """Yield choices, stages, and what is shown and obtained."""
    if weighed:
        yield "weighs", f"weighs, and would {OPTIONS[Option(int(after['choice']))]}"
    if after["stage"] != before["stage"]:
        yield EVENT, STAGES[Stage(int(after["stage"]))]
    if after["identified"] > before["identified"]:
        yield DETAIL, "shows an identity"
    if after["document"] > before["document"]:
        yield EVENT, "papers are there"


def _logged(life: Life) -> list[Row]:
    """Return what the log tells of the household, by its first adult."""
    events = life.events[life.events["person"] == life.events["person"].min()]
    found = []
    for event in events.to_dict("records"):
        what, words = _said(life, event)
        if words:
            found.append((int(event["week"]) - WEEK + 1, what, words))
    return found


def _said(life: Life, event: Mapping[Hashable, Any]) -> tuple[str, str]:
    """Return how an event of the log is told; empty for what the columns tell."""
    told = {name: str(event[name]) for name in ("kind", "outcome", "destination", "went")}
    helper = HELPERS.get(Organisation[str(event["helper"]).upper()], "")
    bits = int(event["scheme"])
    scheme = " and ".join(words for bit, words in SCHEMES.items() if bits & bit)
    granted = (
        float(np.nanmax(life.states["cash_eur"])),
        float(np.nanmax(life.states["in_kind_eur"])),
    )
    closed = by_label(OUTCOMES)[told["outcome"]].label.removeprefix("closed, ")
    leaves = by_label(DESTINATIONS)[told["destination"]].label
    sums = f"{granted[0]:,.0f} euro in cash, {granted[1]:,.0f} in kind for each adult"
    return {
        "opened": (EVENT, "a file opens"),
        "closed": (EVENT, f"file closes: {closed}"),
        "left": (EVENT, f"leaves: {leaves}") if told["destination"] in JOURNEYS else (DETAIL, ""),
        "noticed": (EVENT, "a removal is announced"),
        "cancelled": (EVENT, "the removal does not take place"),
        "referred": (DETAIL, f"is referred to {helper}"),
        "reached": (DETAIL, f"arrives at {helper}"),
        "applied": (EVENT, f"applies: {scheme}"),
        "granted": (EVENT, f"is granted {scheme}" + (f" ({sums})" if max(granted) else "")),
        "refused": (EVENT, "the application is refused"),
        "withdrawn": (EVENT, "the application comes to nothing"),
        "fared": (EVENT, f"after return: {WENT.get(told['went'], told['went'])}"),
        "left_again": (EVENT, "leaves the origin again"),
    }.get(told["kind"], (DETAIL, ""))


def _news(who: str, life: Life) -> list[Row]:
    """Return what news moved, by adult."""
    names = dict(zip(THREE[who].adults.tolist(), THREE[who].household.adults, strict=True))
    found = []
    for note in life.heard.to_dict("records"):
        before, after = (f"{note[name]:.2f}" for name in ("before", "after"))
        of_whom = f" ({names[note['person']]})" if len(names) > 1 else ""
        if before != after:
            words = f"news: {BELIEFS[note['belief']]} {before} to {after}{of_whom}"
            found.append((int(note["week"]) - WEEK + 1, "news", words))
    return found
