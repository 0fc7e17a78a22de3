"""The case manager's tree: what follows from cooperation, removability and setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ...codes import Measure, Reading, Setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

STATE_SHELTER: Final = np.array([each in {Setting.AZC, Setting.VBL} for each in Setting])


@dataclass(frozen=True)
class File:
    """What a case manager knows of files when deciding what to do.

    Parameters
    ----------
    reading : ndarray of uint8, shape (n,)
        Codes of `Reading`.
    removable : ndarray of bool, shape (n,)
        Whether a document or the origin's agreement and the law allow removal.
    setting : ndarray of uint8, shape (n,)
        Codes of `Setting`.
    refusals : ndarray of uint8, shape (n,)
        Refusals heard so far.
    imminent : ndarray of bool, shape (n,)
        Whether departure is in sight within an extension agreed locally.
    feasible : ndarray of bool, shape (n,)
        Whether departure can be worked on, or papers are awaited.
    extended : ndarray of bool, shape (n,)
        Whether the local extension has been used up.
    pending : ndarray of bool, shape (n,)
        Whether a procedure runs, and few think of return, or departure is deferred on medical
        grounds; then nobody can be removed.
    """

    reading: NDArray[np.uint8]
    removable: NDArray[np.bool_]
    setting: NDArray[np.uint8]
    refusals: NDArray[np.uint8]
    imminent: NDArray[np.bool_]
    feasible: NDArray[np.bool_]
    extended: NDArray[np.bool_]
    pending: NDArray[np.bool_]


def decide(file: File, enough: float, few: float) -> NDArray[np.uint8]:
    """Return what case managers do.

    A household that cooperates gets time. In a reception centre: two weeks if departure is
    imminent (more through the regional consultation once these are used), else a place in a
    freedom-restricting location if departure is feasible. In that location: the same, also
    while papers are awaited. Outside state shelter: the time that the
    household asks for.

    A household that refuses and can be removed is handed over at once; outside state
    shelter after `few` refusals. If it can't be removed, talks go on: in state shelter
    until `enough` refusals, when guidance stops; outside it until `few`, when the file
    closes. Talks with families in family locations always go on. A household that is
    ambiguous and can't be removed is pressed. In detention, work on the papers goes on.
    While a procedure or a deferral runs, nobody is pressed, handed over or given up.

    Parameters
    ----------
    file : File
        Arrays of n files.
    enough : float
        Refusals after which guidance in state shelter stops, about three.
    few : float
        Refusals after which a file outside state shelter is handed over or closed.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Measure`; `KEEP_TERM` where no branch applies.

    Notes
    -----
    s1 C3 with B9 L4319-4373 and section 6.2 (L3286-3415); procedures: D11 L4386-4389. The
    author gives no rate. The source doesn't say what happens to an ambiguous household
    that can be removed: here the talks go on as before.
    """
    cooperates = file.reading == Reading.COOPERATES
    refuses = file.reading == Reading.REFUSES
    ambiguous = file.reading == Reading.AMBIGUOUS
    shelter = STATE_SHELTER[file.setting]
    azc, vbl = file.setting == Setting.AZC, file.setting == Setting.VBL
    families = file.setting == Setting.FAMILY_LOCATION
    outside = file.setting == Setting.MUNICIPAL
    handed = refuses & file.removable & (shelter | families | (file.refusals >= few))
    stuck = refuses & ~file.removable
    longer = cooperates & ((shelter & file.imminent) | (vbl & file.feasible))
    found = np.full(len(file.reading), Measure.KEEP_TERM, dtype=np.uint8)
    for branch, measure in (
        (cooperates & (families | outside), Measure.GRANT_TIME),
        (cooperates & azc & file.feasible, Measure.FREEDOM_RESTRICTING),
        (longer, Measure.EXTEND_REGIONALLY),
        (longer & ~file.extended, Measure.EXTEND_LOCALLY),
        (ambiguous & ~file.removable, Measure.PRESS),
        (stuck & outside & (file.refusals >= few), Measure.CLOSE),
        (stuck & shelter & (file.refusals >= enough), Measure.STOP_GUIDANCE),
        (handed, Measure.COERCE),
        (file.pending & ~cooperates, Measure.KEEP_TERM),
        (file.setting == Setting.DETENTION, Measure.KEEP_TERM),
    ):  # the last that holds counts
        found[branch] = measure
    return found
