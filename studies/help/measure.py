"""Measure what docs/measured_help.md states.

`python -m studies.help.measure > docs/measured_help.md`

Runs the baseline, two others and the pilot for a few seeds at scale 4, and pairs with and without
native counsellors for ten. Prints which support
people take, which organisations they meet, how many wait, and what differs in paired runs.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.departures import APPLICATIONS, DEPARTURE_TABLES
from terugkeer.abm.observation.help.assistance import GOVERNMENT
from terugkeer.abm.observation.journeys import BANDS, NEVER, PACKAGES, bands
from terugkeer.abm.observation.published import published
from terugkeer.abm.world.scenario import Scenario, load_scenario
from terugkeer.agents.codes import Kind, Organisation, Place, label
from terugkeer.agents.kinds import KIND_LABELS, KIND_OF, KINDS
from terugkeer.agents.places import HIDDEN, labels
from terugkeer.experiments.reports.markdown import table

from ..measured import SCALE, SEEDS, YEARS, changed, observed, override
from .pairs import native, pilot, uptake
from .runs import MEASURED, SUPPORT, SUPPORT_WORDS, WORDS, helped, package_of, returned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .runs import Runs

PACKAGE_WORDS: Final = {
    "without": "no support",
    "rean": "basic support alone",
    "hrt": "cash",
    "in_kind": "help in kind",
    "hrt_and_in_kind": "cash and help in kind",
    "families": "cash, and goods for families",
}
NATIVE_SEEDS: Final = range(1, 11)
ROOM: Final = 4000  # clients of IOM
TERM: Final = 4  # weeks of state shelter in reception, before a VBL
LATE: Final = {"azc_departure_term": 0, "vbl": TERM}  # weeks of state shelter before the place
PLACES: Final = {"azc_departure_term": "reception", "vbl": "VBL"}
OUTSIDE: Final = labels((*HIDDEN, Place.GUIDED_SHELTER))
UNSEEN: Final = ("onward", "home_unobserved")
# first and last week of state shelter in each row
EDGES: Final = {
    "azc_departure_term": ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 9)),
    "vbl": ((4, 7), (8, 11), (12, 14), (15, 15), (16, 16), (17, 19), (20, 31)),
}


def support(runs: Runs) -> str:
    """Return support taken, and applications that came to nothing, beside the record."""
    ended = {item: f"applications {item.removeprefix('application_')}" for item in APPLICATIONS}
    rows = []
    for observer, names in ((SUPPORT, SUPPORT_WORDS), (DEPARTURE_TABLES[0], ended)):
        model = observed(runs, observer)
        record = published(observer.table).pivot_table(
            index="item", columns="year", values="persons"
        )
        for item, name in names.items():
            # goods for families have no row on record
            here, known = (each.reindex(index=[item]).iloc[0] for each in (model, record))
            pairs = [(here[year], known[year]) for year in MEASURED]
            pairs.append((here.mean(), known[list(MEASURED)].mean()))
            rows.append([name, *(f"{a:,.0f} / {b:,.0f}".replace("nan", "-") for a, b in pairs)])
    return table(["model / record, persons", *map(str, MEASURED), "a year"], rows)


def _of(kind: Kind) -> list[Organisation]:
    return [each for each in Organisation if KIND_OF[each] == kind]


def _met(kind: Kind, left: pd.DataFrame) -> pd.Series[bool]:
    return (left["met"] & sum(1 << each for each in _of(kind))) > 0


def _met_nobody(left: pd.DataFrame) -> pd.Series[bool]:
    return left["met"] == 0


def _sent_by(organisations: Iterable[Organisation], left: pd.DataFrame) -> pd.Series[bool]:
    return left["referred_by"].isin([label(each) for each in organisations])


def contacts(runs: Runs) -> str:
    """Return which organisations people met before an independent return, and which sent them."""
    everybody = pd.concat([returned(each) for each in runs])
    both = (everybody, everybody[everybody["iom"]])

    def shares(holds: Callable[[pd.DataFrame], pd.Series[bool]]) -> list[str]:
        return [f"{100 * holds(left).mean():.0f}" for left in both]

    met = [[WORDS[each], *shares(partial(_met, each))] for each in KINDS]
    met.append([WORDS[Kind.NONE], *shares(_met_nobody)])
    sent = [
        [WORDS[each], *shares(partial(_sent_by, _of(each)))]
        for each in (*KINDS, Kind.CASE_MANAGER, Kind.NONE)
    ]
    without = shares(lambda left: ~_sent_by(GOVERNMENT, left))
    heads = [
        f"{name}, {len(left) * SCALE / len(runs) / len(MEASURED):,.0f} a year"
        for name, left in zip(("all", "through IOM"), both, strict=True)
    ]
    return "\n".join(
        [
            (
                "Organisations that persons had met before an independent return, % of these "
                "persons (one person can have met several):"
            ),
            "",
            table(["met", *heads], met),
            "",
            "Organisations whose referral they followed last, % of the same persons:",
            "",
            table(["last referred by", *heads], sent),
            "",
            (
                f"Without a referral of case manager, COA or municipality: {without[1]} % of those "
                "who leave through IOM; the source says 57 % in 2013 (s4 L3296)."
            ),
        ]
    )


def queues(runs: Runs) -> str:
    """Return clients, persons waiting, and capacity by kind of organisation and year, means."""
    frame = pd.concat([each.queues for each in runs])
    columns = ["clients", "waiting", "capacity"]
    # sums over the organisations of a kind are sums of their means
    means = frame.groupby(["organisation", "year"], observed=True)[columns].mean().reset_index()
    means["kind"] = means["organisation"].astype(str).map(KIND_LABELS)
    means = means.groupby(["kind", "year"])[columns].sum()
    rows = [
        [
            WORDS[each],
            *(
                " / ".join(f"{n:,.0f}" for n in means.loc[[(label(each), year)]].iloc[0])
                for year in MEASURED
            ),
        ]
        for each in KINDS
    ]
    return table(["clients / waiting / capacity", *map(str, MEASURED)], rows)


def journeys(runs: Runs) -> str:
    """Return weeks from first contact to independent return, by the support taken."""
    left = pd.concat([returned(each) for each in runs])
    band = bands(left["since_contact"].to_numpy()).labels()
    counts = pd.crosstab(package_of(left), band).reindex(
        index=list(PACKAGES), columns=[*BANDS, NEVER], fill_value=0
    )
    persons = counts.sum(axis=1) * SCALE / len(runs) / len(MEASURED)
    share = 100 * counts.div(counts.sum(axis=1).clip(lower=1), axis=0)
    head = ["left with", "persons a year"]
    head += [f"{name.replace('_', ' ')}, %" for name in BANDS] + ["never met anybody, %"]
    rows = [
        [PACKAGE_WORDS[name], f"{persons[name]:,.0f}", *(f"{x:.0f}" for x in share.loc[name])]
        for name in PACKAGES
    ]
    return table(head, rows)


def ends_of_stays(runs: Runs) -> pd.DataFrame:
    """Return how stays of state shelter after the refusal ended, and in which week.

    Returns
    -------
    pandas.DataFrame
        `place`, `week` (whole weeks of state shelter then), `independent` and `out` (out of
        sight, or to a place outside state shelter).
    """
    events = pd.concat([each.events for each in runs])
    events = events[events["place"].isin(LATE)]
    moved = (events["kind"] == "moved") & (events["to_place"] != events["place"])
    ended = events[moved | (events["kind"] == "left")]
    left = ended["kind"] == "left"
    before = ended["place"].astype(str).map(LATE)
    return pd.DataFrame(
        {
            "place": ended["place"].astype(str),
            "week": before + ended["weeks"].astype(int),
            "independent": left & (ended["outcome"] == "independent"),
            "out": ended["to_place"].isin(OUTSIDE) | (left & ended["destination"].isin(UNSEEN)),
        }
    )


def by_week(runs: Runs) -> str:
    """Return how many leave state shelter in which week after the refusal."""
    ends = ends_of_stays(runs)
    rows = []
    for place, weeks in EDGES.items():
        there = ends[ends["place"] == place]
        for first, last in weeks:
            n = sum(int((there["week"] >= week).sum()) for week in range(first, last + 1))
            now = there[there["week"].between(first, last)]
            when = str(first) if first == last else f"{first}-{last}"
            persons = now[["independent", "out"]].sum() * SCALE / len(runs) / len(MEASURED)
            chance = 100 * now[["independent", "out"]].sum() / max(n, 1)
            rows.append(
                [
                    f"{PLACES[place]}, week {when}",
                    *(f"{x:,.0f}" for x in persons),
                    *(f"{x:.1f}" for x in chance),
                ]
            )
    return table(
        [
            "weeks of state shelter so far, at the start of the week",
            "return independently, persons a year",
            "go out of sight or lose shelter",
            "return independently, % a week of those there",
            "go out of sight or lose shelter, %",
        ],
        rows,
    )


def pilots() -> str:
    """Run the scenario of the pilot as shipped, and with one loss after the other taken away."""
    shares = ("front_office", "helpdesk", "back_office", "internal")
    whole = tuple(override(f"pilot_{each}_share", 1.0) for each in shares)
    always = (override("pilot_window_weeks", 520),)
    shipped = load_scenario("sdt_pilot", registry()).entries
    arms = {
        "as shipped": (),
        "nobody lost between offices": whole,
        "no window of 28 days": always,
        "neither": (*whole, *always),
    }
    return pilot(
        {
            name: [helped(Scenario("pilot", entries=(*shipped, *more)), s, YEARS[0]) for s in SEEDS]
            for name, more in arms.items()
        }
    )


ABOUT_PILOT: Final = (
    "As shipped, hardly anybody returns with the pilot. In 2010 it was 78 persons (s3 B.1). "
    "Nearly nobody prefers it to cash, so it is taken by people who can't get cash: 60 of the "
    "78 were Georgians and Macedonians. The model has few such people (inflow of 2011; the "
    "number of Macedonians is assumed), and most of them prepare outside the window. Of the "
    "others, IOM leads a share to the pilot (`pilot_internal_share`), which is assumed. The "
    "losses of the chain (10 of 270) concern people whom VWN or COA prepared, and matter "
    "little. The record's shares are those of 18 and of all 78 against cash (s3 H1)."
)


def page(
    base: Runs, either: Runs, stacked: Runs, piloted: str, natives: str, with_room: str
) -> str:
    """Return the page.

    Parameters
    ----------
    base, either, stacked : Runs
        The baseline; with either cash or help in kind; with both.
    piloted, natives, with_room : str
        Tables of the pilot, of native counsellors, and of these where IOM has room.
    """
    parts = [
        "<!-- Written by studies/help/measure.py: do not edit. -->",
        (
            f"Baseline, seeds {SEEDS[0]}-{SEEDS[-1]}, scale {SCALE}, evidence "
            f"{registry().evidence_hash()[:12]}; persons a year, {YEARS[0]}-{YEARS[1]}, "
            "uncalibrated. Made anew with `python -m studies.help.measure > docs/measured_help.md`."
        ),
        "**Support taken by those who return through IOM**, and applications that ended otherwise:",
        support(base),
        "The record also counts people who never had a file; they take basic support above all.",
        "**Contacts**",
        contacts(base),
        "**Queues**, persons, mean over the weeks of the year:",
        queues(base),
        (
            "**Journeys**: weeks from the first session with any organisation to an independent "
            "return:"
        ),
        journeys(base),
        (
            "**Either or, or stacked**: the rule for help in kind of organisations in all years, "
            "paired runs:"
        ),
        uptake(base, either, stacked),
        "**The pilot** (scenario `sdt_pilot`, 2011 alone): either or, by its own rule:",
        piloted,
        ABOUT_PILOT,
        "**Native counsellors**, asylum background, paired runs of the switch `native_counsellor`:",
        natives,
        (
            f"The same where IOM has room for {ROOM:,} clients, and every counsellor of it is "
            "native, against none:"
        ),
        with_room,
        "**Weeks of state shelter** after the refusal (the term ends at 4, the VBL at 16):",
        by_week(base),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Run what is measured, and print the page."""
    few, many = (partial(_runs, seeds) for seeds in (SEEDS, NATIVE_SEEDS))
    room = (override("iom_capacity", ROOM), override("native_counsellor_share", 1.0))
    with_room = Scenario("room", entries=room)
    no_native = (override("native_counsellor", "none"),)
    base = many(load_scenario("baseline", registry()))
    found = page(
        base[: len(SEEDS)],
        few(changed("either_or", "rule_of_in_kind", "either_or")),
        few(changed("stacked", "rule_of_in_kind", "stacked")),
        pilots(),
        native(base, many(Scenario("no_native", entries=no_native))),
        native(many(with_room), many(Scenario("no_native_room", entries=(*room, *no_native)))),
    )
    sys.stdout.write(found)


def _runs(seeds: Sequence[int], scenario: Scenario) -> Runs:
    """Return a run of each seed, several at once."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(partial(helped, scenario), seeds))


if __name__ == "__main__":
    main()
