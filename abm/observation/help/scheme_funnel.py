"""Schemes of assistance: how far persons come with each, and where the others are lost.

The steps are nested: each includes those before it, except that a price need not be met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ....agents import codes
from ....agents.places import IS_HIDDEN
from ...world.events import Event
from ..departures import departures
from ..items import Items, either, first_of
from ..observer import BACKGROUND, Observed, Observer, Units, labelled, only_weighed
from .assistance import REASONS, SCHEMES, is_supported

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..events import Events

    Position = NDArray[np.int64]  # of an event in the log; `NEVER` where there is none

NEVER: Final = np.iinfo(np.int64).max
PROMISED: Final = "discretionary"  # no application: a case manager promises it
# steps with the event that notes each; the last is a departure
NOTED: Final = {
    "eligible": Event.ELIGIBLE,
    "knows": Event.KNOWS,
    "considers": Event.CONSIDERS,
    "applied": Event.APPLIED,
    "granted": Event.GRANTED,
    "ready": Event.READY,
}
LEFT: Final = "left"
ASKED: Final = ("applied", "granted")  # steps that a promise doesn't have
PRICE_MET: Final = "price_met"
WITH_IT: Final = "with_it"
STILL_HERE: Final = "still_here"
ENDS: Final = (
    "forced",
    "returned_without",
    "onward",
    "permit",
    "other",
    "out_of_sight",
    STILL_HERE,
)
# an application that ended, without a reason and with each
ENDED: Final = tuple(
    name
    for kind, reasons in REASONS.items()
    for name in (kind, *(f"{kind}_{codes.label(reason)}" for reason in reasons))
)


def steps_of(scheme: str) -> tuple[str, ...]:
    """Return the steps of a scheme in order: a promise is not applied for."""
    return tuple(step for step in (*NOTED, LEFT) if scheme != PROMISED or step not in ASKED)


def fates_of(scheme: str, step: str) -> tuple[str, ...]:
    """Return what can have become of persons of whom this was the last step."""
    if step == LEFT:
        return (WITH_IT,)
    asked = scheme != PROMISED and step in (*ASKED, "ready")
    return (*ENDED, *ENDS) if asked else ENDS


def beside_price(scheme: str) -> tuple[str, ...]:
    """Return the steps of a scheme that are also counted with a price that was met."""
    return tuple(step for step in steps_of(scheme) if step in (*ASKED, LEFT))


FUNNEL_ITEMS: Final = tuple(
    f"{scheme}:{step}"
    for scheme in SCHEMES
    for step in (
        *steps_of(scheme),
        PRICE_MET,
        *(f"{each}_{PRICE_MET}" for each in beside_price(scheme)),
    )
)
FATE_ITEMS: Final = tuple(
    f"{scheme}:{item}"
    for scheme in SCHEMES
    for item in (
        *(f"{step}:{fate}" for step in steps_of(scheme) for fate in fates_of(scheme, step)),
        PRICE_MET,
    )
)


@dataclass(frozen=True)
class Traced:
    """Persons who were ever eligible for one scheme, and when they took each step.

    Parameters
    ----------
    person : ndarray of int, shape (n,)
        Their numbers, ascending.
    positions : dict of str to ndarray of int, shape (n,)
        Position in the log of the event with which each step, and `PRICE_MET`, was first
        taken; `NEVER` if it was not. A later step never comes before an earlier one.
    """

    person: NDArray[np.int64]
    positions: dict[str, Position]

    def took(self, step: str) -> NDArray[np.bool_]:
        """Return who took a step."""
        return np.asarray(self.positions[step] < NEVER)


def trace(events: Events, scheme: str) -> Traced:
    """Trace everybody who was ever eligible for a scheme through its steps.

    A step counts at the latest when a later one is taken: whoever is granted a scheme in
    exchange for another has applied for it then. An application counts only from the time at
    which the person was eligible, knew and considered: households to which nothing is open
    apply for basic support in vain.

    Parameters
    ----------
    events : Events
        Events of a run in the order of the log: those of `NOTED`, with met prices and departures.
    scheme : str
        One of `SCHEMES`.
    """
    has = (events["scheme"] & SCHEMES[scheme]) > 0
    kind, number = events["kind"], events["person"]
    went = _went_with(events, scheme)
    sure = (Event.ELIGIBLE, Event.GRANTED, Event.READY)
    person = np.unique(number[went | (has & np.isin(kind, sure))])
    row = np.searchsorted(person, number)
    known = row < len(person)
    known[known] = person[row[known]] == number[known]

    def first(where: NDArray[np.bool_], after: Position | None = None) -> Position:
        position = np.flatnonzero(where & known)
        if after is not None:
            position = position[position > after[row[position]]]
        found = np.full(len(person), NEVER)
        np.minimum.at(found, row[position], position)
        return found

    steps = steps_of(scheme)
    at = {PRICE_MET: first(has & (kind == Event.MET_PRICE)), LEFT: first(went)}
    for step in steps[:-1]:
        after = at["considers"] if step == "applied" else None
        at[step] = first(has & (kind == NOTED[step]), after)
    for earlier, later in zip(steps[-2::-1], steps[:0:-1], strict=True):
        at[earlier] = np.minimum(at[earlier], at[later])
    return Traced(person, at)


def _went_with(events: Events, scheme: str) -> NDArray[np.bool_]:
    """Return which events are departures with a scheme, or with money that was promised."""
    at = np.flatnonzero(events["kind"] == Event.LEFT)
    left = events.take(at)
    paid = (
        left["outcome"] == codes.Outcome.INDEPENDENT if scheme == PROMISED else is_supported(left)
    )
    found = np.zeros(len(events), dtype=np.bool_)
    found[at] = paid & ((left["scheme"] & SCHEMES[scheme]) > 0)
    return found


def last_steps(traced: Traced, scheme: str) -> Items:
    """Return how far each person came: the last step that was taken."""
    steps = steps_of(scheme)
    return first_of({step: traced.took(step) for step in reversed(steps[1:])}, steps[0])


def ends(events: Events, person: NDArray[np.int64]) -> Items:
    """Return what has become of persons at the end of a run, whatever they applied for.

    Parameters
    ----------
    events : Events
        All events of a run.
    person : ndarray of int, shape (n,)
        Their numbers.

    Returns
    -------
    Items
        What ended their duty to leave; out of sight, if they live outside state shelter without
        an open file; else still here.
    """
    now = np.full(len(person), int(events["week"].max(initial=0)))
    left = departures(events)
    gone = left.latest(person, now)
    outcome, to = _at(left, "outcome", gone), _at(left, "destination", gone)
    home = (codes.Destination.ORIGIN, codes.Destination.HOME_UNOBSERVED)
    files = events.of(Event.OPENED, Event.CLOSED)
    is_open = _at(files, "kind", files.latest(person, now)) == Event.OPENED
    place = _at(events, "to_place", events.latest(person, now))
    return first_of(
        {
            "forced": outcome == codes.Outcome.FORCED,
            "returned_without": np.isin(to, home),
            "onward": to == codes.Destination.ONWARD,
            "permit": to == codes.Destination.PERMIT,
            "other": gone >= 0,
            "out_of_sight": ~is_open & (place >= 0) & IS_HIDDEN[place],
        },
        STILL_HERE,
    )


def fates(asked: Events, traced: Traced, scheme: str, end: Items) -> Items:
    """Return what became of each person and a scheme.

    In this order: left with it; the last application for it was refused or withdrawn;
    and otherwise what has become of the person.

    Parameters
    ----------
    asked : Events
        Applications, grants, refusals and withdrawals of a run.
    end : Items
        What `ends` says of the persons traced.
    """
    asked = asked.where((asked["scheme"] & SCHEMES[scheme]) > 0)
    last = asked.latest(
        traced.person, np.full(len(traced.person), int(asked["week"].max(initial=0)))
    )
    kind, why = _at(asked, "kind", last), _at(asked, "reason", last)
    has_asked = scheme != PROMISED and traced.took("applied")
    holds = {WITH_IT: traced.took(LEFT)}
    for event, reasons in REASONS.items():
        ended = has_asked & (kind == Event[event.upper()])
        for reason in reasons:
            holds[f"{event}_{codes.label(reason)}"] = ended & (why == reason)
        holds[event] = ended  # no reason stated
    settled = np.any([*holds.values()], axis=0)
    return either(settled, first_of(holds, STILL_HERE), end)


def _at(events: Events, column: str, at: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return a column at some positions; -1 where the position is."""
    found = np.full(len(at), -1, dtype=np.int64)
    found[at >= 0] = events[column][at[at >= 0]]
    return found


