"""Each factor's effect under each alternative of contested switches: which conclusions survive."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...abm.errors import InputError
from ...abm.evidence.timeline import Timeline
from ...abm.evidence.value import like
from ...abm.space.factors import LEVERS, TOGETHER, chosen_space
from ...abm.space.measured import by_seed
from ...abm.space.outcomes import chosen_outcomes
from ...abm.space.planned import planned
from ...abm.space.space import DUMMY, in_order
from ...abm.world.arrivals.inflow import SPIN_UP_YEARS
from .pairs import LEVEL, grain_of, interval
from .study import setting_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.evidence.registry import Registry
    from ...abm.evidence.value import Value
    from ...abm.runs.store import Store
    from ...abm.space.planned import Planned, Setting
    from ...abm.space.space import Factor, Point, Space
    from .question import Question

NULL: Final = "no clear effect"
STANDING: Final = "as it stands"
MOST_ALTERNATIVES: Final = 64
ENDS: Final = (0.0, 1.0)
TAKES: Final = ("fades", "reverses")


def _alternatives(question: Question, registry: Registry, setting: Setting) -> dict[str, Point]:
    """Return what each alternative sets switches to; first the one that stands."""
    space = chosen_space(registry, question.switches)
    switches = [each for each in space.factors if each.name != DUMMY]
    wrong = [each.name for each in switches if not each.alternatives]
    if wrong:
        raise InputError(f"--switches: {', '.join(wrong)} has no alternatives to choose from.")
    held = _in_force(registry, setting)
    several = [_of_switch(each, held) for each in switches]
    if not question.factorial:
        others = [one for some in several for one in some[1:]]
        return {STANDING: (), **dict(others)}
    number = int(np.prod([len(some) for some in several]))
    if number > MOST_ALTERNATIVES:
        raise InputError(
            f"--factorial: {number} combinations; name fewer switches, for at most "
            f"{MOST_ALTERNATIVES}."
        )
    first, *others = (
        (", ".join(name for name, _ in some), in_order(each for _, one in some for each in one))
        for some in product(*several)
    )
    return {STANDING: first[1], **dict(others)}


def _in_force(registry: Registry, setting: Setting) -> list[dict[str, Value]]:
    """Return the values that hold under the scenario, on the first day and after each change."""
    course = Timeline(registry, setting.scenario.entries)
    start, end = date(setting.first_year - SPIN_UP_YEARS, 1, 1), date(setting.last_year, 12, 31)
    return [course.at(day) for day in (start, *course.changes()) if start <= day <= end]


def _of_switch(switch: Factor, held: list[dict[str, Value]]) -> list[tuple[str, Point]]:
    """Return the alternatives of a switch by name, first the one that holds all the time.

    Where a scenario changes the switch within the years, none does: then all of them stand beside
    the scenario as it is.
    """
    k = len(switch.alternatives)
    places = [(each + 0.5) / k for each in range(k)]
    found = [(f"{switch.name}={switch.label(u)}", switch.at(u)) for u in places]
    standing = [
        (name, point)
        for name, point in found
        if all(
            repr(now[each.target]) == repr(like(each.value, now[each.target]))
            for now in held
            for each in point
        )
    ][:1] or [(f"{switch.name} {STANDING}", ())]
    return [*standing, *(each for each in found if each not in standing)]


def _steps(factor: Factor) -> dict[str, tuple[float, float]]:
    """Return the low and high coordinate of each step: of alternatives the first and another."""
    k = len(factor.alternatives)
    if not k:
        return {factor.name: ENDS}
    several = enumerate(factor.alternatives[1:], start=1)
    return {f"{factor.name}={name}": (0.5 / k, (place + 0.5) / k) for place, name in several}


def _told(space: Space) -> list[Factor]:
    """Return the factors that are told one by one: not the dummy, and no part by country."""
    alone = space.alone()
    factors = [each for each in space.factors if each.name != DUMMY and each.name in alone]
    if not factors:
        raise InputError(f"--factors: {TOGETHER}")
    return factors


def crossed_alternatives(question: Question, registry: Registry) -> tuple[pd.DataFrame, Planned]:
    """Plan both ends of every factor under every alternative; all with the same seeds.

    Returns
    -------
    tuple of (pandas.DataFrame, Planned)
        Columns `factor, reading, end`, a row for each point, and its runs.
    """
    setting = setting_of(question, registry)
    alternatives = _alternatives(question, registry, setting)
    factors = _told(chosen_space(registry, question.factors))
    contested = {each.target for point in alternatives.values() for each in point}
    both = [each.name for each in factors if contested & set(each.moves)]
    if both and question.factors.strip() != LEVERS:
        raise InputError(f"--factors: {', '.join(both)} moves what is among the --switches too.")
    factors = [each for each in factors if each.name not in both]
    rows, values = [], []
    for factor in factors:
        for label, ends in _steps(factor).items():
            for name, settings in alternatives.items():
                for end, u in zip(ENDS, ends, strict=True):
                    rows.append((label, name, end))
                    values.append(in_order([*settings, *factor.at(u)]))
    plan = planned(values, [0] * len(values), setting, registry)
    return pd.DataFrame(rows, columns=["factor", "reading", "end"]), plan


def effects(question: Question, where: pd.DataFrame, plan: Planned, store: Store) -> pd.DataFrame:
    """Return what each factor does from its low to its high end under each alternative.

    A factor that is not a number has a row for each alternative but the first,
    which it is compared with.

    Parameters
    ----------
    where : pandas.DataFrame
        Of `crossed_alternatives`.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, factor, reading` and those of `compared`.
    """
    outcomes = chosen_outcomes(question.outcome)
    found = by_seed(store, plan, outcomes)
    parts = []
    for place, outcome in enumerate(outcomes):
        for factor, rows in where.groupby("factor", sort=False):
            low, high = (found[rows.index[rows["end"] == end], :, place] for end in ENDS)
            table = compared(low, high, grain_of(outcome, question.scale))
            names = rows["reading"].drop_duplicates().to_numpy()
            parts.append(table.assign(outcome=outcome, factor=factor, reading=names))
    whole = pd.concat(parts, ignore_index=True)
    return whole[["outcome", "factor", "reading", *parts[0].columns[:-3]]]


def compared(
    low: NDArray[np.float64], high: NDArray[np.float64], grain: float = 0.0
) -> pd.DataFrame:
    """Return one factor's effect on one outcome under each alternative, beside the first.

    Alternatives have the same seeds, so their effects are compared seed by seed:
    two labels, `raises` here and `no clear effect` there, often differ where
    effects do not. Differences have Student intervals that hold together, with
    95 %, for all `m` other alternatives (each at `1 - 0.05 / m`).

    Parameters
    ----------
    low, high : ndarray of float64, shape (n_alternatives, n_seeds)
        The outcome at both ends of the factor; first the alternative that stands.
    grain : float, optional
        The least that a standard deviation is taken for.

    Returns
    -------
    pandas.DataFrame
        By alternative `effect, low, high, says` (`raises` or `lowers` where the
        95 % interval does not contain 0, else `no clear effect`), and of its
        difference from the first `difference, difference_low, difference_high,
        differs`: whether that interval does not contain 0.
    """
    effect = high - low
    size = float(np.abs(low).max())
    level = 1 - (1 - LEVEL) / max(len(effect) - 1, 1)
    rows = []
    for place, each in enumerate(effect):
        mean, down, up = interval(each, size, grain)
        says = "raises" if down > 0 else "lowers" if up < 0 else NULL
        apart = (np.nan, np.nan, np.nan)
        if place:
            apart = interval(each - effect[0], size, grain, level)
        rows.append((mean, down, up, says, *apart, apart[1] > 0 or apart[2] < 0))
    columns = ["effect", "low", "high", "says"]
    more = ["difference", "difference_low", "difference_high", "differs"]
    return pd.DataFrame(rows, columns=[*columns, *more])


def conclusions(found: pd.DataFrame) -> pd.DataFrame:
    """Return which conclusions survive the dispute.

    Parameters
    ----------
    found : pandas.DataFrame
        Of `effects`.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, factor, says, survives, fades_in, reverses_in,
        arises_in, holds, not_told_apart, words`. What the first alternative
        `says` survives if it is clear (`yes`, or `no`; nothing is said of a
        null) and no alternative takes it away: there `fades_in` names those whose
        difference is clear and goes against the effect, `reverses_in` those of
        them with a clear effect the other way. Of the others, the effect
        `holds` in so many, being clear there too, and so many are
        `not_told_apart`. `arises_in` names alternatives under which an effect is
        clear, and clearly other than the null that stands.
    """
    rows = [
        (outcome, factor, *_concluded(some))
        for (outcome, factor), some in found.groupby(["outcome", "factor"], sort=False)
    ]
    columns = ["says", "survives", "fades_in", "reverses_in", "arises_in", "holds"]
    return pd.DataFrame(rows, columns=["outcome", "factor", *columns, "not_told_apart", "words"])


def _concluded(some: pd.DataFrame) -> tuple[object, ...]:
    """Return what one effect comes to, from `says` on."""
    first, others = some.iloc[0], some.iloc[1:]
    says, sign = str(first["says"]), np.sign(first["effect"])
    clear, differs = others["says"] != NULL, others["differs"].astype(bool)
    within = f"interval {first['low']:.4g} to {first['high']:.4g}"
    if says == NULL:
        arises = "; ".join(others.loc[clear & differs, "reading"])
        words = f"{NULL} as it stands ({within})" + (f"; clear in {arises}" if arises else "")
        untold = int((~(clear & differs)).sum())
        return says, "", "", "", arises, 0, untold, words
    against = differs & (np.sign(others["difference"]) != sign)
    same = clear & (others["says"] == says)
    reversed_ = against & clear & ~same
    faded = against & ~reversed_
    holds = int((same & ~faded).sum())
    untold = int((~(same | against)).sum())
    names = ["; ".join(others.loc[each, "reading"]) for each in (faded, reversed_)]
    parts = [f"holds in {holds} of {len(others)} other alternatives"] if len(others) else []
    parts += [f"{word} in {named}" for word, named in zip(TAKES, names, strict=True) if named]
    parts += [f"not told apart in {untold}"] if untold else []
    words = "; ".join(
        [
            f"{says} as it stands ({first['effect']:.4g}, {within})",
            *([", ".join(parts)] if parts else []),
        ]
    )
    survives = "no" if any(names) else "yes"
    return says, survives, *names, "", holds, untold, words
