"""The log of what happens to persons, and the frame that observers read.

An event is one thing that happened to one person in one week. Phases append whole
arrays, and codes become labels only when a run has ended.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ...agents import codes, traits
from ...agents.rules import after_return
from ...agents.rules.methods import unpack_step
from .calendar import year_of
from .persons.columns import COLUMNS as OF_PERSONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


class Event(IntEnum):
    """Kinds of events."""

    ENTERED = 0  # a person enters the model
    OPENED = 1  # a DT&V file opens: a spell begins
    CLOSED = 2  # a DT&V file closes with an outcome: a spell ends
    LEFT = 3  # a person truly leaves the Netherlands or the duty to leave
    MOVED = 4  # a person changes place within the Netherlands
    NOTICED = 5  # a planned removal is announced (48 hours before)
    CANCELLED = 6  # an announced removal does not take place
    ARCHIVED = 7  # a returned person's 52 weeks are over
    MET = 8  # first session with a helper of an organisation (column helper)
    REFERRED = 9  # somebody is referred to an organisation (column helper)
    REACHED = 10  # a person who was referred arrives there (column helper)
    APPLIED = 11  # an application for assistance (column scheme)
    GRANTED = 12  # it is granted
    REFUSED = 13  # it is refused
    WITHDRAWN = 14  # it is withdrawn
    FARED = 15  # how a return went by a follow-up (column fared; weeks since the departure)
    LEFT_AGAIN = 16  # a returned household leaves its origin again
    ELIGIBLE = 17  # schemes are first open to a person when it weighs (column scheme)
    KNOWS = 18  # it first knows of them
    CONSIDERS = 19  # it first knows of them while it considers return
    MET_PRICE = 20  # what they give first meets its price
    READY = 21  # with a grant, it is first ready to leave: papers, and help prepared
    AWAITS_PLACE = 22  # no place of help in kind is free: the application waits
    PROJECT_LOST = 40  # a case manager takes a client out of a project (column helper)
    PROJECT_REFUSED = 51  # it refuses one before the first session there (column helper)
    LOCAL_ASKED = 41  # two weeks more are asked of the local consultation
    LOCAL_GRANTED = 42  # it agrees (column weeks)
    REGIONAL_ASKED = 43  # still more is asked of the regional consultation
    REGIONAL_GRANTED = 44  # it approves (column weeks)
    PROMISED = 45  # discretionary cash, to persons who cannot be removed (column reading)
    PROMISED_REMOVABLE = 46  # the same to persons who can be removed
    PROMISE_BROKEN = 47  # a promise is overturned above the case manager
    UNPREPARED = 48  # a removal is cancelled since data are missing
    RECOGNISED = 49  # a mission of the origin identifies a person
    REFERRAL_LOST = 50  # a referral ends before the person arrives (column helper)
    NO_FAULT_TESTED = 52  # a no-fault permit is asked for and decided on (outcome: permit, or none)
    CLAIM_WON = 53  # an appeal or a repeat application ends in a permit (the phase tells which)
    APPEALED = 54  # a first refusal is appealed (phase: whether it may be awaited here)
    APPLIED_AGAIN = 55  # a repeat application is made
    AGREED = 56  # the origin gives papers for somebody who does not cooperate
    METHOD_BEGUN = 60  # a counsellor begins a method with a household (column step_of_method)
    METHOD_STEP = 61  # a step of it is finished (column step_of_method)
    METHOD_FINISHED = 62  # it is finished
    METHOD_LEFT = 63  # it is left unfinished: the household leaves it, or the help ends
    KIN_SOUGHT = 64  # an organisation seeks contact with kin at origin
    KIN_REACHED = 65  # kin are reached, and expect less
    KIN_WANT = 66  # kin who are reached begin to want the household back
    FAMILY_MEETING = 67  # a family comes to a meeting on return in a family location
    SIGNED = 69  # it signs an intention to leave, and gets a place in a VBL
    DEFERRED = 70  # departure is deferred on medical grounds (column weeks)
    ALLOWANCE_GIVEN = 71  # the municipal desk gives a living allowance
    TURN_BEGUN = 72  # some weeks in a night shelter on condition begin


class Mark(IntFlag):
    """Circumstances of an event."""

    NONE = 0
    SPELL_OPEN = 1  # a DT&V file was open when it happened
    IOM = 2  # the departure went through IOM
    DESTITUTE = 4  # no stable shelter at the time (glossary)
    REOPENED = 8  # the spell is not the person's first
    VANISHED = 16  # a removal was cancelled because the person vanished
    INFORMED = 32  # an adult returns independently, knowing of support (`voluntariness`)
    ALTERNATIVE = 64  # an adult who could have stayed with a roof and needs met
    WILLING = 128  # an adult to whom return is worth most of the open options


CIRCUMSTANCES: Final = (Mark.SPELL_OPEN, Mark.IOM, Mark.DESTITUTE, Mark.REOPENED, Mark.VANISHED)
JUDGED: Final = (Mark.INFORMED, Mark.ALTERNATIVE, Mark.WILLING)


COLUMNS: Final[dict[str, type]] = {
    "week": np.int16,
    "kind": np.uint8,
    "person": OF_PERSONS["person"].dtype,
    "traits": OF_PERSONS["traits"].dtype,
    "phase": OF_PERSONS["phase"].dtype,
    "place": OF_PERSONS["place"].dtype,
    "to_place": OF_PERSONS["place"].dtype,
    "outcome": np.uint8,
    "destination": np.uint8,
    "marks": np.uint8,
    "weeks": np.float32,
    "helper": OF_PERSONS["helper"].dtype,
    "referred_by": OF_PERSONS["referred_by"].dtype,
    "scheme": OF_PERSONS["applied"].dtype,
    "met": OF_PERSONS["met"].dtype,
    "since_contact": np.int16,
    "talks": OF_PERSONS["talks"].dtype,
    "danger": np.uint8,
    "fared": np.uint16,
    "payer": np.uint8,
    "reason": np.uint8,
    "part_of_help": np.uint8,
    "reading": OF_PERSONS["reading"].dtype,
    "step_of_method": np.uint8,
}
MEMBERS: Final = 16  # a household's number is its members' number divided by this


class EventLog:
    """Events in the order in which they happened, in columns that double when full.

    Parameters
    ----------
    capacity : int, optional
        Events for which room is made at first.
    judged : bool, optional
        Whether the model judges how freely adults leave: only then does the frame
        have columns for that judgement.
    """

    def __init__(self, capacity: int = 4096, *, judged: bool = False) -> None:
        self.size = 0
        self.judged = judged
        self._columns: dict[str, NDArray[Any]] = {
            name: np.zeros(capacity, dtype) for name, dtype in COLUMNS.items()
        }

    def append(
        self, week: int, kind: Event, person: NDArray[np.int64], **values: ArrayLike
    ) -> None:
        """Append one event for each person.

        Parameters
        ----------
        person : ndarray of int64, shape (n,)
            Numbers of the persons to whom it happens.
        **values : array_like, scalar or shape (n,)
            The other columns of `COLUMNS`; those not given are 0.
        """
        n = len(person)
        if not n:
            return
        end = self.size + n
        if end > len(self._columns["week"]):
            room = max(2 * len(self._columns["week"]), end)
            for name, old in self._columns.items():
                self._columns[name] = np.zeros(room, old.dtype)
                self._columns[name][: self.size] = old[: self.size]
        rows = slice(self.size, end)
        for name, value in values.items():
            self._columns[name][rows] = value
        self._columns["week"][rows] = week
        self._columns["kind"][rows] = kind
        self._columns["person"][rows] = person
        self.size = end

    def column(self, name: str) -> NDArray[np.generic]:
        """Return one raw column of all events so far: a view, valid until the next `append`."""
        return self._columns[name][: self.size]

    def frame(self, countries: Sequence[str]) -> pd.DataFrame:
        """Decode the log for observers.

        Returns
        -------
        pandas.DataFrame
            One row for each event: `week, year` (int), `kind, background,
            origin_group, country, household_kind, route, track, phase, place,
            to_place, outcome, destination` (categories of lower-case labels),
            `person, household` (int), `dublin, family, minor, female,
            spell_open, iom, destitute, reopened, vanished` (bool), `weeks`
            (float; the duration that ends with the event, where one does), `helper`
            (category: the present helper, or the organisation that the event is about),
            `referred_by` (category: the organisation that made the last referral that was
            followed), `scheme` and `met` (int: sums of bits of `Scheme`, and of
            `1 << Organisation`), `since_contact` (int: weeks since the first session, -1
            without one), `talks` (int: with a case manager, in the open or last file),
            `payer`, `reason` and `part_of_help` (categories: who pays a departure, why an
            application is refused or withdrawn, and what part help had in a return), `reading`
            (category: what a case manager last read, in the open or last file), `method`
            (category: the method that the event is about) and `method_step` (int: its last
            finished step).
            Where the model judges how freely adults leave also `informed, alternative,
            willing` (bool), `danger, believed_danger` (categories; of persons who go home),
            `economic, social, psychosocial, went, plan` (categories) and `thinks_of_leaving`
            (bool) of a follow-up.
        """
        raw = {name: self.column(name) for name in COLUMNS}
        weeks = raw["week"].astype(np.int64)
        first = int(weeks.min()) if self.size else 0
        last = int(weeks.max()) if self.size else 0
        years = np.array([year_of(week) for week in range(first, last + 1)], dtype=np.int64)
        data: dict[str, object] = {
            "week": weeks,
            "year": years[weeks - first],
            "kind": _named(raw["kind"], Event),
            "person": raw["person"].copy(),
            "household": raw["person"] // MEMBERS,
        }
        packed = raw["traits"].astype(np.int32)
        for field, enum in (
            ("background", codes.Background),
            ("origin_group", codes.OriginGroup),
            ("household_kind", codes.Household),
            ("route", codes.Route),
            ("track", codes.Track),
        ):
            data[field] = _named(traits.unpack(packed, field), enum)
        data["country"] = pd.Categorical.from_codes(
            traits.unpack(packed, "country"), categories=pd.Index(list(countries))
        )
        for field in ("dublin", "family", "minor", "female"):
            data[field] = traits.unpack(packed, field).astype(bool)
        data["phase"] = _named(raw["phase"], codes.LegalPhase)
        data["place"] = _named(raw["place"], codes.Place)
        data["to_place"] = _named(raw["to_place"], codes.Place)
        data["outcome"] = _named(raw["outcome"], codes.Outcome)
        data["destination"] = _named(raw["destination"], codes.Destination)
        for mark in CIRCUMSTANCES + (JUDGED if self.judged else ()):
            data[str(mark.name).lower()] = (raw["marks"].astype(np.uint8) & np.uint8(mark)) > 0
        data["weeks"] = raw["weeks"].astype(np.float64)
        for name in ("helper", "referred_by"):
            data[name] = _named(raw[name], codes.Organisation)
        for name in ("scheme", "met", "since_contact", "talks"):
            data[name] = raw[name].astype(np.int64)
        data["payer"] = _named(raw["payer"], codes.Payer)
        data["reason"] = _named(raw["reason"], codes.Reason)
        data["part_of_help"] = _named(raw["part_of_help"], codes.PartOfHelp)
        data["reading"] = _named(raw["reading"], codes.Reading)
        method, step = unpack_step(raw["step_of_method"])
        data["method"] = _named(method, codes.Method)
        data["method_step"] = step.astype(np.int64)
        if self.judged:
            data.update(_after_return(raw["danger"], raw["fared"]))
        return pd.DataFrame(data)


def _after_return(
    danger: NDArray[np.generic], fared: NDArray[np.generic]
) -> dict[str, pd.Categorical[str] | NDArray[np.bool_]]:
    """Return the columns on the danger of the origin and on how returns went."""
    real, believed = after_return.unpack_danger(danger)
    levels, went, thinks = after_return.unpack(fared)
    plan, _ = after_return.unpack_help(fared)
    dimensions = {
        codes.label(each): _named(levels[:, each], codes.Embeddedness) for each in codes.Dimension
    }
    return {
        "danger": _named(real, codes.Danger),
        "believed_danger": _named(believed, codes.Danger),
        **dimensions,
        "went": _named(went, codes.Went),
        "plan": _named(plan, codes.Plan),
        "thinks_of_leaving": thinks,
    }


def _named(values: NDArray[np.generic], enum: type[IntEnum]) -> pd.Categorical[str]:
    """Return codes as a categorical of their labels."""
    members = sorted(enum)
    position = np.zeros(max(members) + 1, dtype=np.int64)
    position[members] = np.arange(len(members))
    return pd.Categorical.from_codes(
        position[values.astype(np.int64)], categories=pd.Index([codes.label(m) for m in members])
    )
