"""How far on the way to leaving: what a deliberation does to the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .codes import Option, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def next_stage(stage: NDArray[np.uint8], chosen: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the stage after a deliberation.

    Return drawn: one stage on, up to `INTENDING`; who prepares goes on
    preparing. Anything else drawn: back to `NOT_CONSIDERING`. From intending to
    preparing is no choice but a matter of time and knowledge, and not done here.

    Parameters
    ----------
    stage : ndarray of uint8, shape (n,)
        Codes of `Stage` before.
    chosen : ndarray of uint8, shape (n,)
        Codes of `Option` drawn.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Stage` after. It takes two draws of return in a row to intend.

    Notes
    -----
    Wish, intention, preparation and action differ, and most stop at the wish:
    s4 D30, G24.
    """
    onward = np.where(stage < Stage.INTENDING, stage + 1, stage)
    return np.where(chosen == Option.RETURN, onward, Stage.NOT_CONSIDERING).astype(np.uint8)
