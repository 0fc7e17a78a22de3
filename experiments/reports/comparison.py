"""A comparison in plain words, English and Dutch: what differs, and how sure we are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ...abm.observation.amounts import amount, lesser, level_of, noun, signed
from ...abm.observation.outcomes import BY_ID, HEADLINES, OUTCOMES
from ...viz.figures.picture import UNCALIBRATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from ...abm.evidence.text import Language
    from ...abm.observation.reported import Family, ReportedOutcome

Row: TypeAlias = "Mapping[Any, Any]"
NOTICES: Final[Mapping[Language, str]] = {
    "en": UNCALIBRATED,
    "nl": "niet geijkt (uncalibrated): kansen zijn beginwaarden, geen schattingen",
}
# departures never stand without harm and voluntariness: one summary holds all of these
SECTIONS: Final[tuple[tuple[Family, str, str], ...]] = (
    ("recorded", "How files closed", "Hoe dossiers sloten"),
    ("true", "What truly became of people (assumed)", "Wat er echt gebeurde (aangenomen)"),
    ("voluntariness", "How freely adults returned", "Hoe vrij volwassenen terugkeerden"),
    ("harm", "Harm", "Schade"),
    ("measures", "Measures of removal", "Maatregelen"),
    ("support", "Support and counselling", "Steun en begeleiding"),
    ("after_return", "After return (assumed)", "Na terugkeer (aangenomen)"),
    ("cohort", "Two years after the first file", "Twee jaar na het eerste dossier"),
    ("spending", "Spending, at unit prices", "Uitgaven, tegen eenheidsprijzen"),
)
WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "head": "{other} against {base}",
        "years": (
            "{first}-{last}: sums, shares over all years, and the state at the end; means of "
            "{seeds} paired seeds, scale {scale:g}."
        ),
        "more": "{count} {noun} more (between {low} and {high} more), on {base}",
        "fewer": "{count} {noun} {less} (between {low} and {high} {less}), on {base}",
        "open": (
            "cannot be told from chance: between {low} {less} and {high} more {noun}, on {base}"
        ),
        "same": "the same in every run, {base}",
        "unknown": "these runs cannot tell",
        "rest_open": "These also cannot be told from chance: {labels}.",
        "rest_same": "These are also the same in every run: {labels}.",
        "rest_unknown": "These runs also cannot tell: {labels}.",
        "groups": "Net by broad group, files closed",
        "sure": (
            "**How sure we are.** The two runs of a seed give the same persons the same luck, so "
            "an interval ({level:.0%}, Student, over the differences of {seeds} seeds) covers "
            "chance alone. What we do not know of people and policy is larger: most values are "
            "assumed, and another reading of the sources (`terugkeer explain switches`) can "
            "reverse a difference. Of {number} outcomes, about {by_chance} show a difference by "
            "chance alone. If no difference is seen, there may still be one. More seeds narrow the "
            "intervals, not what is unknown."
        ),
        "good": (
            "Departures are no success and staying is no failure. Differences hold for the "
            "population, not for any person in it."
        ),
    },
    "nl": {
        "head": "{other} tegenover {base}",
        "years": (
            "{first}-{last}: sommen, aandelen over alle jaren, en de stand aan het eind; "
            "gemiddeld over {seeds} paren van runs, schaal {scale:g}."
        ),
        "more": "{count} {noun} meer (tussen {low} en {high} meer), op {base}",
        "fewer": "{count} {noun} minder (tussen {low} en {high} minder), op {base}",
        "open": (
            "niet te onderscheiden van toeval: tussen {low} minder en {high} meer {noun}, op {base}"
        ),
        "same": "in elke run gelijk, {base}",
        "unknown": "dat zeggen deze runs niet",
        "rest_open": "Ook niet te onderscheiden van toeval: {labels}.",
        "rest_same": "Ook in elke run gelijk: {labels}.",
        "rest_unknown": "Deze runs zeggen ook niets over: {labels}.",
        "groups": "Netto per brede groep, gesloten dossiers",
        "sure": (
            "**Hoe zeker we zijn.** De twee runs van een paar geven dezelfde mensen hetzelfde "
            "toeval. Het interval ({level:.0%}, Student, over de verschillen van {seeds} paren) "
            "gaat dus alleen over toeval. Wat we van mensen en beleid niet weten, is groter: de "
            "meeste waarden zijn aannames, en een andere lezing van de bronnen (`terugkeer "
            "explain switches`) kan een verschil omkeren. Van {number} uitkomsten tonen er een "
            "stuk of {by_chance} alleen door toeval een verschil. Ziet u geen verschil, "
            "dan kan er toch een zijn. Met meer runs worden de intervallen smaller, maar wat "
            "onbekend is, blijft onbekend."
        ),
        "good": (
            "Vertrek is geen succes en blijven is geen mislukking. Verschillen gelden voor de "
            "groep, niet voor een persoon daarin."
        ),
    },
}


def summary(table: pd.DataFrame, about: Mapping[str, Any], language: Language) -> str:
    """Return a comparison in plain words.

    Parameters
    ----------
    table : pandas.DataFrame
        As `comparison.compared` gives it.
    about : mapping
        `base, others, first_year, last_year, seeds, scale, level`.
    """
    words = WORDS[language]
    lines = []
    for other in about["others"]:
        rows = table[table["scenario"] == other]
        head = words["head"].format(other=other, base=about["base"])
        years = words["years"].format(
            first=about["first_year"],
            last=about["last_year"],
            seeds=len(about["seeds"]),
            scale=about["scale"],
        )
        lines += [f"# {head}", "", f"*{NOTICES[language]}*", "", years, ""]
        together = rows[rows["group"] == "all"].to_dict("records")
        whole = {str(row["outcome"]): row for row in together}
        for kind, english, dutch in SECTIONS:
            lines += [f"## {english if language == 'en' else dutch}", ""]
            family = [each for each in OUTCOMES if each.family == kind]
            lines += [*_family(family, whole, language), ""]
        lines += [f"## {words['groups']}", "", *_groups(rows, language), ""]
    sure = words["sure"].format(
        level=about["level"],
        seeds=len(about["seeds"]),
        number=len(OUTCOMES),
        by_chance=round((1.0 - about["level"]) * len(OUTCOMES)),
    )
    return "\n".join([*lines, sure, "", words["good"]]) + "\n"


def _family(
    family: Sequence[ReportedOutcome], whole: Mapping[str, Row], language: Language
) -> list[str]:
    """Return the lines of one family: headlines, what else differs, and the names of the rest."""
    lines: list[str] = []
    rest: dict[str, list[str]] = {"rest_open": [], "rest_same": [], "rest_unknown": []}
    for each in family:
        row = whole[each.id]
        found = verdict(row)
        if each.id in HEADLINES or found in {"more", "fewer"}:
            lines.append(f"- **{label(each, language)}**: {told(row, each, language)}")
        else:
            rest[f"rest_{found}"].append(label(each, language))
    further = [
        WORDS[language][key].format(labels="; ".join(labels))
        for key, labels in rest.items()
        if labels
    ]
    return [*lines, *(line for text in further for line in ("", text))]


def label(outcome: ReportedOutcome, language: Language) -> str:
    """Return what an outcome is called."""
    return outcome.label if language == "en" else outcome.label_nl


def verdict(row: Row) -> str:
    """Return what an interval says.

    Parameters
    ----------
    row : mapping
        `difference, low, high`.

    Returns
    -------
    str
        `more` or `fewer` where the interval leaves out 0, `open` where it holds 0, `same`
        where no run differs, `unknown` where nothing can be told.
    """
    difference, low, high = (float(row[key]) for key in ("difference", "low", "high"))
    if math.isnan(difference):
        return "unknown"
    if difference == low == high == 0.0:
        return "same"
    if low > 0.0:
        return "more"
    return "fewer" if high < 0.0 else "open"


def told(row: Row, outcome: ReportedOutcome, language: Language) -> str:
    """Return one difference in words.

    Parameters
    ----------
    row : mapping
        `base, difference, low, high`.

    Returns
    -------
    str
        More or fewer where the interval leaves out 0; else that chance cannot be left out.
    """
    found, unit = verdict(row), outcome.unit
    ends = sorted(abs(float(row[key])) for key in ("low", "high"))
    if found == "open":
        ends = [abs(float(row["low"])), abs(float(row["high"]))]
    low, high = (amount(each, unit, language) for each in ends)
    return WORDS[language][found].format(
        count=amount(float(row["difference"]), unit, language),
        noun=noun(unit, language),
        less=lesser(unit, language),
        low=low,
        high=high,
        base=level_of(float(row["base"]), unit, language),
    )


def _groups(rows: pd.DataFrame, language: Language) -> list[str]:
    """Return the lines on what differs by broad group: all ways a file closes, side by side."""
    closed = [BY_ID[name] for name in HEADLINES if BY_ID[name].family == "recorded"]
    found = []
    for group in sorted(set(rows["group"]) - {"all"}):
        own = rows[rows["group"] == group].set_index("outcome")["difference"]
        parts = [
            f"{label(each, language).split(': ')[-1]} {_net(float(own[each.id]), each, language)}"
            for each in closed
            if each.id in own.index
        ]
        if parts:
            found.append(f"- `{group}`: {', '.join(parts)}")
    return found


def _net(value: float, outcome: ReportedOutcome, language: Language) -> str:
    return "?" if math.isnan(value) else signed(value, outcome.unit, language)
