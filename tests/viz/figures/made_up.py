"""Tables made by hand, and every picture drawn from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.observation.help.scheme_funnel import FATE_ITEMS
from terugkeer.abm.observation.outcomes import BY_ID
from terugkeer.abm.observation.published import published_rows
from terugkeer.agents.kinds import KIND_LABELS
from terugkeer.viz.figures import (
    conditional,
    contrast,
    convergence,
    flow,
    interaction_maps,
    journeys,
    nusap,
    procedure_length,
    recorded_outcomes,
    replicates,
    scheme_funnel,
    screening,
    sobol_bars,
    survival,
    true_places,
)
from terugkeer.viz.figures.analysis import Origin
from terugkeer.viz.figures.picture import Provenance

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

PROVENANCE: Final = Provenance("made-up", (1, 2), 400.0, "e" * 64, "c" * 64)
ORIGIN: Final = Origin("screen of levers, N 30", "e" * 64, "c" * 64)
YEARS: Final = range(2011, 2018)
CLOSED: Final = {
    "independent": 2000.0,
    "forced": 3000.0,
    "unobserved": 6000.0,
    "permit": 1500.0,
    "other": 2500.0,
}
HARM: Final = {
    "weeks_without_stable_shelter": 80_000.0,
    "weeks_on_street": 60_000.0,
    "weeks_in_night_shelter": 20_000.0,
    "weeks_in_private_network": 90_000.0,
    "children_closed": 800.0,
    "children_detained": 90.0,
}
RETURNED: Final = {
    "from_stable_shelter": 1200.0,
    "destitute": 300.0,
    "from_detention": 200.0,
    "children": 250.0,
}
STEPS: Final = {
    "met": 9000.0,
    "referred": 5000.0,
    "reached": 2000.0,
    "applied": 4000.0,
    "granted": 3000.0,
    "departed": 3500.0,
}
# of cash: by the last step, what became of persons, a year; of the pilot nobody
CASH_FATES: Final = {
    "eligible": {"still_here": 100.0},
    "knows": {"forced": 400.0, "permit": 200.0, "other": 500.0},
    "considers": {"returned_without": 900.0, "onward": 100.0, "out_of_sight": 1800.0},
    "applied": {"refused_means": 60.0, "refused": 40.0, "withdrawn_changed_mind": 30.0},
    "granted": {"withdrawn": 20.0, "forced": 10.0},
    "ready": {"forced": 5.0},
    "left": {"with_it": 500.0},
}
STAGES: Final = ("route", "opened", "closed", "outcome")
# route, place at opening, place at closing, recorded outcome, true place, persons a year
PATHS: Final = (
    ("asylum", "azc", "azc", "independent", "origin", 1500.0),
    ("asylum", "azc", "detention", "forced", "origin", 1700.0),
    ("asylum", "azc_departure_term", "street", "unobserved", "street", 900.0),
    ("asylum", "family_location", "family_location", "permit", "permit", 1000.0),
    ("asylum", "azc", "private_network", "unobserved", "private_network", 2500.0),
    ("asylum", "vbl", "vbl", "other", "other", 2000.0),
    ("apprehended", "detention", "detention", "forced", "member_state", 1200.0),
    ("apprehended", "detention", "street", "unobserved", "onward", 1800.0),
    ("border", "detention", "detention", "forced", "origin", 100.0),
    ("permit_expired", "private_network", "night_shelter", "other", "netherlands", 500.0),
    ("permit_expired", "reporting_duty", "reporting_duty", "permit", "permit", 500.0),
    ("older_hidden", "street", "night_shelter", "unobserved", "home_unobserved", 800.0),
    ("older_hidden", "private_network", "guided_shelter", "independent", "origin", 500.0),
)
AREAS: Final = {"azc": 4000.0, "detention": 1000.0, "street": 500.0, "origin": 9000.0}

TITLES: Final = {
    "share": "a share",
    "weeks": "person-weeks of which the heading\nis on two lines",
    "persons": "persons",
}
SIZES: Final = {"share": 0.3, "weeks": 4e6, "persons": 150_000.0}
UNORDERED: Final = 2


def closing_paths() -> dict[str, float]:
    """Return the pairs of each step of the paths."""
    found: dict[str, float] = {}
    for *way, persons in PATHS:
        for stage, left, right in zip(STAGES, way[:-1], way[1:], strict=True):
            item = f"{stage}:{left}>{right}"
            found[item] = found.get(item, 0.0) + persons
    return found


def scheme_fates() -> dict[str, float]:
    """Return fates of cash, and of other schemes the tenth part of them and no applications."""
    found = dict.fromkeys(FATE_ITEMS, 0.0)
    for step, ends in CASH_FATES.items():
        for end, persons in ends.items():
            found[f"hrt:{step}:{end}"] = persons
            for scheme in ("rean", "in_kind", "families", "discretionary"):
                if f"{scheme}:{step}:{end}" in found:
                    found[f"{scheme}:{step}:{end}"] = persons / 10
    found["hrt:price_met"] = 250.0
    return found


def yearly() -> pd.DataFrame:
    """Return the same in every year but for the funnel; 100 files more, or fewer, by seed."""
    same = {
        "dtv_caseload_outflow": CLOSED,
        "harm": HARM,
        "voluntariness": RETURNED,
        "flows": {"entry>azc": 9000.0, "azc>left_without_file": 250.0, "vbl>left_without_file": 50},
        "closing_paths": closing_paths(),
        "journey_funnel": STEPS,
        "scheme_fates": scheme_fates(),
    }
    rows = []
    for table, items in same.items():
        more = 100.0 if table == "dtv_caseload_outflow" else 0.0
        for year in YEARS:
            growth = 1 + (year - 2014) / 10 if table == "journey_funnel" else 1.0
            for item, persons in items.items():
                rows += [
                    (1, year, table, item, "all", growth * persons + more),
                    (2, year, table, item, "all", growth * persons - more),
                    (1, year, table, item, "background=asylum", 7.0),
                ]
    return pd.DataFrame(rows, columns=["seed", "year", "table", "item", "group", "persons"])


def weekly() -> pd.DataFrame:
    """Return persons by place, in two parts that are added up; 100 more, or fewer, by seed."""
    dates = pd.date_range("2011-01-03", "2017-12-25", freq="28D")
    rows = [
        (seed, week, date, place, background, persons / 2 + more)
        for week, date in enumerate(dates)
        for place, persons in AREAS.items()
        for background in ("asylum", "other")
        for seed, more in ((1, 50.0), (2, -50.0))
    ]
    columns = ["seed", "week", "date", "place", "background", "persons"]
    return pd.DataFrame(rows, columns=columns)


def queues() -> pd.DataFrame:
    """Return queues: twice as many wait as an organisation can hold."""
    weeks = pd.date_range("2011-01-03", "2017-12-25", freq="28D")
    rows = pd.MultiIndex.from_product([(1, 2), weeks, list(KIND_LABELS)])
    frame = rows.to_frame(index=False, name=["seed", "date", "organisation"])
    capacity = 60.0 + frame["organisation"].str.len()
    return frame.assign(clients=capacity - 5, waiting=2 * capacity, capacity=capacity)


def factors(number: int) -> pd.DataFrame:
    """Return factors with names as long as the longest of the model, and the dummy."""
    names = [f"support_for_backgrounds_{each:02d}" for each in range(number)]
    return pd.DataFrame(
        {
            "factor": [*names, "dummy"],
            "group": [*names, "dummy"],
            "grade": [*np.resize(list("ABCD"), number), ""],
            "strength": [*(np.resize([0.8, 0.6, 0.4, 0.2], number)), np.nan],
        }
    )


def grades(number: int) -> dict[str, str]:
    frame = factors(number)
    return dict(zip(frame["factor"], frame["grade"], strict=True))


def indices(number: int, floor: float = 0.05) -> pd.DataFrame:
    """Return a screening: the first factor does nothing, the next two have no order."""
    names = factors(number)["factor"].tolist()
    rng = np.random.default_rng(5)
    parts = []
    for outcome, most in SIZES.items():
        value = most * rng.random(number + 1) ** 3
        value[0], value[-2], value[-1] = 0.0, most, floor * most
        mean = pd.DataFrame({"factor": names, "index": "mu_star", "value": value})
        sigma = mean.assign(index="sigma", value=0.8 * value * rng.random(number + 1))
        some = pd.concat([mean, sigma.drop(index=range(1, 1 + UNORDERED))])
        parts.append(
            some.assign(outcome=outcome, low=0.8 * some["value"], high=1.2 * some["value"])
        )
    return pd.concat(parts, ignore_index=True)


def course(number: int, index: str = "mu_star") -> pd.DataFrame:
    last = indices(number).query("index == 'mu_star'").assign(index=index)
    return pd.concat([last.assign(n=n, value=last["value"] * (1 + 1 / n)) for n in (4, 8, 16)])


def cells(*, equal: bool = False, steps: int = 7) -> pd.DataFrame:
    rows = [
        (outcome, "cash_for_reintegration", "trust_spill", f"{i / 7:.4g}", each, i, j,
         most * (1 if equal else 1 + i + j), most / 50)
        for outcome, most in SIZES.items()
        for i in range(steps)
        for j, each in enumerate(("none", "organisation_to_organisation"))
    ]  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=["outcome", "factor_a", "factor_b", "value_a", "value_b", "step_a", "step_b",
                 "mean", "sd"],
    )  # fmt: skip


def slices() -> pd.DataFrame:
    """Return quantiles of each outcome over all points and in three slices of two factors."""
    rows = [
        (outcome, factor, part, quantile, most * (quantile + shift))
        for outcome, most in SIZES.items()
        for factor in ("first", "second")
        for part, shift in (("all", 0.0), ("low", -0.1), ("middle", 0.0), ("high", 0.1))
        for quantile in (0.0, 0.5, 1.0)
    ]
    return pd.DataFrame(rows, columns=["outcome", "factor", "slice", "quantile", "value"])


def pawn() -> pd.DataFrame:
    """Return PAWN indices: the second factor leads, but for the last outcome."""
    rows = [
        (outcome, factor, value if outcome != "persons" else -value)
        for outcome in SIZES
        for factor, value in (("first", 0.1), ("second", 0.3))
    ]
    return pd.DataFrame(rows, columns=["outcome", "factor", "value"])


def replicated() -> pd.DataFrame:
    """Return the noise of seven outcomes, falling as one over the root of the seeds."""
    seeds = np.arange(2, 41)
    parts = [
        pd.DataFrame(
            {
                "outcome": f"harm/outcome_{number}",
                "seeds": seeds,
                "relative_half_width": 0.1 * (1 + number) / np.sqrt(seeds),
                "variation": 0.05 * (1 + number),
            }
        )
        for number in range(7)
    ]
    return pd.concat(parts, ignore_index=True)


def disputed() -> pd.DataFrame:
    """Return effects of two factors under two readings."""
    rows = [
        (outcome, factor, reading, says, differs)
        for outcome in TITLES
        for factor, reading, says, differs in (
            ("cash", "as it stands", "raises", False),
            ("cash", "fear turns", "lowers", True),
            ("talks", "as it stands", "no clear effect", False),
            ("talks", "fear turns", "no clear effect", False),
        )
    ]
    return pd.DataFrame(rows, columns=["outcome", "factor", "reading", "says", "differs"])


def differences() -> pd.DataFrame:
    """Return differences of two scenarios from a base."""
    return pd.DataFrame(
        [
            ("other", "weeks_held", "all", 100.0, -20.0, -30.0, -10.0),
            ("other", "spending_total", "all", 1e8, 5e6, -5e6, 1.5e7),
            ("other", "spending_total", "background=asylum", 50.0, 5.0, -5.0, 15.0),
            ("third", "weeks_held", "all", 100.0, 300.0, 200.0, 400.0),
            ("third", "spending_total", "all", 0.0, 3.0, 2.0, 4.0),
        ],
        columns=["scenario", "outcome", "group", "base", "difference", "low", "high"],
    )


OUTCOMES: Final = [BY_ID[name] for name in ("weeks_held", "spending_total", "moved_on")]


def lengths() -> pd.DataFrame:
    """Return outcomes by weeks to the decision, with a measure that is not drawn."""
    return pd.DataFrame(
        [
            (reading, weeks, measure, level + place / 100, 0.01)
            for level, reading in ((0.2, "as it is"), (0.1, "without rooting"))
            for measure in (*procedure_length.PANELS, "permit")
            for place, weeks in enumerate((1, 26, 78))
        ],
        columns=["reading", "weeks", "measure", "mean", "error"],
    )


OF_RUNS: Final[dict[str, Callable[[], Figure]]] = {
    "recorded_outcomes": lambda: recorded_outcomes.draw_recorded_outcomes(
        yearly(), published_rows(), PROVENANCE
    ),
    "true_places": lambda: true_places.draw_true_places(weekly(), PROVENANCE),
    "flow": lambda: flow.draw_flow(yearly(), PROVENANCE),
    "journeys": lambda: journeys.draw_journeys(yearly(), queues(), PROVENANCE),
    "scheme_funnel": lambda: scheme_funnel.draw_scheme_funnel(yearly(), PROVENANCE),
    "replicates": lambda: replicates.draw_replicates(replicated(), 0.05, 30, PROVENANCE),
    "contrast": lambda: contrast.draw_contrast(differences(), OUTCOMES, PROVENANCE),
    "procedure_length": lambda: procedure_length.draw_procedure_length(lengths(), PROVENANCE),
}
OF_ANALYSES: Final[dict[str, Callable[[int], Figure]]] = {
    "plane": lambda n: screening.draw_screening(indices(n), TITLES, grades(n), ORIGIN),
    "nusap": lambda n: nusap.draw_nusap(indices(n), "mu_star", factors(n), TITLES, ORIGIN),
    "bars": lambda n: sobol_bars.draw_bars(indices(n), "mu_star", TITLES, grades(n), ORIGIN),
    "convergence": lambda n: convergence.draw_convergence(course(n), TITLES, ORIGIN),
    "map": lambda n: interaction_maps.draw_map(cells(steps=min(n, 7)), TITLES, ORIGIN),
    "conditional": lambda _: conditional.draw_conditional(slices(), pawn(), TITLES, ORIGIN),
    "survival": lambda _: survival.draw_survival(disputed(), TITLES, ORIGIN),
}
