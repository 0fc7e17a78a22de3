"""Case managers (regievoerders) by setting: staff, caseload, memory of NGOs, trust in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.case_manager import remembered
from ....agents.codes import Kind, Organisation, Place, Setting
from ....agents.rules.course import halved
from .kinds import HELPERS, KIND_OF, capacities, of_its_kind, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..values import Values

_BY_PLACE: Final = {
    Place.AZC: Setting.AZC,
    Place.AZC_DEPARTURE_TERM: Setting.AZC,
    Place.VBL: Setting.VBL,
    Place.FAMILY_LOCATION: Setting.FAMILY_LOCATION,
    Place.CLOSED_FAMILY: Setting.DETENTION,
    Place.DETENTION: Setting.DETENTION,
}
SETTING_OF: Final = np.array(
    [_BY_PLACE.get(place, Setting.MUNICIPAL) for place in Place], dtype=np.uint8
)
FIRST_TWO: Final = 2  # by day 10 and around day 15; later talks are held as far as staff allow
# kinds of organisations to which a case manager can refer besides IOM, in the order of the records
NGO_KINDS: Final = (
    Kind.VWN,
    Kind.TRAINING,
    Kind.REINTEGRATION,
    Kind.LEGAL_AID,
    Kind.MUNICIPAL_DESK,
)
NGOS: Final = tuple(each for each in HELPERS if KIND_OF[each] in NGO_KINDS)


class CaseManagers:
    """What the case managers of each setting keep from week to week.

    `memory` and `trust` have one row for each `Setting` and one column for each
    `Organisation`, from 0 to 1; `caseload` holds the open files of each setting, in persons.
    """

    def __init__(self) -> None:
        self.memory = np.zeros((len(Setting), len(Organisation)))
        self.trust = np.zeros((len(Setting), len(Organisation)))
        self.caseload: NDArray[np.float64] = np.zeros(len(Setting))
        self._begun = False

    def begin(self, now: Values) -> None:
        """Set memory and trust as they are at the start of a run, once."""
        if self._begun:
            return
        self.memory[:] = spread(now.vector("ngo_memory_at_start"), NGO_KINDS)
        self.trust[:] = spread(now.vector("ngo_trust_at_start"), NGO_KINDS)
        self._begun = True

    @staticmethod
    def staff(now: Values) -> NDArray[np.float64]:
        """Return the number of case managers in each setting, in real persons."""
        return now.number("case_managers") * now.vector("case_manager_shares")

    def preference(self, now: Values) -> NDArray[np.float64]:
        """Return the chance that a referral goes to each NGO.

        Returns
        -------
        ndarray of float, shape (settings, organisations)
            `reach * memory * trust`, scaled so that each row sums to 1; 0 where no NGO is known.
        """
        reach = np.zeros_like(self.memory)
        reach[:] = spread(now.vector("ngo_field"), NGO_KINDS) * of_its_kind(capacities(now))
        reach[[Setting.AZC, Setting.VBL, Setting.FAMILY_LOCATION, Setting.DETENTION]] *= (
            np.arange(len(Organisation)) != Organisation.MUNICIPAL_DESK
        )
        weight = reach * self.memory * self.trust
        total = weight.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(weight, total, out=np.zeros_like(weight), where=total > 0.0))

    def remember(self, now: Values, referred: NDArray[np.float64]) -> None:
        """Let the referrals of a week renew memory, and let trust grow with the contact.

        Parameters
        ----------
        referred : ndarray of float, shape (settings, organisations)
            Real persons who were referred in the week.
        """
        left = 1.0 - float(halved(1.0, now.number("ngo_memory_half_weeks")))
        self.memory = remembered(self.memory, referred, now.number("ngo_contacts"), left)
        grown = float(halved(1.0, now.number("ngo_trust_half_weeks")))
        self.trust += grown * self.memory * (1.0 - self.trust) * (self.trust > 0.0)
