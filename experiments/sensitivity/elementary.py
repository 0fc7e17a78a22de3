"""Screening by elementary effects (Morris 1991; Campolongo, Cariboni and Saltelli 2007)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from ...abm.space.measured import measured, tellable
from .convergence import convergence
from .indices import Estimates, resample, together
from .ranks import ranks
from .tables import Tables, sampled, shared_tables, untouched_sentences, verdict_sentences
from .verdict import LEADING

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ...abm.runs.store import Store
    from ...abm.space.space import Space
    from .study import Study

YES_OR_NO: Final = 2  # of more alternatives no order is read


def elementary_effects(
    space: Space, points: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the effect of each factor in each trajectory.

    Between two neighbouring runs of a trajectory one factor, or one group,
    has moved by `d`: the effect is `(y_after - y_before) / d`, the change over
    the whole range if the factor acted as a straight line. If a factor
    is not a number, the effect is the change itself. For a group it is the size of
    the change, divided by the step of its numbers if it has any.

    Parameters
    ----------
    points : ndarray of float64, shape (n_trajectories * (n_labels + 1), n_factors)
        Of `sample.trajectories`.
    y : ndarray of float64, shape (n_trajectories * (n_labels + 1),)
        What was measured.

    Returns
    -------
    ndarray of float64, shape (n_trajectories, n_labels)
        In the outcome's unit.
    """
    labels = space.labels()
    length = len(labels) + 1
    paths = points.reshape(-1, length, len(space.factors))
    values = y.reshape(-1, length)
    effects = np.full((len(paths), len(labels)), np.nan)
    place = {label: number for number, label in enumerate(labels)}
    column = np.array([place[space.group_of(name)] for name in space.names])
    change, moved = np.diff(values, axis=1), np.diff(paths, axis=1)
    for step in range(length - 1):
        first = np.argmax(np.abs(moved[:, step]), axis=1)
        towards = np.take_along_axis(moved[:, step], first[:, None], axis=1)[:, 0]
        label = column[first]
        number = np.array([not each.alternatives for each in space.factors])
        steps = np.abs(np.where(number, moved[:, step], 0.0)).max(axis=1)  # 0 without a number
        grouped = np.array([labels[each] in space.groups for each in label])
        size = np.where(steps > 0.0, steps, 1.0) * np.where(grouped, 1.0, np.sign(towards))
        effects[np.arange(len(paths)), label] = change[:, step] / size
    return effects


def screening(space: Space, points: NDArray[np.float64], y: NDArray[np.float64]) -> list[Estimates]:
    """Return the indices of a screening with their intervals over trajectories.

    Parameters
    ----------
    points : ndarray of float64
        Of `sample.trajectories`.

    Returns
    -------
    list of Estimates
        `mu` (mean effect), `mu_star` (mean of its size) and `sigma` (standard
        deviation: interaction, curvature or chance). Groups, whose members
        move in different directions, and factors of three or more alternatives,
        which have no order, have `mu_star` only.
    """
    effects = elementary_effects(space, points, y)
    labels = space.labels()
    ordered = {each.name for each in space.factors if len(each.alternatives) <= YES_OR_NO}
    alone = [place for place, label in enumerate(labels) if label in ordered - set(space.groups)]
    several = len(effects) > 1

    def found(which: NDArray[np.int64]) -> NDArray[np.float64]:
        some = effects[which]
        spread = some.std(axis=0, ddof=1) if several else np.zeros(some.shape[1])
        return np.stack([some.mean(axis=0), np.abs(some).mean(axis=0), spread])

    value = found(np.arange(len(effects)))
    again = resample(found, len(effects))
    every = list(range(len(labels)))
    return [
        Estimates(
            index, tuple(labels[each] for each in some), value[number, some], again[:, number, some]
        )
        for number, (index, some) in enumerate(
            (("mu", alone), ("mu_star", every), ("sigma", alone))
        )
    ]


def screen_tables(study: Study, store: Store) -> Tables:
    """Return what a screening found.

    Parameters
    ----------
    study : Study
        The screening; with `others` ranks under other widths of the priors are told too.

    Returns
    -------
    Tables
        `convergence`, those of `shared_tables`, and `ranks` where there are other widths.

    Raises
    ------
    InputError
        If an outcome that was asked for is missing somewhere or never changes.
    """
    data = sampled(study, store).varied()
    space, points = study.space, data.points
    found = {each: screening(space, points, data.of(each)) for each in data.outcomes}
    course = convergence(
        partial(screening, space),
        points,
        data.of,
        data.outcomes,
        leading=LEADING["screen"],
        length=len(space.labels()) + 1,
    )
    frames = {"convergence": course, **shared_tables(study, data, found)}
    if study.others:
        others = {
            width: _screened(one, store, data.outcomes) for width, one in study.others.items()
        }
        frames["ranks"] = ranks(frames["indices"], others)
    return Tables(frames, [*data.said, *untouched_sentences(frames), *verdict_sentences(frames)])


def _screened(study: Study, store: Store, outcomes: list[str]) -> pd.DataFrame:
    """Return the indices of a screening, of those outcomes that its runs can tell."""
    known, _ = tellable(store, study.plan, outcomes, ())
    measure = measured(store, study.plan, known)
    return together(
        [
            each.frame(name)
            for name in outcomes
            if name in known
            for each in screening(study.space, study.sample.points, measure.of(name))
        ]
    )
