"""The plan of an analysis: points in its design space, and the runs that they need."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ...abm.errors import InputError
from ...abm.space.factors import TOGETHER, chosen_space
from ...abm.space.outcomes import chosen_outcomes
from ...abm.space.planned import Planned, Setting, planned, union
from ...abm.space.sample import Sample, crossed, scattered, trajectories
from ...abm.space.space import DUMMY
from ...abm.world.scenario import load_scenario
from ...calibration.near_record import recorded_shares
from .plausible import FEWEST_PLAUSIBLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...abm.evidence.registry import Registry
    from ...abm.runs.design import Design
    from ...abm.space.space import Space
    from .question import Question

WIDTHS: Final = (0.5, 2.0)  # what `--widths` multiplies the spread of priors by


@dataclass(frozen=True)
class Study:
    """A design space with its sample and runs.

    Parameters
    ----------
    others : mapping of float to Study, optional
        The same analysis by what the spread of every prior is multiplied by.
    """

    question: Question
    space: Space
    sample: Sample
    plan: Planned
    others: Mapping[float, Study] = field(default_factory=dict)

    def design(self) -> Design:
        """Return all runs, those of other widths too, each once."""
        return union([self.plan, *(each.plan for each in self.others.values())])


def setting_of(question: Question, registry: Registry) -> Setting:
    """Return what all runs of an analysis share."""
    scenario = load_scenario(question.scenario, registry)
    return Setting(
        scenario, question.scale, question.first_year, question.last_year, question.seeds
    )


def study_of(question: Question, registry: Registry) -> Study:
    """Plan an analysis with one sample: screen, sobol or pawn.

    Raises
    ------
    InputError
        If factors or outcomes are unknown, or a number is too small or no power of two.
    """
    study = _study(question, registry, 1.0)
    if not question.widths:
        return study
    return replace(study, others={each: _study(question, registry, each) for each in WIDTHS})


def _study(question: Question, registry: Registry, width: float) -> Study:
    space = chosen_space(registry, question.factors, question.groups, width)
    chosen_outcomes(question.outcome)
    if question.tolerance:
        recorded_shares(question.first_year, question.last_year)
    if question.widths and set(space.names) <= {*registry.levers, DUMMY}:
        raise InputError("--widths: a lever has no prior to halve or double. Leave it out.")
    sample = _sample(question, space)
    values = [space.changes(point) for point in sample.points]
    plan = planned(values, sample.sets.tolist(), setting_of(question, registry), registry)
    return Study(question, space, sample, plan)


def _sample(question: Question, space: Space) -> Sample:
    """Return the points that the method needs."""
    number = question.number
    if question.method == "screen":
        return trajectories(space, number)
    if number < 2 or number & (number - 1):  # noqa: PLR2004 - a power of two
        raise InputError(f"--n {number}: give a power of two, such as 64, 256 or 1024.")
    if question.method == "sobol" and not question.emulator:
        return crossed(space, number, second_order=question.second_order)
    if question.plausible and number < FEWEST_PLAUSIBLE:
        raise InputError(
            f"--n {number}: {FEWEST_PLAUSIBLE} points must be left when implausible ones are "
            "left out. Give more, or look at all with --all-points."
        )
    if question.groups:
        raise InputError("--group: groups need the crossed sample of plain sobol.")
    if set(space.alone()) <= {DUMMY}:
        raise InputError(f"--factors {question.factors}: {TOGETHER}")
    return scattered(space, number)
