"""Functions whose indices are known, spaces of three factors, and chance by seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.space.sample import seeds_of
from terugkeer.abm.space.space import REKEYING, Factor, Space

if TYPE_CHECKING:
    from terugkeer.experiments.sensitivity.indices import Estimates

THREE = Space(tuple(Factor(name, name) for name in "abc"))
IDLE = Space((*THREE.factors, Factor("idle", "idle")))
REKEYED = Space((*THREE.factors, REKEYING))
# Ishigami with a = 7, b = 0.1 (Saltelli et al. 2008, p. 179)
ISHIGAMI_S1 = {"a": 0.3139, "b": 0.4424, "c": 0.0}
ISHIGAMI_ST = {"a": 0.5576, "b": 0.4424, "c": 0.2437}
G = (0.0, 1.0, 9.0)


def ishigami(points: np.ndarray) -> np.ndarray:
    x = (points[:, :3] - 0.5) * 2 * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(points: np.ndarray) -> np.ndarray:
    a = np.array(G)
    return np.prod((np.abs(4 * points[:, :3] - 2) + a) / (1 + a), axis=1)


def g_indices() -> tuple[dict[str, float], dict[str, float]]:
    part = 1 / (3 * (1 + np.array(G)) ** 2)
    whole = np.prod(1 + part) - 1
    first = part / whole
    total = part * np.array([np.prod(np.delete(1 + part, j)) for j in range(3)]) / whole
    return dict(zip("abc", first, strict=True)), dict(zip("abc", total, strict=True))


def by_index(several: list[Estimates]) -> dict[str, Estimates]:
    return {each.index: each for each in several}


def noisy(points: np.ndarray, sets: np.ndarray, seeds: int, sd: float) -> np.ndarray:
    """Add chance that hangs on seeds only, as keyed draws do, averaged over a point's seeds."""
    luck = [
        np.mean([np.random.default_rng(seed).normal(0, sd) for seed in seeds_of(int(n), seeds)])
        for n in sets
    ]
    return ishigami(points) + np.array(luck)
