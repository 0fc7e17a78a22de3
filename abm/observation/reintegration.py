"""Reintegration by type of help, and what came of plans, of persons who returned independently.

The table of monitoring counts as the subsidy decision of 2015 asks of projects (s1 B10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents import codes
from ...agents.codes import Help
from ...agents.rules.after_return import unpack, unpack_help
from ...agents.rules.plans import CATEGORIES
from ..world.events import Event
from .events import years_of
from .items import Items
from .observer import (
    DIMENSIONS,
    Observed,
    Observer,
    Units,
    labelled,
    nobody_weighs,
    only_weighed,
)
from .returns import CHECKS, LOW

if TYPE_CHECKING:
    from numpy.typing import NDArray

REINTEGRATION: Final = "reintegration"
MONITORING: Final = "monitoring"
MONITORED_FROM: Final = 2015  # year of return: the framework belongs to the decision of that year
# types of help, never single organisations; most are pairs of with and without
HELP: Final = (
    "plan",
    "no_plan",
    "training",
    "no_training",
    "aftercare",
    "no_aftercare",
    "in_kind",
    "cash_alone",
    "no_grant",
)
FARED: Final = ("followed", "sustained", "left_again", *LOW)
NO_CATEGORY: Final = ("left_again", "no_plan")
CAME_OF: Final = tuple(codes.label(each) for each in CATEGORIES)


def item(with_help: str, what: str, check: int) -> str:
    """Name a row of the table `reintegration`.

    Parameters
    ----------
    with_help : str
        One of `HELP`.
    what : str
        One of `FARED`, or of `CAME_OF` for `plan`.
    check : int
        One of `CHECKS`, weeks since the return.

    Returns
    -------
    str
        Such as `training:sustained_52w`.
    """
    return f"{with_help}:{what}_{check}w"


def _with(plan: NDArray[np.uint8], had: NDArray[np.bool_]) -> dict[str, NDArray[np.bool_]]:
    """Return who had each type of help, by name."""
    trained, cared, in_kind, cash = (had[:, each] for each in Help)
    planned = plan != codes.Plan.NONE
    pairs = [planned, ~planned, trained, ~trained, cared, ~cared]
    masks = [*pairs, in_kind, cash & ~in_kind, ~cash & ~in_kind]
    return dict(zip(HELP, masks, strict=True))


def _reintegration(observed: Observed) -> list[Units]:
    if nobody_weighs(observed):
        return []
    fared = observed.events.of(Event.FARED)
    fared = fared.where(fared["outcome"] == codes.Outcome.INDEPENDENT)
    levels, went, _ = unpack(fared["fared"])
    plan, had = unpack_help(fared["fared"])
    holds = {
        "followed": np.ones(len(fared), dtype=np.bool_),
        "sustained": went == codes.Went.SUSTAINED,
        "left_again": went == codes.Went.LEFT_AGAIN,
    }
    for each in codes.Dimension:
        holds[f"low_{codes.label(each)}"] = levels[:, each] == codes.Embeddedness.LOW
    weeks, code = np.unique(np.rint(fared["weeks"]).astype(int), return_inverse=True)
    check = Items(code, tuple(f"_{week}w" for week in weeks))
    found = [
        labelled(fared.where(mask & also), (f"{name}:{what}" + check)[mask & also])
        for name, mask in _with(plan, had).items()
        for what, also in holds.items()
    ]
    for category in CATEGORIES:
        mask = plan == category
        found.append(labelled(fared.where(mask), (f"plan:{codes.label(category)}" + check)[mask]))
    return found


def _monitoring(observed: Observed) -> list[Units]:
    if nobody_weighs(observed):
        return []
    fared = observed.events.of(Event.FARED)
    returned = years_of(fared["week"] - np.rint(fared["weeks"]).astype(np.int64))
    _, had = unpack_help(fared["fared"])
    of_projects = had[:, (Help.TRAINING, Help.AFTERCARE, Help.IN_KIND)].any(axis=1)
    of_projects &= fared["outcome"] == codes.Outcome.INDEPENDENT
    fared = fared.where(of_projects & (returned >= MONITORED_FROM))
    plan, _ = unpack_help(fared["fared"])
    _, went, _ = unpack(fared["fared"])
    left_again = went == codes.Went.LEFT_AGAIN
    found = {"followed": np.ones(len(fared), dtype=np.bool_)}
    found |= {codes.label(each): plan == each for each in CATEGORIES}
    found |= {"left_again": left_again, "no_plan": (plan == codes.Plan.NONE) & ~left_again}
    weeks = np.rint(fared["weeks"]).astype(int)
    return [
        labelled(fared.where(mask & (weeks == check)), f"{what}_{check}w")
        for what, mask in found.items()
        for check in np.unique(weeks).tolist()
    ]


MONITORING_ITEMS: Final = tuple(
    f"{what}_{check}w" for check in CHECKS for what in ("followed", *CAME_OF, *NO_CATEGORY)
)
REINTEGRATION_ITEMS: Final = (
    *(item(each, what, check) for each in HELP for check in CHECKS for what in FARED),
    *(item("plan", what, check) for check in CHECKS for what in CAME_OF),
)

REINTEGRATION_TABLES: Final = (
    Observer(
        table=REINTEGRATION,
        items=REINTEGRATION_ITEMS,
        population="persons who truly returned to their origin independently",
        unit="person",
        year_rule="year of the follow-up, half a year or a year after the return",
        rounding=0,
        blind_spots=(
            "No Dutch follow-up exists, and no project has published what came of its plans: a "
            "plausible picture, not a finding. Persons with and without a type of help differ in "
            "other things too, so their difference is no effect of that help; compare runs. "
            "`no_grant` had neither cash nor help in kind. Persons who have left again count "
            "under `followed` and `left_again` only: their plan counts under no category. No row "
            "is of a single organisation."
        ),
        source="own (ODD: After return)",
        count=_reintegration,
        dimensions=DIMENSIONS,
        cannot_tell=only_weighed(REINTEGRATION_ITEMS),
    ),
    Observer(
        table=MONITORING,
        items=MONITORING_ITEMS,
        population=(
            "persons who returned independently from 2015 on with help in kind, training or "
            "aftercare of a project"
        ),
        unit="person",
        year_rule="year of the follow-up, half a year or a year after the return",
        rounding=0,
        blind_spots=(
            "The categories are those of the framework for subsidised projects, of which no result "
            "was published: a plausible picture, not a finding. Here everybody is reached and "
            "every answer is true; projects report on themselves, and how many people they no "
            "longer find is in no source. The items after `followed` add up to it. How people "
            "value the project is not asked. Counting moves nobody."
        ),
        source="own (s1 B10)",
        count=_monitoring,
        dimensions=DIMENSIONS,
        cannot_tell=only_weighed(MONITORING_ITEMS),
    ),
)
