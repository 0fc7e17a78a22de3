"""Each factor's effect under each reading of what is contested: which conclusions survive."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...abm.errors import InputError
from .factors import LEVERS, chosen_space
from .measured import by_seed, planned
from .outcomes import chosen_outcomes
from .pairs import interval
from .space import DUMMY, in_order, value_label
from .study import setting_of

if TYPE_CHECKING:
    from ...abm.evidence.registry import Registry
    from ...abm.runs.store import Store
    from .ask import Ask
    from .measured import Planned
    from .space import Factor, Point

NULL: Final = "no clear effect"
STANDING: Final = "as it stands"
MOST_READINGS: Final = 64
ENDS: Final = (0.0, 1.0)


def _readings(ask: Ask, registry: Registry) -> dict[str, Point]:
    """Return what switches are set to in each reading; nothing in the one that stands."""
    space = chosen_space(registry, ask.switches)
    switches = [each for each in space.factors if each.name != DUMMY]
    wrong = [each.name for each in switches if not each.alternatives]
    if wrong:
        raise InputError(f"--switches: {', '.join(wrong)} has no alternatives to choose from.")
    if ask.factorial:
        number = int(np.prod([len(each.alternatives) for each in switches]))
        if number > MOST_READINGS:
            raise InputError(
                f"--factorial: {number} readings; name fewer switches, for at most {MOST_READINGS}."
            )
        several = [_settings(each) for each in switches]
        return {
            ", ".join(name for name, _ in some): in_order(each for _, one in some for each in one)
            for some in product(*several)
        }
    found: dict[str, Point] = {STANDING: ()}
    for each in switches:
        standing = value_label(registry[each.name].value or False)
        found |= {name: some for name, some in _settings(each) if name != f"{each.name}={standing}"}
    return found


def _settings(switch: Factor) -> list[tuple[str, Point]]:
    k = len(switch.alternatives)
    places = [(each + 0.5) / k for each in range(k)]
    return [(f"{switch.name}={switch.label(u)}", switch.at(u)) for u in places]


def _steps(factor: Factor) -> dict[str, tuple[float, float]]:
    """Return the low and high coordinate of each step: of alternatives the first and another."""
    k = len(factor.alternatives)
    if not k:
        return {factor.name: ENDS}
    several = enumerate(factor.alternatives[1:], start=1)
    return {f"{factor.name}={name}": (0.5 / k, (place + 0.5) / k) for place, name in several}


def crossed_readings(ask: Ask, registry: Registry) -> tuple[pd.DataFrame, Planned]:
    """Plan both ends of every factor under every reading; all with the same seeds.

    Parameters
    ----------
    ask : Ask
        What is asked.
    registry : Registry
        The evidence.

    Returns
    -------
    tuple of (pandas.DataFrame, Planned)
        Columns `factor, reading, end`, a row for each point, and its runs.
    """
    readings = _readings(ask, registry)
    factors = [each for each in chosen_space(registry, ask.factors).factors if each.name != DUMMY]
    contested = {each.target for point in readings.values() for each in point}
    both = [each.name for each in factors if contested & set(each.moves)]
    if both and ask.factors.strip() != LEVERS:
        raise InputError(f"--factors: {', '.join(both)} moves what is among the --switches too.")
    factors = [each for each in factors if each.name not in both]
    rows, values = [], []
    for factor in factors:
        for label, ends in _steps(factor).items():
            for reading, settings in readings.items():
                for end, u in zip(ENDS, ends, strict=True):
                    rows.append((label, reading, end))
                    values.append(in_order([*settings, *factor.at(u)]))
    plan = planned(values, [0] * len(values), setting_of(ask, registry), registry)
    return pd.DataFrame(rows, columns=["factor", "reading", "end"]), plan


def effects(ask: Ask, where: pd.DataFrame, plan: Planned, store: Store) -> pd.DataFrame:
    """Return what each factor does from its low to its high end under each reading.

    A factor that is no number has a row for each alternative but the first,
    which it is compared with.

    Parameters
    ----------
    ask : Ask
        What was asked.
    where : pandas.DataFrame
        Of `crossed_readings`.
    plan : Planned
        Its runs.
    store : Store
        Holds them.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, factor, reading, effect, low, high, says`; `says` is
        `raises` or `lowers` where the interval over paired seeds holds no
        zero, else `no clear effect`.
    """
    outcomes = chosen_outcomes(ask.outcome)
    found = by_seed(store, plan, outcomes)
    low, high = (where.index[where["end"] == end] for end in ENDS)
    rows = []
    for place, outcome in enumerate(outcomes):
        for first, last in zip(low, high, strict=True):
            mean, down, up = interval(
                found[last, :, place] - found[first, :, place],
                float(np.abs(found[first, :, place]).max()),
            )
            says = "raises" if down > 0 else "lowers" if up < 0 else NULL
            rows.append(
                (outcome, where["factor"][first], where["reading"][first], mean, down, up, says)
            )  # fmt: skip
    columns = ["outcome", "factor", "reading", "effect", "low", "high", "says"]
    return pd.DataFrame(rows, columns=columns)


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
        arises_in`: what the first reading says, whether all say the same, and
        in which readings the effect is no longer clear, or the opposite, or
        clear where it was not.
    """
    rows = []
    for (outcome, factor), some in found.groupby(["outcome", "factor"], sort=False):
        says = str(some["says"].iloc[0])
        clear = some["says"] != NULL
        other = some[some["says"] != says]
        differs = other[clear.loc[other.index]]
        faded = other[~clear.loc[other.index]]
        null = says == NULL
        rows.append(
            {
                "outcome": outcome,
                "factor": factor,
                "says": says,
                "survives": other.empty,
                "fades_in": "; ".join(faded["reading"]),
                "reverses_in": "" if null else "; ".join(differs["reading"]),
                "arises_in": "; ".join(differs["reading"]) if null else "",
            }
        )
    return pd.DataFrame(rows)
