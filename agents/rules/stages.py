"""Stages on the way to leaving: how many draws a plan needs, and how many undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..codes import Option, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def draws_in_a_row(before: NDArray[np.int32], chosen: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Return how many draws in a row were of return, or were not, after one more draw.

    Parameters
    ----------
    before : ndarray of int32, shape (n,)
        Draws in a row so far: above 0 of return, below 0 of other options, 0 before the first.
    chosen : ndarray of uint8, shape (n,)
        Codes of `Option` drawn.

    Returns
    -------
    ndarray of int32, shape (n,)
        `max(before, 0) + 1` after a draw of return, `min(before, 0) - 1` after any other.
    """
    return np.where(
        chosen == Option.RETURN, np.maximum(before, 0) + 1, np.minimum(before, 0) - 1
    ).astype(np.int32)


def gives_up(
    in_a_row: NDArray[np.int32], applied: NDArray[np.bool_], needed: float
) -> NDArray[np.bool_]:
    """Return who gives up return: one other draw does, or `needed` in a row once applied.

    Parameters
    ----------
    in_a_row : ndarray of int32, shape (n,)
        As `draws_in_a_row` returns it.
    applied : ndarray of bool, shape (n,)
        Whether an application for assistance waits or stands granted.
    needed : float
        Draws of other options in a row that undo a plan with an application, at least 1.

    Returns
    -------
    ndarray of bool, shape (n,)
        False after a draw of return.
    """
    return np.asarray(-in_a_row >= np.where(applied, needed, 1.0))


def next_stage(
    stage: NDArray[np.uint8],
    in_a_row: NDArray[np.int32],
    given_up: NDArray[np.bool_],
    needed: float,
) -> NDArray[np.uint8]:
    """Return the stage after a deliberation.

    A draw of return leads to `CONSIDERING`, and to `INTENDING` once enough were drawn in a row;
    a person who prepares goes on preparing. Who gives up is `NOT_CONSIDERING` again. The step
    from intending to preparing is not a choice: it takes time and knowledge, and is not made here.

    Parameters
    ----------
    stage : ndarray of uint8, shape (n,)
        Codes of `Stage` before.
    in_a_row : ndarray of int32, shape (n,)
        As `draws_in_a_row` returns it.
    given_up : ndarray of bool, shape (n,)
        As `gives_up` returns it.
    needed : float
        Draws of return in a row that make an intention, at least 1.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Stage` after.

    Notes
    -----
    A wish, an intention, a preparation and an act are different things, and most people
    stop at the wish: s4 D30, G24.
    """
    reached = np.where(in_a_row >= needed, Stage.INTENDING, Stage.CONSIDERING)
    onward = np.where(in_a_row > 0, np.maximum(stage, reached), stage)
    return np.where(given_up, Stage.NOT_CONSIDERING, onward).astype(np.uint8)
