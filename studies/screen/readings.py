"""What the baseline shows of the expectations of the evidence sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.observation.catalogue import observe
from terugkeer.abm.observation.measures import MEASURES_TABLES
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents.age import age_years
from terugkeer.agents.codes import Background, Household, LegalPhase, Place, Route, Stage
from terugkeer.agents.places import PROCEDURES, REFUSED, UNSHELTERED, labels

from ..measured import SCALE, YEARS
from .watched import watched

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.world.model import ReturnModel

FOLLOWED: Final = 104  # weeks after a file opens
ASKED_EVERY: Final = 26  # weeks between two looks at what people carry
STAY_YEARS: Final = 4  # of stay in a family location: first, second, third, later
WEEKS_PER_YEAR: Final = 52
CARRIED: Final = (
    "mental",
    "physical",
    "agency",
    "believed_safety",
    "believed_livelihood",
    "illegality_prospects",
    "threat",
    "hope",
    "justice",
    "knowledge",
    "ties_nl",
    "ties_origin",
    "social_debt",
    "debt_eur",
    "trust_state",
)
# sets of countries that the policy review names (s4 H8); nothing is told of one country
HEAVY: Final = {
    "independent": ("Turkey", "Iraq", "China", "Ukraine", "Mongolia"),
    "unobserved": ("Somalia", "Afghanistan", "Morocco", "Algeria"),
    "forced": ("Suriname", "Nigeria", "Albania", "India"),
}


class Look:
    """What is seen of a run, week by week.

    Parameters
    ----------
    start : int
        First week of the years reported.
    """

    def __init__(self, start: int) -> None:
        self.start = start
        self.stayed = np.zeros(STAY_YEARS)  # person-weeks in family locations
        self.opened: list[pd.DataFrame] = []
        self.carried: list[NDArray[np.float64]] = []
        self.asked = {name: np.zeros(2) for name in ("refused", "in_law", "street", "sheltered")}
        self.weeks = dict.fromkeys(("street", "sheltered", "term", "private"), 0)
        self.preparing = np.zeros(0, dtype=np.int64)  # persons, at the end of the week before
        self.fell_back = 0

    def __call__(self, model: ReturnModel) -> None:
        """Look at a week."""
        people, week = model.people, model.week - 1
        if week < self.start:
            return
        families = people.place == Place.FAMILY_LOCATION
        years = (week - people.place_since[families]) // WEEKS_PER_YEAR
        self.stayed += np.bincount(np.clip(years, 0, STAY_YEARS - 1), minlength=STAY_YEARS)
        self._open(model, week)
        self._prepare(model)
        street = np.isin(people.place, UNSHELTERED) & people.spell_open
        sheltered = people.spell_open & np.isin(people.phase, REFUSED)
        sheltered &= np.isin(people.place, (Place.VBL, Place.AZC_DEPARTURE_TERM))
        self.weeks["street"] += int(street.sum())
        self.weeks["sheltered"] += int(sheltered.sum())
        for name, place in (("term", Place.AZC_DEPARTURE_TERM), ("private", Place.PRIVATE_NETWORK)):
            self.weeks[name] += int(((people.place == place) & people.spell_open).sum())
        if week % ASKED_EVERY:
            return
        adult = model.world.adult(slice(None)) & (people.phase != LegalPhase.RETURNED)
        refused = adult & np.isin(people.phase, REFUSED) & people.spell_open
        for name, rows in (
            ("refused", refused),
            ("in_law", adult & np.isin(people.phase, PROCEDURES)),
            ("street", adult & street),
            ("sheltered", adult & sheltered),
        ):
            willing = rows & (people.stage >= Stage.CONSIDERING)
            self.asked[name] += (rows.sum(), willing.sum())
        weighed = refused & (people.background == Background.ASYLUM)
        weighed &= people.stay + people.deter != 0
        gain = people.push + people.pull - people.stay - people.deter
        columns = [gain, *(getattr(people, name) for name in CARRIED)]
        self.carried.append(np.array([column[weighed] for column in columns], dtype=np.float64))

    def _prepare(self, model: ReturnModel) -> None:
        """Count people who prepared to leave a week ago and no longer consider return."""
        people = model.people
        rows = people.find(self.preparing)
        here = rows[rows >= 0]
        here = here[(people.phase[here] != LegalPhase.RETURNED) & ~people.gone[here]]
        self.fell_back += int((people.stage[here] == Stage.NOT_CONSIDERING).sum())
        preparing = (people.stage == Stage.PREPARING) & (people.phase != LegalPhase.RETURNED)
        self.preparing = people.person[preparing & ~people.gone].copy()

    def _open(self, model: ReturnModel, week: int) -> None:
        """Note adults whose first file opens this week, and whether a child goes to school."""
        people, world = model.people, model.world
        new = np.flatnonzero(
            people.spell_open
            & (people.spell_since == week)
            & (people.spells == 1)
            & (people.route == Route.ASYLUM)
            & ~people.dublin
            & world.adult(slice(None))
        )
        age = age_years(people.eldest_birth_week[new], week)
        school = world.with_minor(new) & (age >= world.now.number("school_age_from"))
        single = np.isin(people.household_kind[new], (Household.SINGLE_MAN, Household.SINGLE_WOMAN))
        self.opened.append(
            pd.DataFrame(
                {"person": people.person[new], "week": week, "school": school, "single": single}
            )
        )


def read(seed: int, evidence: Registry) -> dict[str, float]:
    """Run the baseline with one seed, and return what the page compares with the sheets.

    Returns
    -------
    dict of str to float
        Numbers by name; `checks` says what each is.
    """
    look = Look(first_week(YEARS[0]))
    model = watched(
        Scenario("baseline"),
        seed,
        look,
        scale=SCALE,
        first_year=YEARS[0],
        last_year=YEARS[1],
        registry=evidence,
    )
    events = model.log.frame(model.countries)
    of_years = events[events["year"].between(*YEARS)]
    closed = of_years[of_years["kind"] == "closed"]
    return {
        **_school(look, events),
        **_carried(look),
        **{f"considering_{name}": yes / all_ for name, (all_, yes) in look.asked.items()},
        **_leaving(look, of_years),
        **{f"heavy_{name}": each for name, each in shares_where_named(closed).items()},
        **_measures(model),
        "years_unobserved_largest": _largest(closed),
    }


def _school(look: Look, events: pd.DataFrame) -> dict[str, float]:
    """Compare adults with a child at school with single adults, two years from the refusal."""
    opened = pd.concat(look.opened)
    opened = opened[opened["week"] < first_week(YEARS[1] + 1) - FOLLOWED].set_index("person")
    closed = events[(events["kind"] == "closed") & events["person"].isin(opened.index)]
    soon = closed["week"] - closed["person"].map(opened["week"]) < FOLLOWED
    found = {}
    for outcome in ("independent", "forced"):
        persons = closed.loc[soon & (closed["outcome"] == outcome), "person"]
        ended = opened.index.isin(persons)
        school, single = ended[opened["school"]].mean(), ended[opened["single"]].mean()
        found[f"school_{outcome}"] = float(school / single)
    return found


def _carried(look: Look) -> dict[str, float]:
    """Return rank correlations of what refused adults carry with what return gains on waiting."""
    frame = pd.DataFrame(np.concatenate(look.carried, axis=1).T, columns=["gain", *CARRIED])
    found = frame.rank().corr()["gain"].drop("gain")
    return {f"with_{name}": float(value) for name, value in found.items()}


def _leaving(look: Look, events: pd.DataFrame) -> dict[str, float]:
    """Return weekly hazards of independent return, by year of stay and by shelter."""
    left = events[(events["kind"] == "left") & (events["outcome"] == "independent")]
    stayed = left.loc[left["place"] == "family_location", "weeks"] // WEEKS_PER_YEAR
    counts = np.bincount(stayed.clip(upper=STAY_YEARS - 1).astype(int), minlength=STAY_YEARS)
    found = {
        f"family_location_year_{year + 1}": float(counts[year] / look.stayed[year])
        for year in range(STAY_YEARS)
    }
    with_file = left[left["spell_open"]]
    street = with_file["place"].isin(labels(UNSHELTERED)).sum()
    refused = with_file["phase"].isin(["departure_term", "obliged"])
    sheltered = (with_file["place"].isin(["vbl", "azc_departure_term"]) & refused).sum()
    home = (events["kind"] == "left") & (events["destination"] == "home_unobserved")
    gone = len(left) + int(home.sum())
    ended = (events["kind"] == "left") | (events["kind"] == "moved")
    stays = events.loc[ended & (events["place"] == "family_location"), "weeks"]
    return {
        **found,
        "family_location_stay": float(stays.mean()),
        "fell_back": look.fell_back / (look.fell_back + gone),
        **{
            f"hazard_{name}": float((with_file["place"] == place).sum() / look.weeks[name])
            for name, place in (("term", "azc_departure_term"), ("private", "private_network"))
        },
        "hazard_street": float(street / look.weeks["street"]),
        "hazard_sheltered": float(sheltered / look.weeks["sheltered"]),
    }


def shares_where_named(closed: pd.DataFrame) -> dict[str, float]:
    """Return how much larger an outcome's share is in the set of countries named for it."""
    counted = closed[closed["outcome"].isin(list(HEAVY))]
    found = {}
    for outcome, countries in HEAVY.items():
        named = counted[counted["country"].isin(countries)]
        share = (named["outcome"] == outcome).mean() / (counted["outcome"] == outcome).mean()
        found[outcome] = float(share)
    return found


def _measures(model: ReturnModel) -> dict[str, float]:
    """Return demonstrable departures over starts of each measure, 2014 and 2015."""
    rows = observe(
        model.log, model.weekly_frame(), 2014, 2015, model.scale, observers=MEASURES_TABLES[:1]
    )
    persons = rows.groupby("item")["persons"].sum()
    pairs = {
        "detention": ("demonstrable_departure", "placed"),
        "vbl": ("independent", "inflow"),
        "reporting_duty": ("independent", "imposed"),
        "family_location": ("independent", "inflow"),
    }
    return {
        f"leaving_{name}": float(persons[f"{name}/{gone}"] / persons[f"{name}/{came}"])
        for name, (gone, came) in pairs.items()
    }


def _largest(closed: pd.DataFrame) -> float:
    """Return in how many years more files close as unobserved than as either departure."""
    counts = pd.crosstab(closed["year"], closed["outcome"].astype(str))
    largest = (counts["unobserved"] > counts["independent"]) & (
        counts["unobserved"] > counts["forced"]
    )
    return float(largest.sum())