def of_schemes(events: Events) -> Events:
    """Return the events that `trace` needs."""
    return events.of(*NOTED.values(), Event.MET_PRICE, Event.LEFT)


def _funnel(observed: Observed) -> list[Units]:
    events = of_schemes(observed.events)
    counted = []
    for scheme in SCHEMES:
        traced = trace(events, scheme)
        for step in (*steps_of(scheme), PRICE_MET):
            taken = traced.positions[step][traced.took(step)]
            counted.append(labelled(events.take(taken), f"{scheme}:{step}"))
        for step in beside_price(scheme):
            met = traced.took(step) & (traced.positions[PRICE_MET] <= traced.positions[step])
            taken = traced.positions[step][met]
            counted.append(labelled(events.take(taken), f"{scheme}:{step}_{PRICE_MET}"))
    return counted


def _fates(observed: Observed) -> list[Units]:
    events = of_schemes(observed.events)
    asked = observed.events.of(Event.APPLIED, Event.GRANTED, Event.REFUSED, Event.WITHDRAWN)
    traced = {scheme: trace(events, scheme) for scheme in SCHEMES}
    person = np.unique(np.concatenate([each.person for each in traced.values()]))
    end = ends(observed.events, person)
    counted = []
    for scheme, each in traced.items():
        fate = fates(asked, each, scheme, end[np.searchsorted(person, each.person)])
        item = f"{scheme}:" + last_steps(each, scheme) + ":" + fate
        first = each.positions["eligible"]
        counted.append(labelled(events.take(first), item))
        met = events.take(first[each.took(PRICE_MET)])
        counted.append(labelled(met, f"{scheme}:{PRICE_MET}"))
    return counted


