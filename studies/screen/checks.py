"""What the evidence sheets expect, beside what the model does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .cells import Cell
    from .runs import Screened

SCHOOL_INDEPENDENT: Final = (0.45, 0.8)  # range of x5 A1
SCHOOL_FORCED: Final = (0.2, 0.5)  # around 0.33 of x5 A2
LONG_STAY: Final = 78  # weeks
SURVEYED: Final = (0.05, 0.25)  # share considering return: 9 % and 20 % of two surveys, with room
GIVEN_UP: Final = 0.26  # of applications to IOM: 8 % withdrawn, 18 % refused
LIMITED: Final = 0.1  # of independent returns; the sheets say no more than "limited"
FLAT: Final = 0.05  # of independent returns: what counts as no change


@dataclass(frozen=True)
class Check:
    """One expectation of the sheets.

    Parameters
    ----------
    name, model, sheet : str
        What is compared; what the model does; what the sheets say, with locator.
    holds : bool
        Whether the two agree within the tolerance of this page.
    otherwise : str
        What to think of it where they don't agree.
    """

    name: str
    model: str
    sheet: str
    holds: bool
    otherwise: str


class Effects:
    """Effects of settings on one outcome, by the name of the cell."""

    def __init__(self, every: Sequence[Cell], found: Screened) -> None:
        self._place = {cell.name: place for place, cell in enumerate(every)}
        self._found = found
        self.level = found.levels.mean()

    def of(self, name: str, outcome: str = "returned_independent") -> float:
        """Return a difference from the baseline, in the unit of the outcome."""
        return float(self._found.differences[outcome].iloc[self._place[name]])

    def span(self, low: str, high: str, outcome: str = "returned_independent") -> float:
        """Return by how much two ends differ.

        Parameters
        ----------
        low, high : str
            Names of the cells; an empty one is the baseline.
        """
        ends = [self.of(each, outcome) if each else 0.0 for each in (low, high)]
        return ends[1] - ends[0]


def checks(every: Sequence[Cell], found: Screened, lived: pd.DataFrame) -> list[Check]:
    """Return all expectations, in the order of the page.

    Parameters
    ----------
    lived : pandas.DataFrame
        A row for each seed of the baseline: numbers of `readings.read`.
    """
    effects, seen = Effects(every, found), lived.mean()
    return [
        *_families(seen),
        *_reasons(effects, seen),
        *_shelter(effects, seen),
        *_outcomes(seen),
    ]


def _families(seen: pd.Series[float]) -> list[Check]:
    """Return what families are expected to do."""
    independent, forced = seen["school_independent"], seen["school_forced"]
    years = [seen[f"family_location_year_{year}"] for year in (1, 2, 3)]
    stay = seen["family_location_stay"]
    return [
        Check(
            "recorded independent departure of adults with a child at school, divided by that of "
            "single adults, within two years of the refusal",
            f"{independent:.2f}",
            "0.59, 0.45-0.8 (x5 A1)",
            SCHOOL_INDEPENDENT[0] <= independent <= SCHOOL_INDEPENDENT[1],
            "finding: it follows from the weight of school children and from family locations "
            "together",
        ),
        Check(
            "recorded forced departure, the same ratio",
            f"{forced:.2f}",
            "0.33 (x5 A2); here 0.2-0.5",
            SCHOOL_FORCED[0] <= forced <= SCHOOL_FORCED[1],
            "fault: `family_forced_ratio` multiplies planned removals only. Families stay where "
            "they can be found and single people lose reception, so the ratio that comes out is "
            "not the one put in",
        ),
        Check(
            "weekly hazard of independent return from a family location, in the first, second and "
            "third year of stay",
            ", ".join(f"{100 * each:.2f} %" for each in years),
            "declines; independent departures come within the first year (s4 H12)",
            years[0] > years[1] >= years[2],
            "fault: families do not become settled",
        ),
        Check(
            "mean length of the stays in family locations that end in 2011-15, weeks",
            f"{stay:.0f}",
            "two and a half to three years (s4 H12); here at least one and a half",
            stay >= LONG_STAY,
            "finding: planned removals, vanishing and other closings end stays within a year",
        ),
    ]


def _reasons(effects: Effects, seen: pd.Series[float]) -> list[Check]:
    """Return how reasons are expected to compare in size."""
    ranks = seen[[name for name in seen.index if name.startswith("with_")]].abs()
    ranks = ranks.rank(ascending=False)
    health = min(ranks["with_mental"], ranks["with_physical"])
    cash = effects.span("`assistance_cash_adult` = 0", "")
    cash_range = abs(effects.span("`assistance_cash_adult` = 0", "`assistance_cash_adult` = 8000"))
    talks = abs(effects.span("`talk_weight` = 0", "`talk_weight` = 0.8"))
    health_range = abs(effects.span("`health_pessimism` = 0", "`health_pessimism` = 0.6"))
    safety = abs(effects.span("`origin_safety_change` = -0.3", "`origin_safety_change` = 0.3"))
    family = abs(effects.span("all of deter, family x 0", "all of deter, family x 3"))
    network = abs(effects.span("`factor_host_network` x 0", "`factor_host_network` x 3"))
    longer = f"origin {safety:,.0f}, family {family:,.0f}, networks {network:,.0f}"
    return [
        Check(
            "rank of health among fifteen characteristics of refused adults of asylum background, "
            "by correlation with what return gains on waiting",
            f"{health:.0f} (mental {seen['with_mental']:+.2f}, physical "
            f"{seen['with_physical']:+.2f}; safety {seen['with_believed_safety']:+.2f})",
            "the one factor called strong; among the largest (s2 L723, H5)",
            health <= 3,  # noqa: PLR2004 - among the largest: the first three
            "finding: health acts through beliefs and capacity alone, so it correlates little with "
            "what return is worth; the weight that the sheets give it is not reached",
        ),
        Check(
            "independent returns a year that cash of 1,750 euro adds",
            f"{cash:+,.0f} ({100 * cash / effects.level['returned_independent']:+.1f} %)",
            "positive but limited (s2 H2, L603); here below 10 %",
            0 <= cash <= LIMITED * effects.level["returned_independent"],
            "finding: more than limited, or of the other sign",
        ),
        Check(
            "span of cash from 0 to 8,000 euro, against the spans of health and safety",
            f"{cash_range:,.0f}; health {health_range:,.0f}, safety {safety:,.0f}",
            "below both (s2 H2)",
            cash_range < min(health_range, safety),
            "finding: assistance outweighs health, over the ranges that this page chose",
        ),
        Check(
            "span of talks and of cash, against the spans of origin, family and networks",
            f"talks {talks:,.0f}, cash {cash_range:,.0f}; {longer}",
            "counselling and assistance below the others (x5 A13)",
            max(talks, cash_range) < min(safety, family, network),
            "finding: the order of sizes is not that of the sheets",
        ),
        Check(
            "span of origin, family and networks",
            longer,
            "all move independent departure (x5 A13)",
            min(safety, family, network) > 0,
            "fault: a reason that the sheets name first has no effect",
        ),
    ]


def _shelter(effects: Effects, seen: pd.Series[float]) -> list[Check]:
    """Return what shelter and its end are expected to do."""
    level = effects.level["returned_independent"]
    found = []
    for name, low in (
        ("no family locations", "`family_location_open` = no"),
        ("a departure term of 1 week instead of 4", "`departure_term_weeks` = 1"),
    ):
        returned, unseen = effects.of(low), effects.of(low, "unobserved")
        found.append(
            Check(
                f"ending shelter: {name}",
                f"independent returns {returned:+,.0f}, files closed with whereabouts unknown "
                f"{unseen:+,.0f}",
                "more out of sight, independent departure flat (s4 H19)",
                unseen > 0 and returned <= FLAT * level,
                "finding or fault: see the row of this setting",
            )
        )
    street, sheltered = seen["hazard_street"], seen["hazard_sheltered"]
    return [
        *found,
        Check(
            "weekly hazard of independent return with an open file: on the street or in night "
            "shelter, against shelter after the refusal",
            f"{100 * street:.2f} % against {100 * sheltered:.2f} %",
            "lower on the street (s2 D17, H15)",
            street < sheltered,
            "fault: destitution presses people home",
        ),
        Check(
            "weekly hazard of independent return with an open file: in reception during the "
            "departure term, against a private network",
            f"{100 * seen['hazard_term']:.2f} % against {100 * seen['hazard_private']:.2f} %",
            "departures bunch at the 28 days (ODD: Patterns)",
            seen["hazard_term"] > seen["hazard_private"],
            "finding: in four weeks nobody gets through weighing, a first step, three weeks of "
            "preparation and a document, unless this began before the refusal",
        ),
        Check(
            "share of people preparing to leave who give it up before they leave",
            f"{100 * seen['fell_back']:.0f} %",
            "of applications to IOM 8 % withdrawn, 18 % refused (s4 H16); the willing almost "
            "always succeed (s4 G2); here at most 26 %",
            seen["fell_back"] <= GIVEN_UP,
            "finding: one other choice undoes a plan for which no help has been granted",
        ),
        Check(
            "refused adults who consider return, or are further",
            f"{100 * seen['considering_refused']:.0f} %",
            "9 % and 20 % in two surveys (s4 B15); here 5-25 %",
            SURVEYED[0] <= seen["considering_refused"] <= SURVEYED[1],
            "finding: constants of return, or the pace of weighing",
        ),
        Check(
            "the same while a procedure runs",
            f"{100 * seen['considering_in_law']:.0f} %",
            "almost none before the last judgment (s2 H10, s4 D19); here below half of the refused",
            seen["considering_in_law"] < seen["considering_refused"] / 2,
            "finding: hope weakens what persuades and adds to waiting, but does not shut the gate",
        ),
    ]


def _outcomes(seen: pd.Series[float]) -> list[Check]:
    """Return what the sheets say of recorded outcomes."""
    leaving = {
        name: seen[f"leaving_{name}"]
        for name in ("detention", "vbl", "reporting_duty", "family_location")
    }
    heavy = {name: seen[f"heavy_{name}"] for name in ("independent", "unobserved", "forced")}
    return [
        Check(
            "departures over starts in 2014-15: detention, VBL, reporting duty, family location",
            ", ".join(f"{100 * each:.0f} %" for each in leaving.values()),
            "52-66, 42-47, 19-20, 16-18 %: the first two far above the others (s4 H9)",
            leaving["detention"]
            > leaving["vbl"]
            > 1.5 * max(leaving["reporting_duty"], leaving["family_location"]),
            "finding: the order of measures",
        ),
        Check(
            "years of 2011-15 in which more files close with whereabouts unknown than with either "
            "departure",
            f"{seen['years_unobserved_largest']:.1f} of 5",
            "each year (s4 H2)",
            seen["years_unobserved_largest"] >= 5,  # noqa: PLR2004 - of five years
            "finding: levels of the constants",
        ),
        *(
            Check(
                f"share of files closed as {name} in the countries that the policy review names "
                "for it, divided by that share in all countries",
                f"{share:.2f}",
                "above 1 (s4 H8)",
                share > 1.0,
                "finding: the model tells these countries apart only by their group, indicators "
                "and mix of background",
            )
            for name, share in heavy.items()
        ),
    ]
