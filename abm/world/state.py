"""The world, and the only ways in which a life changes.

Phases change lives through `open_files`, `close_files`, `move`, `leave` and
`change_phase`. Each checks that the change is allowed, and all but the last log an event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents.codes import (
    Application,
    Background,
    Destination,
    LegalPhase,
    Option,
    Outcome,
    Place,
    Scheme,
)
from ...agents.places import IS_HIDDEN, IS_HOME, UNSHELTERED
from ...agents.rules.transitions import PHASES, PLACES, allowed
from .chance import Decision
from .countries.effects import ALIKE
from .decision.hiding import whereabouts
from .decision.part_of_help import part_of_help
from .decision.voluntariness import judged
from .events import Event, Mark
from .help.case_managers import CaseManagers
from .help.in_kind_places import InKindPlaces
from .help.journey import settle
from .help.organisations import Organisations
from .help.scheme_lists import EVERYBODY
from .moment import Moment
from .returns.follow_up import Returns
from .returns.homecoming import danger as danger_of_origin
from .ties.network import Network

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from .chance import Chance
    from .countries.origin import Conditions
    from .decision.weighing import Weights
    from .moment import Rows
    from .values import Values

_ALLOWED_PHASE: Final = allowed(PHASES)
_ALLOWED_PLACE: Final = allowed(PLACES)
_MARK_OF_PLACE: Final = np.array(
    [Mark.DESTITUTE if place in UNSHELTERED else Mark.NONE for place in Place], dtype=np.uint8
)
_MARK_OF_SPELLS: Final = np.where(np.arange(256) > 1, Mark.REOPENED, Mark.NONE).astype(np.uint8)


def _filled(rows: Rows, codes: ArrayLike) -> NDArray[np.uint8]:
    """Return one code for each row."""
    filled = np.empty(len(rows), dtype=np.uint8)
    filled[:] = codes
    return filled


class World(Moment):
    """A `Moment` whose lives can be changed, with those who help and the ties between persons.

    `hazards` holds for each `Cause` the rows at risk and their hazards in 1/week, as the phase
    `weigh` sets them; `entered` and `departed` count simulated persons since the start.
    """

    def __init__(
        self,
        chance: Chance,
        values: Values,
        week: int,
        scale: float,
        weights: Weights,
        origin: Conditions,
    ) -> None:
        super().__init__(chance, values, week, scale, origin)
        self.weights = weights
        self.listed = EVERYBODY
        self.effects = ALIKE
        self.case_managers = CaseManagers()
        self.organisations = Organisations()
        self.in_kind_places = InKindPlaces()
        self.network = Network()
        self.returns = Returns()
        self.hazards: list[tuple[Rows, NDArray[np.float64]]] = []
        self.entered = 0
        self.departed = 0

    def open_files(self, rows: Rows) -> None:
        """Open a DT&V file for persons who have no open one: a spell begins."""
        if not len(rows):
            return
        people = self.people
        if people.spell_open[rows].any():
            raise RuntimeError("a file is opened for a person whose file is open already")
        people.spell_open[rows] = True
        people.spell_since[rows] = self.week
        people.spells[rows] += 1
        if self.weighs:
            people.cooperates[rows] = people.ticket[rows] = False  # anew in the talks of this file
            for column in (people.talks, people.refusals, people.reading):
                column[rows] = 0
        self.note(Event.OPENED, rows)

    def close_files(
        self,
        rows: Rows,
        outcome: ArrayLike,
        destination: ArrayLike,
        to_place: ArrayLike,
        *,
        from_next_week: bool = False,
        announced: bool = False,
    ) -> None:
        """Close open files with an outcome; persons move or leave as truly happens.

        Parameters
        ----------
        outcome : array_like of int, scalar or shape (n,)
            `Outcome`: what the file says.
        destination : array_like of int, scalar or shape (n,)
            `Destination`: where persons truly are afterwards.
        to_place : array_like of int, scalar or shape (n,)
            `Place` of those who stay in the Netherlands.
        from_next_week : bool, optional
            As in `move`.
        announced : bool, optional
            As in `leave`.
        """
        if not len(rows):
            return
        people = self.people
        if not people.spell_open[rows].all() or (people.closed_week[rows] == self.week).any():
            raise RuntimeError("a file is not open, or closes a second time in a week")
        outcomes, destinations = _filled(rows, outcome), _filled(rows, destination)
        stays = destinations == Destination.NETHERLANDS
        place_after = np.where(stays, to_place, people.place[rows]).astype(np.uint8)
        self.note(
            Event.CLOSED,
            rows,
            outcome=outcomes,
            destination=destinations,
            to_place=place_after,
            weeks=self.week - people.spell_since[rows],
        )
        moving = stays & (place_after != people.place[rows])
        self.move(rows[moving], place_after[moving], from_next_week=from_next_week)
        leaving = ~stays
        self.leave(rows[leaving], outcomes[leaving], destinations[leaving], announced=announced)
        people.discretionary_eur[rows[stays]] = 0.0  # a promise holds while the file is open
        people.spell_open[rows] = False
        people.deferred_until[rows] = 0
        people.closed_week[rows] = self.week

    def move(self, rows: Rows, to_place: ArrayLike, *, from_next_week: bool = False) -> None:
        """Change place within the Netherlands.

        Parameters
        ----------
        to_place : array_like of int, scalar or shape (n,)
            New place, other than the present one.
        from_next_week : bool, optional
            Whether the stay counts from the coming week. Phases after `weigh` set it,
            since households have weighed by then and the hazards of this week are known.
        """
        if not len(rows):
            return
        people = self.people
        origin, target = people.place[rows], _filled(rows, to_place)
        declared = _ALLOWED_PLACE[origin, target]
        if not declared.all():
            bad = np.flatnonzero(~declared)[0]
            names = Place(origin[bad]).name, Place(target[bad]).name
            raise RuntimeError(f"undeclared move from {names[0]} to {names[1]}")
        self.note(Event.MOVED, rows, to_place=target, weeks=self.weeks_at_place(rows))
        people.detentions[rows] += target == Place.DETENTION
        people.place[rows] = target
        people.place_since[rows] = self.week + from_next_week
        people.choice[rows] = Option.WAIT  # a choice to leave a place ends with the stay there

    def leave(
        self, rows: Rows, outcome: ArrayLike, destination: ArrayLike, *, announced: bool = False
    ) -> None:
        """Let persons leave the Netherlands, or their duty to leave it, for good.

        Persons who go home stay in the model for the follow-up after return; all
        others leave it. How freely adults return who return independently is judged here,
        before any of their columns change.

        Parameters
        ----------
        outcome : array_like of int, scalar or shape (n,)
            `Outcome`: how the departure is recorded, or would be with an open file.
        destination : array_like of int, scalar or shape (n,)
            `Destination` other than `NETHERLANDS`.
        announced : bool, optional
            Whether persons have been told of their removal.
        """
        if not len(rows):
            return
        people = self.people
        outcomes, destinations = _filled(rows, outcome), _filled(rows, destination)
        independent = outcomes == Outcome.INDEPENDENT
        marks = (independent & self._through_iom(rows)) * np.uint8(Mark.IOM)
        marks[independent] |= judged(self, self.weights, rows[independent], announced=announced)
        # what a case manager has promised is paid if the file is open, through IOM or not
        paid = independent & (people.discretionary_eur[rows] > 0.0)
        scheme = people.applied[rows] | paid * np.uint8(Scheme.DISCRETIONARY)
        home = IS_HOME[destinations]
        payers = settle(self, rows, outcomes, home)
        self.returns.expect(self, rows[home], outcomes[home])
        dangers = np.zeros(len(rows), dtype=np.uint8)
        dangers[home] = danger_of_origin(self, rows[home])
        self.note(
            Event.LEFT,
            rows,
            outcome=outcomes,
            destination=destinations,
            to_place=int(Place.ORIGIN),
            weeks=self.weeks_at_place(rows),
            marks=marks,
            scheme=scheme,
            danger=dangers,
            payer=payers,
            part_of_help=part_of_help(self, rows, granted=(marks & np.uint8(Mark.IOM)) > 0),
        )
        returned = rows[home]
        people.place[returned] = Place.ORIGIN
        people.place_since[returned] = self.week
        self.change_phase(returned, LegalPhase.RETURNED)
        self._remove(rows[~home])

    def _through_iom(self, rows: Rows) -> NDArray[np.bool_]:
        """Return which persons leave through IOM if they return independently.

        Where people weigh, those whose application was granted. Where nobody weighs, a share
        of those with an open file, and everybody without one.
        """
        people = self.people
        if self.weighs:
            return np.asarray(people.application[rows] == Application.GRANTED)
        share = np.where(
            people.background[rows] == Background.ASYLUM,
            self.now.number("iom_share"),
            self.now.number("iom_share_other"),
        )
        return np.asarray((self.draw(Decision.IOM, rows) < share) | ~people.spell_open[rows])

    def archive(self, rows: Rows) -> None:
        """End the follow-up of persons who returned some time ago (`returned_followed_weeks`)."""
        self.note(Event.ARCHIVED, rows)
        self._remove(rows)

    def end_follow_up(self, rows: Rows) -> None:
        """Take persons who have returned out of the model when they leave the origin again.

        The model does not say where they go: entry to the Netherlands is frozen (ODD: Inflow).
        """
        self._remove(rows)

    def _remove(self, rows: Rows) -> None:
        """Take persons out of the model; `record` drops their rows later."""
        people = self.people
        people.gone[rows] = True
        people.place[rows] = Place.ORIGIN
        people.phase[rows] = LegalPhase.RETURNED
        people.spell_open[rows] = False
        self.departed += len(rows)

    def change_phase(self, rows: Rows, phase: LegalPhase, *, from_next_week: bool = False) -> None:
        """Change the legal phase to one other than the present one, as `move` changes the place."""
        if not len(rows):
            return
        people = self.people
        if not _ALLOWED_PHASE[people.phase[rows], phase].all():
            raise RuntimeError(f"undeclared change of legal phase to {phase.name}")
        people.phase[rows] = phase
        people.phase_since[rows] = self.week + from_next_week

    def vanish(self, rows: Rows, *, from_next_week: bool = False) -> None:
        """Close open files as unobserved, and move persons to the true place nobody records.

        Parameters
        ----------
        from_next_week : bool, optional
            As in `move`.
        """
        if not len(rows):
            return
        destination, place = self.hiding_place(rows)
        self.close_files(
            rows, Outcome.UNOBSERVED, destination, place, from_next_week=from_next_week
        )

    def hiding_place(
        self, rows: Rows, *, decided: bool = False
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where households truly are when they go out of sight.

        Households that already live outside, in a private network, on the street or in
        a night shelter, stay where they are: the end of a file moves nobody.

        Parameters
        ----------
        decided : bool, optional
            Whether the households have chosen to go out of sight here.

        Returns
        -------
        destination : ndarray of int64, shape (n,)
            `Destination`.
        place : ndarray of int64, shape (n,)
            `Place` of those who stay in the Netherlands.
        """
        destination, place = whereabouts(self, rows, decided=decided)
        here = self.people.place[rows]
        outside = IS_HIDDEN[here]
        destination[outside] = Destination.NETHERLANDS
        return destination, np.where(outside, here, place)

    def note(
        self,
        event: Event,
        rows: Rows,
        *,
        outcome: ArrayLike = 0,
        destination: ArrayLike = 0,
        to_place: ArrayLike | None = None,
        weeks: ArrayLike = 0,
        marks: ArrayLike | None = None,
        helper: ArrayLike | None = None,
        referred_by: ArrayLike | None = None,
        scheme: ArrayLike | None = None,
        danger: ArrayLike = 0,
        payer: ArrayLike = 0,
        reason: ArrayLike = 0,
        part_of_help: ArrayLike = 0,
        step_of_method: ArrayLike = 0,
    ) -> None:
        """Log an event with the circumstances of each person.

        Parameters
        ----------
        outcome, destination, to_place, weeks, marks : array_like, scalar or shape (n,), optional
            Other columns of the log. `to_place` is the present place unless
            given; `marks` are added to the circumstances.
        helper, referred_by, scheme : array_like of int, scalar or shape (n,), optional
            The organisation that the event is about, the organisation that referred to it,
            and bits of `Scheme`. Unless given: the present helper, the organisation whose
            referral was last followed, and the schemes applied for.
        danger : array_like of int, scalar or shape (n,), optional
            Bands of danger of the origin, as `after_return.danger` packs them.
        payer, part_of_help, reason : array_like of int, scalar or shape (n,), optional
            `Payer` and `PartOfHelp` of a departure; `Reason` of a refusal, a withdrawal or a
            grant in part.
        step_of_method : array_like of int, scalar or shape (n,), optional
            `Method` and its last finished step, as `methods.pack_step` packs them.
        """
        if not len(rows):
            return
        people = self.people
        place = people.place[rows]
        circumstances = _MARK_OF_PLACE[place]
        circumstances |= people.spell_open[rows]  # Mark.SPELL_OPEN is 1
        circumstances |= _MARK_OF_SPELLS[people.spells[rows]]
        if marks is not None:
            circumstances |= np.asarray(marks, dtype=np.uint8)
        first = people.first_contact[rows]
        self.log.append(
            self.week,
            event,
            people.person[rows],
            traits=people.traits[rows],
            phase=people.phase[rows],
            place=place,
            to_place=place if to_place is None else to_place,
            outcome=outcome,
            destination=destination,
            marks=circumstances,
            weeks=weeks,
            helper=people.helper[rows] if helper is None else helper,
            referred_by=people.referred_by[rows] if referred_by is None else referred_by,
            scheme=people.applied[rows] if scheme is None else scheme,
            met=people.met[rows],
            since_contact=np.where(first > 0, self.week - first, -1),
            talks=people.talks[rows],
            danger=danger,
            payer=payer,
            reason=reason,
            part_of_help=part_of_help,
            reading=people.reading[rows],
            step_of_method=step_of_method,
        )
