"""How lives of the three invented households end, over draws of luck."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.fork import fork
from terugkeer.agents.places import HELD, IS_HELD, UNSHELTERED, labels

from .lives import THREE, live
from .story import weighs

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from terugkeer.abm.world.model import ReturnModel

    from .lives import Life

SEEDS: Final = tuple(range(1, 41))
SEEN: Final = ("place", "stage", "application", "helper", "spell_open")  # by others than oneself
INDEPENDENT: Final = "independent return"
FORCED: Final = "forced departure"
UNSEEN: Final = "left unseen, home or onward"
PERMIT: Final = "permit"
OTHERWISE: Final = "closed as other, not followed"
WITH_FILE: Final = "still here, file open"
WITHOUT_FILE: Final = "still here, no file"
ENDS: Final = (INDEPENDENT, FORCED, UNSEEN, PERMIT, OTHERWISE, WITH_FILE, WITHOUT_FILE)
OF_LEAVING: Final = {
    ("independent", "origin"): INDEPENDENT,
    ("independent", "home_unobserved"): UNSEEN,
    ("forced", "origin"): FORCED,
    ("forced", "member_state"): FORCED,
    ("unobserved", "home_unobserved"): UNSEEN,
    ("unobserved", "onward"): UNSEEN,
    ("permit", "permit"): PERMIT,
}


@dataclass(frozen=True)
class Fate:
    """How one life went in the weeks that were followed.

    Parameters
    ----------
    end : str
        One of `ENDS`.
    unsheltered, held, weighed : int
        Weeks without stable shelter, weeks in detention or closed shelter, and weeks in which
        the household weighed its options.
    adults : dict of str to int
        Of an independent return: how many adults, and how many of them informed, free of
        detention and destitution, with a liveable alternative, with all three, and with return
        as their own first choice. Empty for another end.
    followed : str
        How the return had gone at the last follow-up; empty without one.
    """

    end: str
    unsheltered: int
    held: int
    weighed: int
    adults: dict[str, int]
    followed: str


def fate(life: Life) -> Fate:
    """Return how a life went."""
    places = life.states["place"][1:, 0]
    lived = places[~np.isnan(places)].astype(np.int64)
    left = life.events[life.events["kind"] == "left"]
    told = life.events[life.events["kind"].isin(["fared", "left_again"])]
    if len(left):
        how = str(left["outcome"].iloc[0]), str(left["destination"].iloc[0])
        end = OF_LEAVING.get(how, OTHERWISE)
    else:
        end = WITH_FILE if life.states["spell_open"][-1, 0] else WITHOUT_FILE
    adults: dict[str, int] = {}
    if end == INDEPENDENT:
        held = left["place"].isin(labels(HELD))
        free = ~held & ~left["destitute"]
        adults = {
            "adults": len(left),
            "informed": int(left["informed"].sum()),
            "free": int(free.sum()),
            "alternative": int(left["alternative"].sum()),
            "all three": int((free & left["informed"] & left["alternative"]).sum()),
            "first choice": int(left["willing"].sum()),
        }
    return Fate(
        end,
        int(np.isin(lived, UNSHELTERED).sum()),
        int(IS_HELD[lived].sum()),
        int(weighs(life).sum()),
        adults,
        _last(told),
    )


def _last(told: pd.DataFrame) -> str:
    """Return the last that is told of a return; empty if nothing is."""
    if not len(told):
        return ""
    again = (told["kind"] == "left_again").any()
    return "left_again" if again else str(told["went"].iloc[-1])


@dataclass(frozen=True)
class Pair:
    """One household under both policies with the same luck."""

    seed: int
    lives: tuple[Life, Life]

    @property
    def parts(self) -> int | None:
        """The first week in which anything recorded differs; None if nothing does."""
        return first_difference(self.lives, self.lives[0].states)

    @property
    def parts_visibly(self) -> int | None:
        """The first week in which something that others see differs."""
        return first_difference(self.lives, SEEN)


def first_difference(lives: tuple[Life, Life], columns: Iterable[str]) -> int | None:
    """Return the first week in which two lives differ in some columns; None if they never do.

    Week 1 is the first that is lived.
    """
    first, second = (life.states for life in lives)
    weeks = [
        np.flatnonzero(
            ((first[name] != second[name]) & ~(np.isnan(first[name]) & np.isnan(second[name]))).any(
                axis=1
            )
        )
        for name in columns
    ]
    return min((int(each[0]) for each in weeks if len(each)), default=None)


def pairs(model: ReturnModel, seed: int, *who: str) -> dict[str, Pair]:
    """Return the lives of some of the three under both policies, by key.

    Parameters
    ----------
    model : ReturnModel
        `beginning(seed)`; it stays as it is.
    *who : str
        Keys of `THREE`; all if left out.
    """
    who = who or tuple(THREE)
    record = live(deepcopy(model), *who)
    found = {}
    for name in who:
        world = fork(model, THREE[name].scenario(), registry())
        other = live(world, name)[name]
        found[name] = Pair(seed, (record[name], other))
    return found


def shown(found: list[Pair]) -> Pair:
    """Return the pair of lives that the page tells.

    It is that of the lowest seed in which others see a difference, however it ends; the lowest
    seed of all if there is none.
    """
    return next((each for each in found if each.parts_visibly is not None), found[0])
