"""Stages on the way to leaving, and what a deliberation does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..codes import Option, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def next_stage(stage: NDArray[np.uint8], chosen: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the stage after a deliberation.

    A draw of return leads one stage on, up to `INTENDING`; a person who prepares goes on
    preparing. Any other draw leads back to `NOT_CONSIDERING`. The step from intending to
    preparing is not a choice: it takes time and knowledge, and is not made here.

    Parameters
    ----------
    stage : ndarray of uint8, shape (n,)
        Codes of `Stage` before.
    chosen : ndarray of uint8, shape (n,)
        Codes of `Option` drawn.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Stage` after. It takes two draws of return in a row to reach `INTENDING`.

    Notes
    -----
    A wish, an intention, a preparation and an act are different things, and most people
    stop at the wish: s4 D30, G24.
    """
    onward = np.where(stage < Stage.INTENDING, stage + 1, stage)
    return np.where(chosen == Option.RETURN, onward, Stage.NOT_CONSIDERING).astype(np.uint8)
