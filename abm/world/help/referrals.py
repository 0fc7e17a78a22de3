"""Referrals by case managers: from which setting, to whom, and what came of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import Organisation, Outcome, Place, Setting
from ..events import Event

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..events import EventLog

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
ARRIVED, LOST, LEFT = range(3)  # what comes of referrals
_SHAPE: Final = (3, len(Setting), len(Organisation))
_TOLD: Final = (Event.REFERRED, Event.REACHED, Event.REFERRAL_LOST, Event.MET, Event.LEFT)


class Referral(NamedTuple):
    """Codes of the setting that referred, and of the organisation."""

    setting: int
    to: int


NOBODY: Final = Referral(0, int(Organisation.NONE))


class Referrals:
    """The last referral of each person by a case manager: pending, and followed.

    All that comes of a referral stands under its setting and its organisation: who leaves has
    often been sent on since, and lives elsewhere. A person arrives with a first session, not with
    a place on a list.
    """

    def __init__(self) -> None:
        self._read = 0  # events of the log
        self._pending: dict[int, Referral] = {}
        self._followed: dict[int, Referral] = {}

    def came(self, log: EventLog) -> NDArray[np.float64]:
        """Read on in the log, and return what has come of referrals since the last time.

        Parameters
        ----------
        log : EventLog
            What has happened so far.

        Returns
        -------
        ndarray of float64, shape (3, settings, organisations)
            Simulated persons who arrived, were lost, and left independently after a session there.
        """
        new = slice(self._read, log.size)
        self._read = log.size
        rows = np.flatnonzero(np.isin(log.column("kind")[new], _TOLD))
        names = ("kind", "person", "helper", "referred_by", "place", "outcome", "met")
        columns = [log.column(name)[new][rows].tolist() for name in names]
        found = np.zeros(_SHAPE)
        for kind, person, helper, by, place, outcome, met in zip(*columns, strict=True):
            if kind == Event.MET:
                referral = self._followed.get(person, NOBODY)
                found[ARRIVED][referral] += referral.to == helper
            elif kind == Event.LEFT:
                self._pending.pop(person, None)
                referral = self._followed.pop(person, NOBODY)
                found[LEFT][referral] += outcome == Outcome.INDEPENDENT and met >> referral.to & 1
            elif by == Organisation.CASE_MANAGER:
                found[LOST][
                    self._goes_on(kind, person, Referral(int(SETTING_OF[place]), helper))
                ] += 1
        found[:, :, Organisation.NONE] = 0.0
        return found

    def _goes_on(self, kind: int, person: int, made: Referral) -> Referral:
        """Keep a referral that is made or followed; return the one that is lost, if any."""
        if kind == Event.REFERRED:
            self._pending[person] = made
            return NOBODY
        ended = self._pending.pop(person, NOBODY)
        if kind == Event.REFERRAL_LOST:
            return ended
        self._followed[person] = ended
        return NOBODY