def cohort(persons: pd.Series[float]) -> pd.DataFrame:
    """Return who was eligible by scheme, last step and fate.

    Parameters
    ----------
    persons : pandas.Series
        Persons by item of `scheme_fates`.

    Returns
    -------
    pandas.DataFrame
        Columns `scheme, step, fate` (str; a refusal or withdrawal without its reason) and
        `persons` (float). Met prices, which stand beside the steps, are left out.
    """
    rows = [
        (*str(item).split(":"), number)
        for item, number in persons.items()
        if not str(item).endswith(f":{PRICE_MET}")
    ]
    keys = ["scheme", "step", "fate"]
    found = pd.DataFrame(rows, columns=[*keys, "persons"])
    kind = found["fate"].str.split("_").str[0]
    found["fate"] = found["fate"].mask(kind.isin(list(REASONS)), kind)
    return found.groupby(keys, sort=False)["persons"].sum().reset_index()


SCHEME_TABLES: Final = (
    Observer(
        table="scheme_funnel",
        items=FUNNEL_ITEMS,
        population="persons of the model to whom a scheme of assistance is open when they weigh",
        unit="person",
        year_rule="year in which the person first takes the step",
        rounding=0,
        blind_spots=(
            "A step includes the steps before it (eligible, knows, considers, applied, granted, "
            "ready, left), but the steps of one person can fall into several years. "
            "`price_met` is beside them and no condition of a later step: persons to whom "
            "money plays no role, or whose price is not met, apply and leave too, so "
            "`applied_price_met` and its like say how many had their price met by then; a price "
            "that is met is no cause. A price is met if all that a household gets with the scheme "
            "(cash, a promise, help in kind) meets the mean price of its adults, not if "
            "the scheme alone does. After a refusal, and for persons who never turn to IOM, only "
            "a promise can meet a price. A scheme is open as far as the household can see; what "
            "only verification looks at counts later, as a refusal. "
            "For help in kind `knows` means more than for other schemes: to know of support and to "
            "see it, which takes considering return or having met an organisation that gives it. "
            "Persons who never turn to IOM are eligible too. "
            "Persons for whom a scheme is open between two times at which they weigh are not "
            "seen. Discretionary money is promised, known by whoever it is promised to, and not "
            "applied for. A person can take steps in several schemes. Children count with their "
            "household."
        ),
        source="own (ODD: Observation)",
        count=_funnel,
        dimensions=BACKGROUND,
        cannot_tell=only_weighed(FUNNEL_ITEMS),
    ),
    Observer(
        table="scheme_fates",
        items=FATE_ITEMS,
        population="the same persons, by the last step that they took with a scheme, and their end",
        unit="person",
        year_rule="year in which the person was first eligible: a cohort, followed to the end",
        rounding=0,
        blind_spots=(
            "Later cohorts are followed for a shorter time, so more of them are `still_here`. "
            "Persons first eligible before the first year are in no cohort shown, so fewer leave "
            "here than in the table `assistance`. "
            "Items of a scheme with a step and a fate add up to its cohort; `price_met` stands "
            "beside them: those of the cohort whose price was met at some time. Refused and "
            "withdrawn stand for the last application for the scheme, whatever became of the "
            "person afterwards; with no reason behind them none was noted. `forced` holds "
            "transfers to another member state, `returned_without` persons who went home "
            "without this scheme, seen or unseen, perhaps with another. `out_of_sight` are "
            "persons who live outside state shelter without an open file at the end. Nothing "
            "says that a step was what they were lost at: they might have gone the same way "
            "without the scheme."
        ),
        source="own (ODD: Observation)",
        count=_fates,
        cannot_tell=only_weighed(FATE_ITEMS),
    ),
)
