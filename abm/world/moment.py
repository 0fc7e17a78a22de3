"""The state of the world in a week, and the questions that phases ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .blocks import starts
from .calendar import WEEKS_PER_YEAR
from .events import EventLog
from .persons.people import People
from .switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .chance import Chance, Decision
    from .countries.effects import Effects
    from .countries.origin import Conditions
    from .values import Values

    Rows = NDArray[np.intp]


class Moment:
    """The world of one week: persons, chance, values, conditions at origin and the log.

    Rooms that only read the world ask for a `Moment`.
    """

    listed: NDArray[np.float64]  # which nationals are on each list of countries (`SchemeLists.at`)
    effects: Effects  # of countries of origin (`CountryEffects.at`)

    def __init__(
        self, chance: Chance, values: Values, week: int, scale: float, origin: Conditions
    ) -> None:
        self.people = People()
        self.chance = chance
        self.now = values
        self.week = week
        self.scale = scale
        self.origin = origin
        self.enforcement = 1.0
        self.log = EventLog(judged=self.weighs)

    @property
    def weighs(self) -> bool:
        """Whether households weigh their options; if not, fixed hazards decide."""
        weighs: bool = chosen(self.now, "decision")()
        return weighs

    def rows(self, mask: NDArray[np.bool_]) -> Rows:
        """Return the rows where a mask over all rows is True.

        Until its row is dropped, a person who has left the model has the place `ORIGIN`,
        the phase `RETURNED` and no open file. A mask for any other place or phase, or for
        an open file, therefore holds only persons in the model.
        """
        return mask.nonzero()[0]

    def household_of(self, rows: Rows) -> NDArray[np.intp]:
        """Return the position of each row's household among those of `rows`, from 0.

        Members of a household must stand side by side in `rows`.
        """
        return np.cumsum(starts(self.people.household[rows])) - 1

    def draw(self, decision: Decision, rows: Rows) -> NDArray[np.float64]:
        """Return this week's uniform in (0, 1), the same for all members of a household."""
        return self.chance.uniform(decision, self.week, self.people.household_key[rows])

    def draw_once(self, decision: Decision, rows: Rows) -> NDArray[np.float64]:
        """Return a uniform in (0, 1), the same in every week and for a whole household."""
        return self.chance.uniform(decision, 0, self.people.household_key[rows])

    def happens(self, decision: Decision, rows: Rows, hazard: float | NDArray[np.floating]) -> Rows:
        """Return the rows to which an event happens this week, by one draw for each household.

        Parameters
        ----------
        hazard : float or ndarray of float, shape (n,)
            Hazard in 1/week: the event has the chance `1 - exp(-hazard)`.

        Returns
        -------
        ndarray of intp
            A part of `rows`.
        """
        if not len(rows):
            return rows
        return rows[self.draw(decision, rows) < -np.expm1(-hazard)]

    def has_papers(self, rows: Rows) -> NDArray[np.bool_]:
        """Return who has a document to go home with.

        What a member state agrees to is none; a claimant who is identified is taken to have one.
        """
        people = self.people
        own = people.identified[rows] | ~people.dublin[rows]
        return np.asarray(people.document[rows] & own)

    def shows_identity(self, rows: Rows) -> NDArray[np.bool_]:
        """Return who can show who they are: by an identity, or by a document to go home with."""
        return np.asarray(self.people.identified[rows] | self.has_papers(rows))

    def deferred(self, rows: Rows) -> NDArray[np.bool_]:
        """Return whose departure is deferred on medical grounds, their own or of a relative."""
        return np.asarray(self.people.deferred_until[rows] > self.week)

    def weeks_in_phase(self, rows: Rows) -> NDArray[np.int32]:
        """Return weeks since the legal phase began."""
        return np.asarray(self.week - self.people.phase_since[rows], dtype=np.int32)

    def weeks_at_place(self, rows: Rows) -> NDArray[np.int32]:
        """Return weeks since the stay at the place began, at least 0."""
        weeks = self.week - self.people.place_since[rows]
        return np.asarray(np.maximum(weeks, 0), dtype=np.int32)  # a stay may begin next week

    def adult(self, rows: Rows | slice) -> NDArray[np.bool_]:
        """Return which persons are of age: True from the week of coming of age."""
        weeks = int(self.now.number("majority_years") * WEEKS_PER_YEAR)  # weeks of birth are whole
        return np.asarray(self.week - self.people.birth_week[rows] >= weeks)

    def with_minor(self, rows: Rows) -> NDArray[np.bool_]:
        """Return which persons live in a household whose youngest member is a minor."""
        weeks = self.now.number("majority_years") * WEEKS_PER_YEAR
        return np.asarray(self.week - self.people.youngest_birth_week[rows] < weeks)
