"""Case managers (regievoerders) by setting: staff, caseload, memory of NGOs, trust in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Kind, Organisation, Outcome, Place, Setting
from ....agents.kinds import HELPERS, KIND_OF
from ....agents.rules.case_work.referrals import heard_of, paired_share, remembered, trusted
from ....agents.rules.course import halved
from ..events import Event
from .kinds import capacities, of_its_kind, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..events import EventLog
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
# partners of the two case managers in Amsterdam (s1 L3658)
PARTNERS: Final = (Organisation.BRIDGE_TO_BETTER, Organisation.GOEDWERK)
CAME: Final = (Event.REACHED, Event.REFERRAL_LOST, Event.LEFT)  # of referrals


class CaseManagers:
    """What the case managers of each setting keep from week to week.

    `memory` and `trust` have one row for each `Setting` and one column for each
    `Organisation`, from 0 to 1; `caseload` holds the open files of each setting, in persons.
    `so_far` counts what came of referrals since the start, in real persons: those who
    arrived, were lost, and left, in the first dimension.
    """

    def __init__(self) -> None:
        self.memory = np.zeros((len(Setting), len(Organisation)))
        self.trust = np.zeros((len(Setting), len(Organisation)))
        self.caseload: NDArray[np.float64] = np.zeros(len(Setting))
        self.so_far = np.zeros((len(CAME), len(Setting), len(Organisation)))
        self._begun = False
        self._read = 0  # events of the log

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

    def paired(self, now: Values) -> float:
        """Return the share of municipal files whose case manager is tied to one organisation."""
        staff = self.staff(now)[Setting.MUNICIPAL]
        return paired_share(now.number("paired_case_managers"), float(staff))

    def hear(self, now: Values, log: EventLog, scale: float) -> None:
        """Let what has come of referrals since the last week move memory and trust.

        Parameters
        ----------
        log : EventLog
            What has happened so far.
        scale : float
            Real persons for each simulated one.
        """
        came = self._came(log) * scale
        self.so_far += came
        arrived, lost, gone = came
        left = 1.0 - float(halved(1.0, now.number("ngo_memory_half_weeks")))
        heard = heard_of(arrived, gone, now.number("referral_success_counts"))
        self.memory = remembered(self.memory, heard, now.number("ngo_contacts"), left)
        grows = float(halved(1.0, now.number("ngo_trust_half_weeks")))
        costs = now.number("lost_referral_costs_trust")
        self.trust = trusted(self.trust, self.memory, lost, grows, costs)

    def _came(self, log: EventLog) -> NDArray[np.float64]:
        """Return simulated persons of whom something has come, by kind, setting, organisation."""
        new = slice(self._read, log.size)
        self._read = log.size
        kind, helper = log.column("kind")[new], log.column("helper")[new].astype(np.intp)
        own = (log.column("referred_by")[new] == Organisation.CASE_MANAGER) & (helper > 0)
        setting = SETTING_OF[log.column("place")[new].astype(np.intp)]
        came = np.zeros_like(self.so_far)
        for at, event in enumerate(CAME):
            those = own & (kind == event)
            if event == Event.LEFT:
                those &= log.column("outcome")[new] == Outcome.INDEPENDENT
            np.add.at(came[at], (setting[those], helper[those]), 1.0)
        return came
