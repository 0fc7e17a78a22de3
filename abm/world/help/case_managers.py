"""Case managers (regievoerders) by setting: staff, caseload, memory of NGOs, trust in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Kind, Organisation, Setting
from ....agents.kinds import HELPERS, KIND_OF
from ....agents.rules.case_work.referrals import (
    heard_of,
    paired_share,
    per_case_manager,
    referral_chance,
    remembered,
    trusted,
)
from ....agents.rules.course import halved
from .kinds import capacities, of_its_kind, spread
from .referrals import Referrals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..events import EventLog
    from ..values import Values

FIRST_TWO: Final = 2  # by day 10 and around day 15; later talks are held as far as staff allow
# kinds of organisations to which a case manager can refer besides IOM, in the order of the records
NGO_KINDS: Final = (
    Kind.VWN,
    Kind.TRAINING,
    Kind.REINTEGRATION,
    Kind.LEGAL_AID,
    Kind.MUNICIPAL_DESK,
)
NGOS: Final = tuple(helper for helper in HELPERS if KIND_OF[helper] in NGO_KINDS)
# partners of the two case managers in Amsterdam (s1 L3658)
PARTNERS: Final = (Organisation.BRIDGE_TO_BETTER, Organisation.GOEDWERK)


class CaseManagers:
    """What the case managers of each setting keep from week to week.

    `memory` and `trust` have one row for each `Setting` and one column for each
    `Organisation`, from 0 to 1; they are 0 until an organisation first opens. `caseload` holds
    the open files of each setting, in persons. `so_far` counts what came of referrals since the
    start, in real persons: those who arrived, were lost, and left, in the first dimension.
    """

    def __init__(self) -> None:
        self.memory = np.zeros((len(Setting), len(Organisation)))
        self.trust = np.zeros((len(Setting), len(Organisation)))
        self.caseload: NDArray[np.float64] = np.zeros(len(Setting))
        self.so_far = np.zeros((3, len(Setting), len(Organisation)))
        self._at_start = np.zeros(len(Organisation))  # memory * trust
        self._opened = np.zeros(len(Organisation), dtype=np.bool_)
        self._referrals = Referrals()

    def begin(self, now: Values) -> None:
        """Set memory and trust of organisations that open for the first time."""
        new = (capacities(now) > 0.0) & ~self._opened
        if not new.any():
            return
        memory = spread(now.vector("ngo_memory_at_start"), NGO_KINDS)
        trust = spread(now.vector("ngo_trust_at_start"), NGO_KINDS)
        self.memory[:, new] = memory[new]
        self.trust[:, new] = trust[new]
        self._at_start[new] = (memory * trust)[new]
        self._opened |= new

    @staticmethod
    def staff(now: Values) -> NDArray[np.float64]:
        """Return the number of case managers in each setting, in real persons."""
        return now.number("case_managers") * now.vector("case_manager_shares")

    def preference(
        self, now: Values, setting: NDArray[np.uint8], shares: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return to which NGO case managers refer people.

        Parameters
        ----------
        setting : ndarray of uint8, shape (n,)
            Code of the setting of each person.
        shares : ndarray of float, shape (n, organisations)
            Shares of organisations in their kinds for each person, from `Organisations.shares`.

        Returns
        -------
        ndarray of float, shape (n, organisations)
            Weights `field * share * memory * trust`; 0 where no NGO is known.
        """
        weight = shares * spread(now.vector("ngo_field"), NGO_KINDS)
        return np.asarray(weight * self.memory[setting] * self.trust[setting])

    def chance(self, now: Values) -> NDArray[np.float64]:
        """Return the chance in a talk that a person is referred to an NGO, by setting.

        That of the record with memory and trust as at the start, and in proportion to them.
        """
        reach = self._reach(now)
        known = (reach * self.memory * self.trust).sum(axis=1)
        at_start = (reach * self._at_start).sum(axis=1)
        return referral_chance(now.vector("referral_to_ngo_chance"), known, at_start)

    @staticmethod
    def _reach(now: Values) -> NDArray[np.float64]:
        """Return how far organisations that are open fit each setting, from 0 to 1."""
        reach = np.zeros((len(Setting), len(Organisation)))
        reach[:] = spread(now.vector("ngo_field"), NGO_KINDS) * of_its_kind(capacities(now))
        reach[[Setting.AZC, Setting.VBL, Setting.FAMILY_LOCATION, Setting.DETENTION]] *= (
            np.arange(len(Organisation)) != Organisation.MUNICIPAL_DESK
        )
        return reach

    def paired(self, now: Values) -> float:
        """Return the share of municipal files whose case manager is tied to one organisation."""
        staff = self.staff(now)[Setting.MUNICIPAL]
        return paired_share(now.number("paired_case_managers"), float(staff))

    def hear(self, now: Values, log: EventLog, scale: float) -> None:
        """Let what has come of referrals since the last week move memory and trust.

        News of a person reaches one case manager of the setting that referred, so each hears a
        part of it.

        Parameters
        ----------
        log : EventLog
            What has happened so far.
        scale : float
            Real persons for each simulated one.
        """
        came = self._referrals.came(log) * scale
        self.so_far += came
        arrived, lost, gone = per_case_manager(came, self.staff(now)[:, np.newaxis])
        left = 1.0 - float(halved(1.0, now.number("ngo_memory_half_weeks")))
        heard = heard_of(arrived, gone, now.number("referral_success_counts"))
        kept = now.number("ngo_own_contact") * spread(now.vector("ngo_memory_at_start"), NGO_KINDS)
        enough = now.number("ngo_contacts")
        self.memory = remembered(self.memory, heard, enough, left, kept * self._opened)
        grows = float(halved(1.0, now.number("ngo_trust_half_weeks")))
        costs = now.number("lost_referral_costs_trust")
        self.trust = trusted(self.trust, self.memory, lost, grows, costs)
