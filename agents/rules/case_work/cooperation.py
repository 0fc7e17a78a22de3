"""How a case manager reads cooperation in signals, with error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...codes import Reading, Stage

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

READINGS: Final = (Reading.COOPERATES, Reading.AMBIGUOUS, Reading.REFUSES)
# which row of the error rates holds, by stage: unwilling, wavering, willing
ATTITUDE: Final = np.array(
    [
        0 if stage == Stage.NOT_CONSIDERING else 1 if stage == Stage.CONSIDERING else 2
        for stage in Stage
    ]
)


def reading_chances(
    stage: NDArray[np.uint8],
    signals: ArrayLike,
    rates: NDArray[np.float64],
    weight: float,
) -> NDArray[np.float64]:
    """Return the chances of each reading.

    `(1 - w) * rates[attitude] + w * (s * cooperates + (1 - s) * refuses)`: the talk
    shows the true attitude with the stated error. Signals s that are shown make the case
    manager read cooperation, and signals that are missing make the case manager read
    refusal.

    Parameters
    ----------
    stage : ndarray of uint8, shape (n,)
        Codes of `Stage`: `NOT_CONSIDERING` is unwilling, `CONSIDERING` wavering, later
        stages willing.
    signals : array_like of float, shape (n,)
        Share of the signals that are shown, in [0, 1].
    rates : ndarray of float, shape (3, 3)
        Chances of reading cooperation, ambiguity, refusal (columns) in persons who are
        unwilling, wavering, willing (rows); each row sums to 1.
    weight : float
        Weight w of the signals, in [0, 1].

    Returns
    -------
    ndarray of float, shape (n, 3)
        Chances in the order of `READINGS`, summing to 1.

    Notes
    -----
    Signals: s1 L3286-3290, L4394-4404; their absence counts against a client.
    Intuition counts too (L3557-3559). No error rate is given: the rates are the caller's records.
    """
    shown = np.asarray(signals, dtype=np.float64)
    by_signals = np.stack([shown, np.zeros_like(shown), 1.0 - shown], axis=1)
    return np.asarray((1.0 - weight) * rates[ATTITUDE[stage]] + weight * by_signals)


def read(chances: NDArray[np.float64], uniform: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return what the case manager reads.

    Parameters
    ----------
    chances : ndarray of float, shape (n, 3)
        Chances in the order of `READINGS`.
    uniform : ndarray of float, shape (n,)
        Uniforms in (0, 1).

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Reading`: cooperation below the first chance, refusal above the first two.
    """
    first = chances[:, 0]
    second = first + chances[:, 1]
    codes = np.where(uniform < first, *(int(each) for each in (READINGS[0], READINGS[2])))
    codes[(uniform >= first) & (uniform < second)] = READINGS[1]
    return codes.astype(np.uint8)
