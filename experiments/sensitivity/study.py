"""An analysis of a design space from its points to its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ...abm.errors import InputError
from ...abm.space.emulator import emulated, fitted
from ...abm.space.factors import LEVERS, MIXED, chosen_space
from ...abm.space.lever_factors import left_out
from ...abm.space.measured import Measured, Planned, Setting, by_seed, measured, planned
from ...abm.space.outcomes import WAYS, chosen_outcomes
from ...abm.space.sample import Sample, crossed, scattered, trajectories
from ...abm.space.space import DUMMY
from ...abm.space.usable import moving, tellable
from ...abm.world.scenario import load_scenario
from ...calibration.near_record import near, recorded_shares
from .convergence import convergence, estimates
from .correlations import correlations, hanging_together
from .given_data import conditional_distributions, given_data, plausible
from .indices import together
from .noise import seed_shares
from .ranks import ranks
from .verdict import above_noise, untouched, verdicts

if TYPE_CHECKING:
    from ...abm.evidence.registry import Registry
    from ...abm.runs.store import Store
    from ...abm.space.space import Space
    from .indices import Estimates
    from .question import Ask

WIDTHS: Final = (0.5, 2.0)
LOWEST_SHARE, HIGHEST_SHARE = 0.05, 0.40  # of independent departure among closings
FEWEST_PLAUSIBLE: Final = 64
# outcomes by which points are chosen, without and with a tolerance
FILTERED: Final = {
    False: ("independent_share", "unobserved_share"),
    True: tuple(f"{way}_share" for way in WAYS),
}


@dataclass(frozen=True)
class Study:
    """A design space with its sample and runs.

    Parameters
    ----------
    ask : Ask
        What was asked.
    space : Space
        The factors.
    sample : Sample
        The points.
    plan : Planned
        Their runs.
    """

    ask: Ask
    space: Space
    sample: Sample
    plan: Planned


def setting_of(ask: Ask, registry: Registry) -> Setting:
    """Return what all runs of an analysis share.

    Parameters
    ----------
    ask : Ask
        What was asked.
    registry : Registry
        The evidence.

    Returns
    -------
    Setting
        Scenario, scale, years and seeds.
    """
    scenario = load_scenario(ask.scenario, registry)
    return Setting(scenario, ask.scale, ask.first_year, ask.last_year, ask.seeds)


def study_of(ask: Ask, registry: Registry, width: float = 1.0) -> Study:
    """Plan an analysis.

    Parameters
    ----------
    ask : Ask
        What is asked.
    registry : Registry
        The evidence.
    width : float, optional
        What the spread of every prior is multiplied by.

    Returns
    -------
    Study
        With all runs planned.

    Raises
    ------
    InputError
        If factors or outcomes are unknown, or a number does not do.
    """
    space = chosen_space(registry, ask.factors, ask.groups, width)
    chosen_outcomes(ask.outcome)
    if ask.tolerance:
        recorded_shares(ask.first_year, ask.last_year)
    if ask.widths and set(space.names) <= {*registry.levers, DUMMY}:
        raise InputError("--widths: a lever has no prior to halve or double. Leave it out.")
    if ask.method == "screen":
        sample = trajectories(space, ask.number)
    else:
        if ask.number < 2 or ask.number & (ask.number - 1):  # noqa: PLR2004 - a power of two
            raise InputError(f"--n {ask.number}: give a power of two, such as 64, 256 or 1024.")
        if ask.method == "pawn" or ask.emulator:
            if ask.plausible and ask.number < FEWEST_PLAUSIBLE:
                raise InputError(
                    f"--n {ask.number}: {FEWEST_PLAUSIBLE} points must be left once implausible "
                    "ones are gone. Give more, or look at all with --all-points."
                )
            if space.groups:
                raise InputError("--group: groups need the crossed sample of plain sobol.")
            sample = scattered(space, ask.number)
        else:
            sample = crossed(space, ask.number, second_order=ask.second_order)
    values = [space.changes(point) for point in sample.points]
    plan = planned(values, sample.sets.tolist(), setting_of(ask, registry), registry)
    return Study(ask, space, sample, plan)


@dataclass(frozen=True)
class Tables:
    """What an analysis found.

    Parameters
    ----------
    frames : dict of str to pandas.DataFrame
        By the name of their file, without `.csv`.
    said : list of str
        Sentences for the reader.
    """

    frames: dict[str, pd.DataFrame]
    said: list[str]


def tables_of(study: Study, store: Store, others: dict[float, Study]) -> Tables:
    """Return what an analysis found.

    Parameters
    ----------
    study : Study
        The analysis.
    store : Store
        With all its runs.
    others : dict of float to Study
        The same under other widths of the priors.

    Returns
    -------
    Tables
        `indices, noise, verdict, above_noise, convergence, factors, points`
        and what the method adds.

    Raises
    ------
    InputError
        If what was measured does not do.
    """
    ask = study.ask
    asked = [each.strip() for each in ask.outcome.split(",")]
    outcomes = chosen_outcomes(ask.outcome)
    outcomes, said = tellable(store, study.plan, outcomes, asked)
    measure = measured(store, study.plan, outcomes)
    points = study.sample.points
    frames: dict[str, pd.DataFrame] = {}
    if {"lever", "calibrate"} <= {each.role for each in study.space.factors}:
        said.append(f"Levers and parameters in one space: {MIXED}")
    if LEVERS in ask.factors.split(","):
        said += [
            f"{name}: left out, for {other} moves the same record. Name it in another analysis."
            for name, other in left_out(study.plan.design.registry).items()
        ]
    if ask.method == "pawn" and ask.plausible:
        frames["indices_all_points"] = together(
            [
                e.frame(each)
                for each in outcomes
                if np.ptp(measure.of(each)) > 0.0
                for e in given_data(study.space, points, measure.of(each))
                if e.index == "S1"
            ]
        )
        points, measure, sentence = _plausible(study, store, measure)
        said.append(sentence)
        frames["correlations"] = correlations(study.space, points)
        said += hanging_together(frames["correlations"], len(points))
        by = FILTERED[bool(ask.tolerance)]
        said += [
            f"{each}: left out, for points were chosen by it." for each in outcomes if each in by
        ]
        outcomes = [each for each in outcomes if each not in by]
        asked = [each for each in asked if each not in by]
        if not asked:
            raise InputError(
                f"--outcome {ask.outcome}: points are chosen by it, so nothing is left to rank. "
                "Give another, or look at all with --all-points."
            )
    varied = [each for each in moving(measure, asked) if each in outcomes]
    said += [
        f"{each}: the same at all points, so left out." for each in outcomes if each not in varied
    ]
    if ask.emulator:
        found, frames["emulator"] = _emulated(study, measure, varied, said)
    else:
        found = {
            each: estimates(
                ask.method, study.space, points, measure.of(each), second_order=ask.second_order
            )
            for each in varied
        }
        frames["convergence"] = convergence(
            ask.method, study.space, points, measure.of, varied, second_order=ask.second_order
        )
    rest = {
        each: estimates("pawn", study.space, points, measure.of(each))
        for each in varied
        if each not in found  # an emulator was refused: its first-order indices are of given data
    }
    every = [each.frame(name) for name, some in found.items() for each in some]
    every += [e.frame(name) for name, some in rest.items() for e in some if e.index == "S1"]
    indices = together(every)
    frames["indices"] = indices
    frames["verdict"] = verdicts(ask.method, found, ask.number)
    frames["above_noise"] = above_noise(indices, ask.method, study.space, emulated=ask.emulator)
    frames["noise"] = seed_shares(measure, ask.seeds)
    frames["factors"] = factor_frame(study.space)
    frames["points"] = _points(study.space, points, measure)
    if ask.method == "pawn":
        frames["pawn"] = indices[indices["index"] == "pawn"]
        frames["indices"] = indices[indices["index"] != "pawn"]
        frames["conditional"] = pd.concat(
            [
                conditional_distributions(study.space, points, measure.of(each)).assign(
                    outcome=each
                )
                for each in varied
            ],
            ignore_index=True,
        )
    if others:
        frames["ranks"] = ranks(
            indices, {width: _screened(one, store, varied) for width, one in others.items()}
        )
    if ask.method != "pawn" and not ask.emulator:  # these two never hold seeds
        said += [each for each in [untouched(frames["above_noise"], frames["factors"])] if each]
    said += [f"{row.outcome}: {row.words}." for row in frames["verdict"].itertuples()]
    return Tables(frames, said)


def _screened(study: Study, store: Store, outcomes: list[str]) -> pd.DataFrame:
    known, _ = tellable(store, study.plan, outcomes, ())
    measure = measured(store, study.plan, known)
    some = [
        each.frame(name)
        for name in outcomes
        if name in known
        for each in estimates("screen", study.space, study.sample.points, measure.of(name))
    ]
    return together(some)


def _plausible(
    study: Study, store: Store, measure: Measured
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], Measured, str]:
    """Keep the points that look like the Netherlands at all."""
    names = [f"{way}_share" for way in WAYS]
    shares = by_seed(store, study.plan, names).mean(axis=1)
    by_way = {way: shares[:, place] for place, way in enumerate(WAYS)}
    ask = study.ask
    if ask.tolerance:
        recorded = recorded_shares(ask.first_year, ask.last_year)
        keep = near(by_way, recorded, ask.tolerance)
        means = (
            f"whereabouts unknown the largest share, and every share of closings within "
            f"{ask.tolerance:g} percentage points of the record of {ask.first_year}-{ask.last_year}"
        )
    else:
        keep = plausible(by_way, LOWEST_SHARE, HIGHEST_SHARE)
        means = (
            "whereabouts unknown the largest share, independent between "
            f"{LOWEST_SHARE:.0%} and {HIGHEST_SHARE:.0%}"
        )
    if keep.sum() < FEWEST_PLAUSIBLE:
        raise InputError(
            f"{int(keep.sum())} of {len(keep)} points are plausible ({means}); at least "
            f"{FEWEST_PLAUSIBLE} are needed. Double N (--double), or look at all with "
            "--all-points."
        )
    said = f"{int(keep.sum())} of {len(keep)} points are plausible and kept: {means}."
    kept = Measured(measure.outcomes, measure.mean[keep], measure.noise[keep])
    return study.sample.points[keep], kept, said


def _emulated(
    study: Study, measure: Measured, outcomes: list[str], said: list[str]
) -> tuple[dict[str, list[Estimates]], pd.DataFrame]:
    """Return the indices of the emulators that proved good enough."""
    every = [
        fitted(
            each,
            study.space,
            study.sample.points,
            measure.of(each),
            measure.noise[:, measure.outcomes.index(each)],
            study.ask.seeds,
        )
        for each in outcomes
    ]
    said += [f"{each.outcome}: emulator {each.words()}." for each in every]
    usable = [each for each in every if each.usable]
    if not usable:
        raise InputError(["No emulator is good enough, so there are no indices.", *said])
    found = emulated(usable, study.space, second_order=study.ask.second_order)
    rows = [(e.outcome, e.q2, e.coverage, e.chance, e.usable, e.words()) for e in every]
    return found, pd.DataFrame(
        rows, columns=["outcome", "q2", "coverage", "chance", "used", "words"]
    )


def factor_frame(space: Space) -> pd.DataFrame:
    """Return the factors with their ranges and the strength of their evidence.

    Parameters
    ----------
    space : Space
        The factors.

    Returns
    -------
    pandas.DataFrame
        Columns `factor, title, role, group, low, high, grade, strength, under,
        alternatives`: how many of these, none of a number.
    """
    rows = []
    for each in space.factors:
        ends = (
            [each.alternatives[0], each.alternatives[-1]]
            if each.alternatives
            else ["", ""]
            if each.role == DUMMY
            else [each.label(0.0), each.label(1.0)]
        )
        rows.append(
            (each.name, each.title, each.role, space.group_of(each.name), *ends, each.grade,
             each.strength, each.under,
             len(each.alternatives))
        )  # fmt: skip
    columns = [
        "factor",
        "title",
        "role",
        "group",
        "low",
        "high",
        "grade",
        "strength",
        "under",
        "alternatives",
    ]
    return pd.DataFrame(rows, columns=columns)


def _points(
    space: Space, points: np.ndarray[Any, np.dtype[np.float64]], measure: Measured
) -> pd.DataFrame:
    """Return coordinates beside what was measured there."""
    left = pd.DataFrame(points, columns=space.names)
    right = pd.DataFrame(measure.mean, columns=[f"outcome:{each}" for each in measure.outcomes])
    return pd.concat([left, right], axis=1)
