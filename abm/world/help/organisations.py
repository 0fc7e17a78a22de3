"""Organisations that help: whom they reach, how soon they are met, how many they can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import LegalPhase, Organisation, Place, Stage, Stance, Timing
from ....agents.places import IN_TOWN, LATER_PROCEDURES, PROCEDURES, REFUSED, STATE_SHELTER, table
from ..switches import chosen
from ..values import Derived

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..persons.people import People
    from ..values import Values

HELPERS: Final = (
    Organisation.IOM,
    Organisation.VWN,
    Organisation.TRAINING_NGO,
    Organisation.REINTEGRATION_NGO,
    Organisation.LEGAL_AID_NGO,
    Organisation.COA,
    Organisation.MUNICIPAL_DESK,
)
SIZE: Final = len(Organisation)
RETURN_NGOS: Final = (Organisation.TRAINING_NGO, Organisation.REINTEGRATION_NGO)

CAPACITY: Final = {
    Organisation.IOM: "iom_capacity",
    Organisation.VWN: "vwn_capacity",
    Organisation.TRAINING_NGO: "training_ngo_capacity",
    Organisation.REINTEGRATION_NGO: "reintegration_ngo_capacity",
    Organisation.LEGAL_AID_NGO: "legal_aid_ngo_capacity",
    Organisation.COA: "coa_capacity",
    Organisation.MUNICIPAL_DESK: "municipal_desk_capacity",
}
CONTACT: Final = {
    Stage.NOT_CONSIDERING: "contact_hazard_not_considering",
    Stage.CONSIDERING: "contact_hazard_considering",
    Stage.INTENDING: "contact_hazard_intending",
    Stage.PREPARING: "contact_hazard_intending",
}

# where an organisation meets its clients; help ends elsewhere
REACHES: Final = {
    Organisation.IOM: tuple(place for place in Place if place != Place.ORIGIN),  # s0 C3; s4 C
    Organisation.VWN: (*STATE_SHELTER, *IN_TOWN),  # s2 E10: talks in AZCs, guidance in towns
    Organisation.TRAINING_NGO: (*STATE_SHELTER[1:], *IN_TOWN),  # s1 L3829-3837
    Organisation.REINTEGRATION_NGO: (*STATE_SHELTER[1:], *IN_TOWN),
    Organisation.LEGAL_AID_NGO: IN_TOWN[1:],  # s0 C3: co-manages a municipal desk
    Organisation.COA: (Place.AZC_DEPARTURE_TERM,),  # s0 C2: the four weeks of the term
    Organisation.MUNICIPAL_DESK: IN_TOWN[1:],  # s0 C1 S12-S13
}
# legal phases in which an organisation takes up clients, by its timing
TAKEN_UP: Final = {
    Timing.PARALLEL_EARLY: (*PROCEDURES, *REFUSED),
    Timing.AFTER_REJECTION: (*LATER_PROCEDURES, *REFUSED),
    Timing.SEQUENTIAL_LATE: REFUSED,
}
# the help that a household has or waits for, as far as it decides where else it turns
FREE, WITH_COA, WITH_OTHER, WITH_RETURN = range(4)

_REACH: Final = np.zeros((SIZE, len(Place)), dtype=np.bool_)
for _organisation, _places in REACHES.items():
    _REACH[_organisation, list(_places)] = True
_TAKES: Final = np.array([table(*TAKEN_UP[timing]) for timing in Timing])
_SHAPE: Final = (len(Place), len(LegalPhase), len(Stage), 4, 2)  # holds, native counsellor


def by_organisation(now: Values, name: str) -> NDArray[np.float64]:
    """Return a record of seven numbers, one for each helper from IOM to the municipal desk.

    Returns
    -------
    ndarray of float, shape (9,)
        By code of `Organisation`; 0 for none and for the case manager.
    """
    values = np.zeros(SIZE)
    values[list(HELPERS)] = now.vector(name)
    return values


class Organisations:
    """The organisations under the values in force, looked up once for each change.

    Parameters
    ----------
    by_size : sequence of int, optional
        Codes of countries, the largest inflow first: native counsellors come from the
        first countries.
    """

    def __init__(self, by_size: NDArray[np.intp] | None = None) -> None:
        self._by_size = np.zeros(0, dtype=np.intp) if by_size is None else by_size
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
        for organisation in HELPERS:
            self.capacity[organisation] = now.number(CAPACITY[organisation])
        self.stance[:] = by_organisation(now, "organisation_stance")
        self.reach = _REACH & self.open[:, np.newaxis]
        # return organisations that begin beside a procedure come to reception too (s0 E3)
        early = by_organisation(now, "organisation_timing") == Timing.PARALLEL_EARLY
        self.reach[RETURN_NGOS, Place.AZC] = (early & self.open)[list(RETURN_NGOS)]
        natives = round(now.number("native_counsellor_share") * now.number("iom_counsellors"))
        self.native[:] = False
        self.native[self._by_size[:natives]] = True
        returns = (self.stance == Stance.RETURN_ORIENTED) & (np.arange(SIZE) > 0)
        self._holds[:] = np.where(returns, WITH_RETURN, WITH_OTHER)
        self._holds[[Organisation.NONE, Organisation.COA]] = FREE, WITH_COA
        self._look_up_contacts(now)

    def _look_up_contacts(self, now: Values) -> None:
        """Calculate the hazard of turning to each organisation in each situation."""
        by_stage = np.array([by_organisation(now, CONTACT[stage]) for stage in Stage])
        timing = by_organisation(now, "organisation_timing").astype(np.intp)
        hazard = np.zeros((*_SHAPE, SIZE))
        hazard += by_stage[:, np.newaxis, np.newaxis, :]
        hazard *= self.reach.T[:, np.newaxis, np.newaxis, np.newaxis, np.newaxis, :]
        hazard *= _TAKES[timing].T[np.newaxis, :, np.newaxis, np.newaxis, np.newaxis, :]
        hazard[:, :, :, WITH_COA, :, Organisation.COA] = 0.0
        # households with other help, or waiting for it, turn only to IOM, and only when they
        # intend to return
        hazard[:, :, :, WITH_OTHER, :, Organisation.IOM + 1 :] = 0.0
        hazard[:, :, : Stage.INTENDING, WITH_OTHER] = 0.0
        hazard[:, :, :, WITH_RETURN] = 0.0
        reach, _ = chosen(now, "native_counsellor")()
        if reach:
            hazard[..., 1, Organisation.IOM] *= now.number("native_reach_factor")
        flat = hazard.reshape(-1, SIZE)
        self._cumulative = np.cumsum(flat, axis=1)
        self._total = self._cumulative[:, -1].copy()

    def numbers(self, now: Values, name: str) -> NDArray[np.float64]:
        """Return `by_organisation`, kept until values change; callers must not change it."""
        if name not in self._numbers:
            self._numbers[name] = by_organisation(now, name)
        return self._numbers[name]

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

    def situations(self, people: People) -> NDArray[np.intp]:
        """Return the situation of each person, over all rows, for `hazard` and `whom`."""
        cell = people.place.astype(np.intp)
        holds = np.maximum(self._holds[people.helper], self._holds[people.awaits])
        for codes, size in zip(
            (people.phase, people.stage, holds, self.native[people.country]),
            _SHAPE[1:],
            strict=True,
        ):
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
