"""What newcomers bring: health, agency, money, ties, beliefs, trust and a reservation price.

Each person has a draw of its own, or each household where members share what is
drawn, so that more inflow changes nobody's draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.special import expit, logit, ndtri

from ....agents.age import WEEKS_PER_YEAR
from ....agents.codes import Background, Route, Track
from ....agents.rules.beliefs import biased
from ..blocks import starts
from ..calendar import year_of
from ..chance import Decision
from ..switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..chance import Chance
    from ..countries.origin import OriginConditions
    from ..values import Values

    Columns = dict[str, NDArray[Any]]

HIDDEN_BEFORE: Final = len(Background)  # kinds: the two backgrounds, then those hidden before
# state from 0 to 1: the record of its medians, and what draws it
STATES: Final = {
    "mental": ("mental_at_entry", Decision.MENTAL),
    "physical": ("physical_at_entry", Decision.PHYSICAL),
    "agency": ("agency_at_entry", Decision.AGENCY),
    "ties_nl": ("ties_nl_at_entry", Decision.TIES_NL),
    "ties_origin": ("ties_origin_at_entry", Decision.TIES_ORIGIN),
    "illegality_prospects": ("illegality_prospects_at_entry", Decision.OPTIMISM),
    "threat": ("threat_at_entry", Decision.THREAT),
    "knowledge": ("knowledge_at_entry", Decision.KNOWLEDGE),
    "social_debt": ("social_debt_at_entry", Decision.SOCIAL_DEBT),
    "justice": ("justice_at_entry", Decision.JUSTICE),
    "trust_state": ("trust_state_at_entry", Decision.TRUST_STATE),
    "trust_iom": ("trust_iom_at_entry", Decision.TRUST_IOM),
    "trust_ngo": ("trust_ngo_at_entry", Decision.TRUST_NGO),
    "schooling": ("schooling_at_entry", Decision.SCHOOLING),
    "skills": ("skills_at_entry", Decision.SKILLS),
}
NEARLY: Final = 1e-3  # beliefs are kept this far from 0 and 1, where log odds have no end
DECADE: Final = 10.0  # years


class Endowment:
    """Draws what persons bring when they enter."""

    def __init__(self, chance: Chance, origin: OriginConditions) -> None:
        self._chance = chance
        self._origin = origin

    def columns(
        self, week: NDArray[np.int64], entering: Columns, child: NDArray[np.bool_], now: Values
    ) -> Columns:
        """Return the columns of state of persons who enter.

        A state is `expit(logit(median) + spread * z)` with a standard normal z. Its
        median is given by kind of newcomer, or by track for hope; the spread is in log odds.

        Parameters
        ----------
        week : ndarray of int, shape (persons,)
            Week of entry.
        entering : dict of str to ndarray, shape (persons,)
            Their other columns, members of a household side by side.
        child : ndarray of bool, shape (persons,)
            True for minors.
        """
        kind = np.where(
            entering["route"] == Route.OLDER_HIDDEN, HIDDEN_BEFORE, entering["background"]
        )
        spread = now.number("state_spread_at_entry")
        person, household = entering["key"], entering["household_key"]
        age = (entering["arrival_week"] - entering["birth_week"]) / WEEKS_PER_YEAR
        older = age - now.number("adult_age_median")
        worked = ~child & self._below(
            Decision.WORKED_AT_ORIGIN, person, now.vector("worked_at_origin_share")[kind]
        )
        tilt = {
            "ties_origin": now.number("ties_origin_per_decade") * older / DECADE,
            "skills": now.number("skills_of_work_at_origin") * worked,
        }
        columns: Columns = {}
        for name, (record, decision) in STATES.items():
            median = logit(now.vector(record))[kind] + tilt.get(name, 0.0)
            columns[name] = expit(median + spread * self._normal(decision, person))
        optimism = self._normal(Decision.OPTIMISM, person)
        hope = np.zeros(max(Track) + 1)
        hope[list(Track)] = logit(now.vector("hope_by_track"))
        columns |= {
            "hope": expit(hope[entering["track"]] + spread * optimism),
            "optimism": optimism,
            "worked_at_origin": worked,
            "resilience": self._normal(Decision.RESILIENCE, person),
            "reservation_eur": _reservation(self._once(Decision.RESERVATION, person), now),
            "price_share": np.full(len(week), now.number("reservation_share_at_entry")),
            "wanted_at_home": self._below(
                Decision.WANTED_AT_HOME, household, now.vector("wanted_at_home_share")[kind]
            ),
            "identified": self._below(
                Decision.IDENTIFIED, household, now.vector("identified_share")[kind]
            )
            | entering["document"].astype(np.bool_),
            "stage_since": week,
            "eldest_birth_week": _eldest(entering, child),
        }
        columns |= self._beliefs(week, entering, now)
        return columns | self._money(entering, child, kind, now)

    def _beliefs(self, week: NDArray[np.int64], entering: Columns, now: Values) -> Columns:
        """Return safety and livelihood believed at origin: the truth less the bias, and spread."""
        true_safety, true_livelihood = np.zeros(len(week)), np.zeros(len(week))
        for each in np.unique(week):
            conditions = self._origin.at(year_of(int(each)), now)
            of_week = np.flatnonzero(week == each)
            country = entering["country"][of_week]
            true_safety[of_week] = conditions.safety[country]
            true_livelihood[of_week] = conditions.livelihood[country]
        spread = now.number("belief_spread_at_entry")
        safety_bias, livelihood_bias = biases(now)
        believed = {}
        for name, truth, bias, decision in (
            ("believed_safety", true_safety, safety_bias, Decision.BELIEVED_SAFETY),
            ("believed_livelihood", true_livelihood, livelihood_bias, Decision.BELIEVED_LIVELIHOOD),
        ):
            centre = logit(np.clip(biased(truth, bias), NEARLY, 1.0 - NEARLY))
            believed[name] = expit(centre + spread * self._normal(decision, entering["key"]))
        return believed

    def _money(
        self, entering: Columns, child: NDArray[np.bool_], kind: NDArray[np.int64], now: Values
    ) -> Columns:
        """Return journey cost, debt and savings; adults carry the debt for their children."""
        household = entering["household_key"]
        starts = _starts(entering)
        members = np.diff(starts, append=len(child))
        adults = np.add.reduceat(~child, starts) if len(starts) else members
        for_each = np.where(child, 0.0, np.repeat(members / np.maximum(adults, 1), members))
        cost = now.vector("journey_cost_median")[kind] * np.exp(
            now.number("journey_cost_log_sd") * self._normal(Decision.JOURNEY_COST, household)
        )
        share = expit(
            logit(now.vector("journey_debt_share"))[kind]
            + now.number("state_spread_at_entry") * self._normal(Decision.DEBT_SHARE, household)
        )
        savings = now.vector("savings_median_at_entry")[kind] * np.exp(
            now.number("savings_log_sd") * self._normal(Decision.SAVINGS, household)
        )
        return {
            "journey_cost_eur": cost,
            "debt_eur": cost * share * for_each,
            "savings_eur": np.where(child, 0.0, savings),
        }

    def _once(self, decision: Decision, key: NDArray[np.uint64]) -> NDArray[np.float64]:
        return self._chance.uniform(decision, 0, key)

    def _normal(self, decision: Decision, key: NDArray[np.uint64]) -> NDArray[np.float64]:
        return np.asarray(ndtri(self._once(decision, key)))

    def _below(
        self, decision: Decision, key: NDArray[np.uint64], share: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        return np.asarray(self._once(decision, key) < share)


def biases(now: Values) -> tuple[float, float]:
    """Return by how much safety and livelihood at origin are believed worse than they are.

    Returns
    -------
    tuple of float
        Bias of safety and of livelihood; both 0 if the switch makes beliefs accurate.
    """
    share = float(chosen(now, "believed_insecurity")())
    return share * now.number("safety_bias"), share * now.number("livelihood_bias")


def _reservation(uniform: NDArray[np.float64], now: Values) -> NDArray[np.float64]:
    """Return the euro from which assistance counts; inf for persons whom money never moves.

    In the order of the uniform: never (inf), then high prices, then low ones; the two ranges
    are loguniform.
    """
    never = now.number("reservation_never_share")
    high = now.number("reservation_high_share")
    bottom, edge = now.number("reservation_lowest_eur"), now.number("reservation_high_eur")
    top = now.number("reservation_highest_eur")
    within_high = np.clip((uniform - never) / high, 0.0, 1.0)
    within_low = np.clip((uniform - never - high) / (1.0 - never - high), 0.0, 1.0)
    return np.select(
        [uniform < never, uniform < never + high],
        [np.inf, edge * (top / edge) ** within_high],
        bottom * (edge / bottom) ** within_low,
    )


def _starts(entering: Columns) -> NDArray[np.intp]:
    """Return where each household begins."""
    return np.flatnonzero(starts(entering["household"]))


def _eldest(entering: Columns, child: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the birth week of the household's eldest child, or of its first member."""
    starts, birth = _starts(entering), entering["birth_week"]
    if not len(starts):
        return np.asarray(birth)
    grown = np.iinfo(np.int64).max
    eldest = np.minimum.reduceat(np.where(child, birth, grown), starts)
    eldest = np.where(eldest == grown, birth[starts], eldest)
    return np.repeat(eldest, np.diff(starts, append=len(birth)))
