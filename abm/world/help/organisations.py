"""Organisations that help: whom they reach, how soon they are met, how many they can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....agents.codes import (
    Background,
    Household,
    Kind,
    LegalPhase,
    Organisation,
    Place,
    Stage,
    Stance,
    Timing,
)
from ....agents.kinds import HELPERS, KIND_OF
from ....agents.places import IN_TOWN, LATER_PROCEDURES, PROCEDURES, REFUSED, STATE_SHELTER, table
from ..chance import Decision
from ..switches import chosen
from ..values import Derived
from .counsellors import Counsellors
from .kinds import (
    RETURN_NGOS,
    SIZE,
    by_organisation,
    by_sender,
    capacities,
    counsellors_of,
    of_its_kind,
    spread,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from ..persons.people import People
    from ..values import Values

# organisations of VWN's house, and the project to which they send clients who want to return
OF_VWN: Final = (Organisation.VWN, Organisation.TIP, Organisation.NIEUW_HOOFDSTUK)
OWN_PROJECT: Final = Organisation.OPGEHEVEN_HOOFD  # from October 2015; before, they refer on

CONTACT: Final = {
    Stage.NOT_CONSIDERING: "contact_hazard_not_considering",
    Stage.CONSIDERING: "contact_hazard_considering",
    Stage.INTENDING: "contact_hazard_intending",
    Stage.PREPARING: "contact_hazard_intending",
}

_BY_VWN: Final = (*STATE_SHELTER, *IN_TOWN)  # s2 E10: talks in AZCs, guidance in towns
_RETURN: Final = (*STATE_SHELTER[1:], *IN_TOWN)  # s1 L3829-3837
_MUNICIPAL: Final = IN_TOWN[1:]
# where an organisation meets its clients; help ends elsewhere
REACHES: Final = {
    Organisation.IOM: tuple(place for place in Place if place != Place.ORIGIN),  # s0 C3; s4 C
    Organisation.VWN: _BY_VWN,
    Organisation.BRIDGE_TO_BETTER: _MUNICIPAL,  # Amsterdam: s0 C3; s1 B1 L3658-3666
    Organisation.MAATWERK: _RETURN,  # case managers of Ter Apel used it: s1 L4198-4208
    Organisation.ASKV: _MUNICIPAL,  # s0 C3: co-manages a municipal desk
    Organisation.COA: (Place.AZC_DEPARTURE_TERM,),  # s0 C2: the four weeks of the term
    Organisation.MUNICIPAL_DESK: _MUNICIPAL,  # s0 C1 S12-S13
    Organisation.TIP: _BY_VWN,
    Organisation.NIEUW_HOOFDSTUK: _BY_VWN,
    Organisation.OPGEHEVEN_HOOFD: _BY_VWN,
    Organisation.GOEDWERK: _MUNICIPAL,  # Amsterdam Zuidoost: s1 E L3506-3518
    Organisation.WERELDWIJD: _RETURN,
    Organisation.GREEN_WAY: _RETURN,
}
# legal phases in which an organisation takes up clients, by its timing
TAKEN_UP: Final = {
    Timing.PARALLEL_EARLY: (*PROCEDURES, *REFUSED),
    Timing.AFTER_REJECTION: (*LATER_PROCEDURES, *REFUSED),
    Timing.SEQUENTIAL_LATE: REFUSED,
}
IN_TERM: Final = table(LegalPhase.DEPARTURE_TERM)  # COA guides people during the term (s0 C2)
# organisations that take up sooner than others of their kind
NO_LATER_THAN: Final = {
    Organisation.NIEUW_HOOFDSTUK: Timing.AFTER_REJECTION,  # also the nearly exhausted: s0 J
}
# the groups of persons whom organisations tell apart
ASYLUM, NEVER_ASKED, ARMENIAN_FAMILY = range(3)
# groups that an organisation takes; all, where it is not listed
TAKES: Final = {
    Organisation.VWN: (ASYLUM, ARMENIAN_FAMILY),  # s2 A: not those who never asked asylum
    Organisation.TIP: (ASYLUM, ARMENIAN_FAMILY),
    Organisation.NIEUW_HOOFDSTUK: (ASYLUM, ARMENIAN_FAMILY),
    Organisation.OPGEHEVEN_HOOFD: (ASYLUM, ARMENIAN_FAMILY),
    Organisation.COA: (ASYLUM, ARMENIAN_FAMILY),
    Organisation.GREEN_WAY: (ARMENIAN_FAMILY,),  # s4 F7 L4399-4410
}
# the help that a household has or waits for, as far as it decides where else it turns
FREE, WITH_COA, WITH_OTHER, WITH_RETURN = range(4)

_REACH: Final = np.zeros((SIZE, len(Place)), dtype=np.bool_)
_GROUP: Final = np.zeros((3, SIZE), dtype=np.bool_)
for _organisation in HELPERS:
    _REACH[_organisation, list(REACHES[_organisation])] = True
    _GROUP[list(TAKES.get(_organisation, range(3))), _organisation] = True
_TAKES: Final = np.array([table(*TAKEN_UP[timing]) for timing in Timing])
# holds, native counsellor, group, has met IOM
_SHAPE: Final = (len(Place), len(LegalPhase), len(Stage), 4, 2, 3, 2)
_MET_IOM: Final = np.uint16(1 << Organisation.IOM)
_HAS_CHILDREN: Final = table(Household.ONE_PARENT, Household.TWO_PARENTS)


class Organisations:
    """The organisations under the values in force, looked up once for each change.

    Parameters
    ----------
    by_size : sequence of int, optional
        Codes of countries, the largest inflow first: native counsellors come from the
        first countries.
    armenia_in : int, optional
        Code of the group of countries among which Armenia is; -1: none.
    """

    def __init__(self, by_size: NDArray[np.intp] | None = None, armenia_in: int = -1) -> None:
        self.counsellors = Counsellors(np.zeros(0, dtype=np.intp) if by_size is None else by_size)
        self._armenia_in = armenia_in
        self._looked_up = Derived(self._take)
        self.capacity = np.zeros(SIZE)  # persons as they are, not divided by the scale
        self.reach = _REACH
        self.stance = np.zeros(SIZE, dtype=np.uint8)
        self.native = np.zeros(256, dtype=np.bool_)  # by code of a country, which is one byte
        self.served = np.zeros(SIZE, dtype=np.int64)  # persons in sessions of this week
        self._total = np.zeros(_SHAPE).ravel()
        self._cumulative = np.zeros((self._total.size, SIZE))
        self._holds = np.zeros(SIZE, dtype=np.uint16)
        self._numbers: dict[str, NDArray[np.float64]] = {}

    @property
    def open(self) -> NDArray[np.bool_]:
        """Whether each organisation can hold anybody, by code of `Organisation`."""
        return self.capacity > 0

    def look_up(self, now: Values) -> None:
        """Take over the values in force, if they have changed."""
        self._looked_up.at(now)

    def _take(self, now: Values) -> None:
        self._numbers = {}
        self.capacity[:] = capacities(now)
        self.stance[:] = by_organisation(now, "organisation_stance")
        self.reach = _REACH & self.open[:, np.newaxis]
        # return organisations that begin beside a procedure come to reception too (s0 E3)
        early = by_organisation(now, "organisation_timing") == Timing.PARALLEL_EARLY
        self.reach[RETURN_NGOS, Place.AZC] |= (early & self.open)[list(RETURN_NGOS)]
        staff = counsellors_of(now, self.capacity)
        self.counsellors.employ(
            staff,
            np.divide(self.capacity, staff, out=np.zeros(SIZE), where=staff > 0),
            by_sender(now),
            round(now.number("native_counsellor_share") * now.number("iom_counsellors")),
        )
        self.native[:] = False
        self.native[self.counsellors.countries()] = True
        returns = (self.stance == Stance.RETURN_ORIENTED) & (np.arange(SIZE) > 0)
        self._holds[:] = np.where(returns, WITH_RETURN, WITH_OTHER)
        self._holds[[Organisation.NONE, Organisation.COA]] = FREE, WITH_COA
        self._look_up_contacts(now)

    def _look_up_contacts(self, now: Values) -> None:
        """Calculate the hazard of turning to each organisation in each situation.

        Organisations of one kind share its hazard by their places, among those that reach and
        take up the person: reach grows with the size of an organisation (s4 E L3269-3275).
        """
        by_stage = np.array([by_organisation(now, CONTACT[stage]) for stage in Stage])
        timing = by_organisation(now, "organisation_timing").astype(np.intp)
        for organisation, latest in NO_LATER_THAN.items():
            timing[organisation] = min(timing[organisation], latest)
        n = np.newaxis
        reaches = self.reach.T[:, n, n, :] & _TAKES[timing].T[n, :, n, :] & _GROUP[n, n, :, :]
        share = self.shares(reaches)
        hazard = np.zeros((*_SHAPE, SIZE))
        hazard += by_stage[:, n, n, n, n, :]
        hazard *= share[:, :, n, n, n, :, n, :]
        hazard[:, :, :, WITH_COA, ..., Organisation.COA] = 0.0
        hazard[:, ~IN_TERM, ..., Organisation.COA] = 0.0
        # households with other help, or waiting for it, turn only to IOM, and only when they
        # intend to return
        hazard[:, :, :, WITH_OTHER, ..., Organisation.IOM + 1 :] = 0.0
        hazard[:, :, : Stage.INTENDING, WITH_OTHER] = 0.0
        hazard[:, :, :, WITH_RETURN] = 0.0
        reach, _ = chosen(now, "native_counsellor")()
        if reach:
            hazard[..., 1, :, :, Organisation.IOM] *= now.number("native_reach_factor")
        once_more = now.number("iom_second_visit_ratio")
        hazard[:, :, : Stage.INTENDING, ..., 1, Organisation.IOM] *= once_more
        flat = hazard.reshape(-1, SIZE)
        self._cumulative = np.cumsum(flat, axis=1)
        self._total = self._cumulative[:, -1].copy()

    def numbers(self, now: Values, name: str) -> NDArray[np.float64]:
        """Return `by_organisation`, kept until values change; callers must not change it."""
        if name not in self._numbers:
            self._numbers[name] = by_organisation(now, name)
        return self._numbers[name]

    def shares(self, takes: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the share of each organisation in the places of its kind, for each person.

        Only organisations that take the person count, so whoever takes hardly anybody takes
        nothing from the share of others with all the rest.

        Parameters
        ----------
        takes : ndarray of bool, shape (..., organisations)
            Which organisations take each person, from `takes`.

        Returns
        -------
        ndarray of float, shape (..., organisations)
            Shares of a kind add up to 1, or are 0 where none of the kind takes the person.
        """
        return of_its_kind(takes * self.capacity)

    def onward(
        self, now: Values, sender: NDArray[np.uint8], takes: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Return to whom organisations refer clients who want to return.

        Organisations of one kind have its share by their places, among those that take the
        client. COA refers to IOM alone, and VWN's house sends those who are to go to partners at
        origin to its own project, once that is open and takes them.

        Parameters
        ----------
        sender : ndarray of uint8, shape (n,)
            Code of the organisation that refers each person.
        takes : ndarray of bool, shape (n, organisations)
            Which organisations take each person, from `takes`.

        Returns
        -------
        ndarray of float, shape (n, organisations)
            Weights, at least 0; 0 for organisations that do not take the person.
        """
        to = spread(now.vector("onward_shares"), (Kind.IOM, Kind.TRAINING, Kind.REINTEGRATION))
        found = to * self.shares(takes)
        own = np.isin(sender, OF_VWN) & takes[:, OWN_PROJECT] & self.open[OWN_PROJECT]
        found[np.ix_(own, KIND_OF == Kind.REINTEGRATION)] = 0.0
        found[own, OWN_PROJECT] = to[OWN_PROJECT]
        of_coa = sender == Organisation.COA
        found[of_coa] = 0.0
        found[of_coa, Organisation.IOM] = takes[of_coa, Organisation.IOM]
        return found

    def clients(self, people: People) -> NDArray[np.uint8]:
        """Return the organisation that helps each person, over all rows.

        Returns
        -------
        ndarray of uint8, shape (n,)
            Code of `Organisation`; none for persons at origin, whose column `helper` still
            holds the last one.
        """
        return np.where(people.place == Place.ORIGIN, Organisation.NONE, people.helper).astype(
            np.uint8
        )

    def groups(self, world: Moment, rows: Rows | slice) -> NDArray[np.intp]:
        """Return the group of each person: one that organisations tell apart.

        Parameters
        ----------
        rows : ndarray of intp or slice
            Persons.

        Returns
        -------
        ndarray of intp, shape (n,)
            `ASYLUM`, `NEVER_ASKED` or `ARMENIAN_FAMILY`. A share of the families from countries
            that have no name of their own is Armenian, by a draw for each household; nobody is
            where the only organisation that asks is closed.
        """
        people = world.people
        found = (people.background[rows] != Background.ASYLUM).astype(np.intp)
        if self.open[Organisation.GREEN_WAY] and self._armenia_in >= 0:
            may = (people.country[rows] == self._armenia_in) & (found == ASYLUM)
            may &= _HAS_CHILDREN[people.household_kind[rows]]
            at = np.flatnonzero(may)
            whose = at if isinstance(rows, slice) else rows[at]
            inside = world.draw_once(Decision.ARMENIAN, whose) < world.now.number("armenian_share")
            found[at[inside]] = ARMENIAN_FAMILY
        return np.asarray(found)

    def takes(self, world: Moment, rows: Rows) -> NDArray[np.bool_]:
        """Return which organisations can meet each person where it is, and take its group.

        Returns
        -------
        ndarray of bool, shape (n, organisations)
            False for organisations that are closed. The legal phase is not asked: referred
            persons are taken in any.
        """
        place = self.reach.T[world.people.place[rows]]
        return np.asarray(place & _GROUP[self.groups(world, rows)])

    def situations(self, world: Moment) -> NDArray[np.intp]:
        """Return the situation of each person, over all rows, for `hazard` and `whom`."""
        people = world.people
        cell = people.place.astype(np.intp)
        holds = np.maximum(self._holds[people.helper], self._holds[people.awaits])
        native, group = self.native[people.country], self.groups(world, slice(None))
        met = (people.met & _MET_IOM) > 0
        parts: tuple[NDArray[Any], ...] = (people.phase, people.stage, holds, native, group, met)
        for codes, size in zip(parts, _SHAPE[1:], strict=True):
            cell *= size
            cell += codes
        return cell

    def hazard(self, situation: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the hazard of turning to any organisation, in 1/week, by situation.

        It is 0 where no organisation is open, reaches the place and takes up clients.
        """
        return self._total[situation]

    def whom(self, situation: NDArray[np.intp], draw: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Return the organisation that a household turns to, by a uniform draw.

        Parameters
        ----------
        situation : ndarray of intp, shape (n,)
            From `situations`, with a hazard above 0.
        draw : ndarray of float, shape (n,)
            Uniforms.

        Returns
        -------
        ndarray of uint8, shape (n,)
            Code of `Organisation`; the chance of each is its share of the hazard.
        """
        cumulative = self._cumulative[situation]
        point = draw[:, np.newaxis] * cumulative[:, -1:]
        return np.asarray((point >= cumulative).sum(axis=1), dtype=np.uint8)
