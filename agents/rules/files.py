"""What keeps the file of a person open outside state shelter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def kept_open(
    *,
    obliged: NDArray[np.bool_],
    cooperates: NDArray[np.bool_],
    weeks: NDArray[np.integer],
    granted: float,
) -> NDArray[np.bool_]:
    """Return whose files stay open outside state shelter, detention and a duty to report.

    `kept = not obliged or (cooperates and weeks < granted)`: a file stays open while a term or a
    procedure runs, and for persons who work on their departure as long as they are granted time.
    All other files close as soon as the person is looked for and not found.

    Parameters
    ----------
    obliged : ndarray of bool, shape (n,)
        Whether no term and no procedure runs.
    cooperates : ndarray of bool, shape (n,)
        Whether a case manager reads cooperation.
    weeks : ndarray of int, shape (n,)
        Weeks since the last of three: the file opened, the duty to leave began, the person came
        to live where they are.
    granted : float
        Weeks that persons who cooperate get. 0: no time; infinite: as long as they cooperate.

    Returns
    -------
    ndarray of bool, shape (n,)

    Notes
    -----
    s1 C2.6 (L3387-3415) and B9: outside state shelter the term is formally four weeks, those who
    cooperate get the time that they ask for, and a file closes if nothing is possible. s0 S11:
    a person is closed as unobserved who is no longer at the last known address.
    """
    return np.asarray(~obliged | (cooperates & (weeks < granted)))
