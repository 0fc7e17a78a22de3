"""The dense block: columns that hold only persons who are still in the model.

Rows are no identity. A person is its number; rows move when holes are filled,
so nothing keeps a row or a slice of a column across `compact` or `add`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Column:
    """One attribute of a person.

    Parameters
    ----------
    dtype : type
        Type of the column, a numpy scalar type.
    unit : str
        Unit or meaning of the values.
    enum : str, optional
        Name of the enumeration in `agents.codes` that the values belong to.
    fixed : bool, optional
        Whether the value is given at entry and never changes.
    """

    dtype: type
    unit: str
    enum: str = ""
    fixed: bool = False


COLUMNS: Final[dict[str, Column]] = {
    "person": Column(np.int64, "person number", fixed=True),
    "household": Column(np.int64, "household number: person number // 16", fixed=True),
    "key": Column(np.uint64, "hash of the person number, for keyed draws", fixed=True),
    "household_key": Column(np.uint64, "hash of the household number, for keyed draws", fixed=True),
    "traits": Column(np.int32, "packed fixed traits (agents.traits)", fixed=True),
    "background": Column(np.uint8, "code", "Background", fixed=True),
    "origin_group": Column(np.uint8, "code", "OriginGroup", fixed=True),
    "country": Column(np.uint8, "index of the country of origin", fixed=True),
    "household_kind": Column(np.uint8, "code", "Household", fixed=True),
    "route": Column(np.uint8, "code", "Route", fixed=True),
    "track": Column(np.uint8, "code", "Track", fixed=True),
    "dublin": Column(np.bool_, "whether another member state is responsible", fixed=True),
    "female": Column(np.bool_, "whether the person is a woman or girl", fixed=True),
    "birth_week": Column(np.int32, "week of birth", fixed=True),
    "youngest_birth_week": Column(
        np.int32, "week of birth of the household's youngest", fixed=True
    ),
    "eldest_birth_week": Column(
        np.int32, "week of birth of the eldest child, or of the first member", fixed=True
    ),
    "household_size": Column(np.uint8, "persons", fixed=True),
    "arrival_week": Column(np.int32, "week of arrival in the Netherlands", fixed=True),
    "decision_week": Column(np.int32, "week of the first decision on asylum"),
    "phase": Column(np.uint8, "code", "LegalPhase"),
    "phase_since": Column(np.int32, "week in which the legal phase began"),
    "place": Column(np.uint8, "code", "Place"),
    "place_since": Column(np.int32, "week in which the stay at the place began"),
    "spell_open": Column(np.bool_, "whether a DT&V file is open"),
    "spell_since": Column(np.int32, "week in which the open or last file was opened"),
    "spells": Column(np.uint8, "files opened so far"),
    "cooperates": Column(np.bool_, "whether the household works on its departure"),
    "document": Column(np.bool_, "whether a travel document or agreement to take back is there"),
    "detentions": Column(np.uint8, "times placed in detention so far"),
    "frailty": Column(np.float32, "multiplier on the hazard of departure from detention"),
    "unsheltered_weeks": Column(np.float32, "weeks lived without stable shelter (glossary)"),
    "resilience": Column(np.float32, "standard deviations, in health and agency", fixed=True),
    "optimism": Column(np.float32, "standard deviations, in hope and prospects", fixed=True),
    "mental": Column(np.float32, "mental health, 0 to 1"),
    "physical": Column(np.float32, "physical health, 0 to 1"),
    "agency": Column(np.float32, "own direction against passivity, 0 to 1"),
    "debt_eur": Column(np.float32, "euro owed"),
    "social_debt": Column(np.float32, "what kin expect and is not met, 0 to 1"),
    "savings_eur": Column(np.float32, "euro saved"),
    "income_eur": Column(np.float32, "euro a week, of the last week"),
    "journey_cost_eur": Column(np.float32, "euro paid for the journey", fixed=True),
    "ties_nl": Column(np.float32, "ties in the Netherlands, 0 to 1"),
    "ties_origin": Column(np.float32, "ties at origin, 0 to 1"),
    "wanted_at_home": Column(np.bool_, "whether kin at origin want the household back"),
    "identified": Column(np.bool_, "whether identity is disclosed and can be shown"),
    "believed_safety": Column(np.float32, "safety believed at origin, 0 to 1"),
    "believed_livelihood": Column(np.float32, "livelihood believed possible at origin, 0 to 1"),
    "illegality_prospects": Column(np.float32, "prospects believed of life without papers, 0 to 1"),
    "threat": Column(np.float32, "believed chance of removal, 0 to 1"),
    "hope": Column(np.float32, "believed chance of a permit, 0 to 1"),
    "knowledge": Column(np.float32, "knowledge of support, 0 to 1"),
    "justice": Column(np.float32, "felt justice of the procedure, 0 to 1"),
    "trust_state": Column(np.float32, "trust in the state, 0 to 1"),
    "trust_iom": Column(np.float32, "trust in IOM, 0 to 1"),
    "trust_ngo": Column(np.float32, "trust in other organisations, 0 to 1"),
    "reservation_eur": Column(
        np.float32, "euro from which assistance counts; inf: money plays no role", fixed=True
    ),
    "push": Column(np.float32, "log odds of return against waiting, from push"),
    "pull": Column(np.float32, "log odds of return against waiting, from pull"),
    "stay": Column(np.float32, "log odds against return, from ties and life here"),
    "deter": Column(np.float32, "log odds against return, from fears of origin"),
    "lean_hide": Column(
        np.float32, "log odds of the household for going out of sight against waiting"
    ),
    "lean_move_on": Column(np.float32, "log odds of the household for moving on against waiting"),
    "stage": Column(np.uint8, "code", "Stage"),
    "stage_since": Column(np.int32, "week in which the stage began"),
    "choice": Column(np.uint8, "code", "Option"),
    # who helps and presses; the same for all members of a household
    "talks": Column(np.uint8, "talks with a case manager in the open or last file"),
    "refusals": Column(np.uint8, "refusals counted in the open or last file"),
    "reading": Column(np.uint8, "code", "Reading"),
    "talked_week": Column(np.int32, "week of the last talk with a case manager, or 0"),
    "held_talks": Column(np.uint8, "talks in the last detention in which there was one"),
    "discretionary_eur": Column(np.float32, "euro that a case manager has promised"),
    "helper": Column(np.uint8, "code", "Organisation"),
    "helper_since": Column(np.int32, "week in which the present helper began"),
    "sessions": Column(np.uint8, "sessions with the present helper"),
    "bond": Column(np.float32, "bond with the present helper, 0 to 1"),
    "met": Column(np.uint16, "organisations met so far, a bit for each code"),
    "first_contact": Column(np.int32, "week of the first session with a helper, or 0"),
    "awaits": Column(np.uint8, "code of whose help is waited for", "Organisation"),
    "referred": Column(np.uint8, "code of whom a pending referral is to", "Organisation"),
    "sender": Column(np.uint8, "code of who made the pending referral", "Organisation"),
    "referred_by": Column(np.uint8, "code of who made the last one followed", "Organisation"),
    "applied": Column(np.uint8, "schemes applied for, a bit for each"),
    "applied_week": Column(np.int32, "week of the last application, or 0"),
    "application": Column(np.uint8, "code", "Application"),
    "granted_week": Column(np.int32, "week in which the last grant was made, or 0"),
    "cash_eur": Column(np.float32, "euro in cash granted to each adult"),
    "in_kind_eur": Column(np.float32, "euro in kind granted to each adult"),
    "closed_week": Column(np.int32, "week in which the last file was closed, or -1"),
    "gone": Column(np.bool_, "whether the person has left the model this week"),
}


class People:
    """Persons in the model, as columns of equal length.

    `people.place` and the other names of `COLUMNS` are views of the rows in
    use; they are taken anew after every `add` and `compact`.

    Parameters
    ----------
    capacity : int, optional
        Rows for which room is made at first.
    """

    columns: ClassVar[Mapping[str, Column]] = COLUMNS

    person: NDArray[np.int64]
    household: NDArray[np.int64]
    key: NDArray[np.uint64]
    household_key: NDArray[np.uint64]
    traits: NDArray[np.int32]
    background: NDArray[np.uint8]
    origin_group: NDArray[np.uint8]
    country: NDArray[np.uint8]
    household_kind: NDArray[np.uint8]
    route: NDArray[np.uint8]
    track: NDArray[np.uint8]
    dublin: NDArray[np.bool_]
    female: NDArray[np.bool_]
    birth_week: NDArray[np.int32]
    youngest_birth_week: NDArray[np.int32]
    eldest_birth_week: NDArray[np.int32]
    household_size: NDArray[np.uint8]
    arrival_week: NDArray[np.int32]
    decision_week: NDArray[np.int32]
    phase: NDArray[np.uint8]
    phase_since: NDArray[np.int32]
    place: NDArray[np.uint8]
    place_since: NDArray[np.int32]
    spell_open: NDArray[np.bool_]
    spell_since: NDArray[np.int32]
    spells: NDArray[np.uint8]
    cooperates: NDArray[np.bool_]
    document: NDArray[np.bool_]
    detentions: NDArray[np.uint8]
    frailty: NDArray[np.float32]
    unsheltered_weeks: NDArray[np.float32]
    resilience: NDArray[np.float32]
    optimism: NDArray[np.float32]
    mental: NDArray[np.float32]
    physical: NDArray[np.float32]
    agency: NDArray[np.float32]
    debt_eur: NDArray[np.float32]
    social_debt: NDArray[np.float32]
    savings_eur: NDArray[np.float32]
    income_eur: NDArray[np.float32]
    journey_cost_eur: NDArray[np.float32]
    ties_nl: NDArray[np.float32]
    ties_origin: NDArray[np.float32]
    wanted_at_home: NDArray[np.bool_]
    identified: NDArray[np.bool_]
    believed_safety: NDArray[np.float32]
    believed_livelihood: NDArray[np.float32]
    illegality_prospects: NDArray[np.float32]
    threat: NDArray[np.float32]
    hope: NDArray[np.float32]
    knowledge: NDArray[np.float32]
    justice: NDArray[np.float32]
    trust_state: NDArray[np.float32]
    trust_iom: NDArray[np.float32]
    trust_ngo: NDArray[np.float32]
    reservation_eur: NDArray[np.float32]
    push: NDArray[np.float32]
    pull: NDArray[np.float32]
    stay: NDArray[np.float32]
    deter: NDArray[np.float32]
    lean_hide: NDArray[np.float32]
    lean_move_on: NDArray[np.float32]
    stage: NDArray[np.uint8]
    stage_since: NDArray[np.int32]
    choice: NDArray[np.uint8]
    talks: NDArray[np.uint8]
    refusals: NDArray[np.uint8]
    reading: NDArray[np.uint8]
    talked_week: NDArray[np.int32]
    held_talks: NDArray[np.uint8]
    discretionary_eur: NDArray[np.float32]
    helper: NDArray[np.uint8]
    helper_since: NDArray[np.int32]
    sessions: NDArray[np.uint8]
    bond: NDArray[np.float32]
    met: NDArray[np.uint16]
    first_contact: NDArray[np.int32]
    awaits: NDArray[np.uint8]
    referred: NDArray[np.uint8]
    sender: NDArray[np.uint8]
    referred_by: NDArray[np.uint8]
    applied: NDArray[np.uint8]
    applied_week: NDArray[np.int32]
    application: NDArray[np.uint8]
    granted_week: NDArray[np.int32]
    cash_eur: NDArray[np.float32]
    in_kind_eur: NDArray[np.float32]
    closed_week: NDArray[np.int32]
    gone: NDArray[np.bool_]
    _order: NDArray[np.intp] | None
    _row_by_person: dict[int, int] | None

    def __init__(self, capacity: int = 1024) -> None:
        self.size = 0
        self.version = 0  # changes whenever rows move: what a cache of rows must look at
        self._store: dict[str, NDArray[np.generic]] = {
            name: np.zeros(capacity, column.dtype) for name, column in COLUMNS.items()
        }
        self._take_views()

    def __len__(self) -> int:
        """Return the rows in use."""
        return self.size

    def add(self, values: Mapping[str, ArrayLike]) -> slice:
        """Add persons at the end of the block.

        Parameters
        ----------
        values : mapping of str to array_like, scalar or shape (n,)
            Values by column; columns not given are 0. `person` is required.

        Returns
        -------
        slice
            The rows added, valid until the next `add` or `compact`.
        """
        n = len(np.atleast_1d(np.asarray(values["person"])))
        start, end = self.size, self.size + n
        if end > len(self._store["person"]):
            room = max(2 * len(self._store["person"]), end)
            for name, old in self._store.items():
                self._store[name] = np.zeros(room, old.dtype)
                self._store[name][:start] = old[:start]
        for name, column in self._store.items():
            column[start:end] = values.get(name, 0)
        self.size = end
        self._take_views()
        return slice(start, end)

    def compact(self) -> None:
        """Drop the rows of persons who have gone; the order of the others stays."""
        keep = np.flatnonzero(~self.gone)
        for column in self._store.values():
            column[: len(keep)] = column[keep]
        self.size = len(keep)
        self._take_views()

    def rows_of(self, person: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the rows of persons in the block.

        Parameters
        ----------
        person : ndarray of int64, shape (n,)
            Person numbers.

        Returns
        -------
        ndarray of intp, shape (n,)
            Rows, valid until the next `add` or `compact`.

        Raises
        ------
        KeyError
            If one of them is no longer, or was never, in the block.
        """
        rows = self.find(person)
        if rows.size and rows.min() < 0:
            raise KeyError(f"no person {int(person[rows < 0][0])} in the model")
        return rows

    def find(self, person: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the rows of persons, some of whom may have left the block.

        Parameters
        ----------
        person : ndarray of int64, shape (n,)
            Person numbers.

        Returns
        -------
        ndarray of intp, shape (n,)
            Rows, valid until the next `add` or `compact`; -1 for those not in the block.
        """
        if not self.size:
            return np.full(len(person), -1, dtype=np.intp)
        if self._order is None:
            self._order = np.argsort(self.person, kind="stable")
        position = np.searchsorted(self.person, person, sorter=self._order)
        rows = self._order[np.minimum(position, self.size - 1)]
        return np.where(self.person[rows] == person, rows, -1).astype(np.intp, copy=False)

    def row_of(self, person: int) -> int:
        """Return the row of one person, or -1 if it is not in the block.

        Parameters
        ----------
        person : int
            A person number.

        Returns
        -------
        int
            The row, valid until the next `add` or `compact`.
        """
        if self._row_by_person is None:  # for views: 0.1 us a look, `find` takes 5
            self._row_by_person = dict(zip(self.person.tolist(), range(self.size), strict=True))
        return self._row_by_person.get(person, -1)

    def _take_views(self) -> None:
        for name, column in self._store.items():
            setattr(self, name, column[: self.size])
        self.version += 1
        self._order = None
        self._row_by_person = None
