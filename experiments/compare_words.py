"""A comparison in plain words, English and Dutch: what differs, and how sure we are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from ..abm.runs.compared_outcomes import OUTCOMES
from ..viz.picture import UNCALIBRATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ..abm.runs.compared_outcomes import Compared, Kind

Language: TypeAlias = Literal["en", "nl"]
NOTICES: Final[Mapping[Language, str]] = {
    "en": UNCALIBRATED,
    "nl": "niet gekalibreerd (uncalibrated): kansen zijn beginwaarden, geen schattingen",
}
# departures never stand without harm and voluntariness: one summary holds all of these
SECTIONS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("recorded", "How files closed", "Hoe dossiers sloten"),
    ("true", "What truly became of people (assumed)", "Wat er echt gebeurde (aangenomen)"),
    ("voluntariness", "How freely adults left", "Hoe vrij volwassenen vertrokken"),
    ("harm", "Harm", "Schade"),
    ("measure", "Measures of removal", "Maatregelen"),
    ("support", "Support and counselling", "Steun en begeleiding"),
)
WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "head": "{other} against {base}",
        "years": "Sums over {first}-{last}, means of {seeds} paired seeds, scale {scale:g}.",
        "more": "{count} more (between {low} and {high} more), on {base}",
        "fewer": "{count} fewer (between {low} and {high} fewer), on {base}",
        "open": "not to be told from chance: between {low} fewer and {high} more, on {base}",
        "same": "the same in every run, {base}",
        "unknown": "cannot be told by these runs",
        "groups": "Net by broad group, files closed",
        "sure": (
            "**How sure we are.** The two runs of a seed give the same persons the same luck, so "
            "an interval ({level:.0%}, Student, over the differences of {seeds} seeds) covers "
            "chance alone. What we do not know of people and policy is larger: most values are "
            "assumed, and other readings of the sources (`terugkeer explain switches`) can turn a "
            "sign. Of {number} outcomes, one or two show a difference by chance alone. No "
            "difference seen is no proof that there is none. More seeds narrow the intervals, not "
            "what is unknown."
        ),
        "good": (
            "Departures are no success and staying is no failure; differences hold for the "
            "population, not for anybody in it."
        ),
    },
    "nl": {
        "head": "{other} tegenover {base}",
        "years": (
            "Opgeteld over {first}-{last}, gemiddeld over {seeds} gepaarde runs, schaal {scale:g}."
        ),
        "more": "{count} meer (tussen {low} en {high} meer), op {base}",
        "fewer": "{count} minder (tussen {low} en {high} minder), op {base}",
        "open": "niet van toeval te onderscheiden: tussen {low} minder en {high} meer, op {base}",
        "same": "in elke run gelijk, {base}",
        "unknown": "is uit deze runs niet te zeggen",
        "groups": "Netto per brede groep, gesloten dossiers",
        "sure": (
            "**Hoe zeker we zijn.** De twee runs van een paar geven dezelfde mensen hetzelfde "
            "geluk. Het interval ({level:.0%}, Student, over de verschillen van {seeds} paren) "
            "gaat dus alleen over toeval. Wat we van mensen en beleid niet weten, is groter: de "
            "meeste waarden zijn aannames, en een andere lezing van de bronnen (`terugkeer "
            "explain switches`) kan een teken omdraaien. Van {number} uitkomsten tonen er een of "
            "twee alleen door toeval een verschil. Geen verschil gezien is geen bewijs dat er "
            "geen is. Meer runs maken de intervallen smaller, niet wat onbekend is."
        ),
        "good": (
            "Vertrek is geen succes en blijven is geen mislukking. Verschillen gelden voor de "
            "groep, niet voor iemand daarin."
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
    language : {"en", "nl"}
        English or Dutch.

    Returns
    -------
    str
        Markdown, with the notice at its head and how sure we are at its end.
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
        whole = rows[rows["group"] == "all"].set_index("outcome")
        for kind, english, dutch in SECTIONS:
            lines += [f"## {english if language == 'en' else dutch}", ""]
            lines += [
                f"- **{label(each, language)}**: {told(whole.loc[each.id], language)}"
                for each in OUTCOMES
                if each.kind == kind
            ]
            lines.append("")
        lines += [f"## {words['groups']}", "", *_groups(rows, language), ""]
    sure = words["sure"].format(
        level=about["level"],
        seeds=len(about["seeds"]),
        number=len(OUTCOMES),
    )
    return "\n".join([*lines, sure, "", words["good"]]) + "\n"


def label(outcome: Compared, language: Language) -> str:
    """Return what an outcome is called.

    Parameters
    ----------
    outcome : Compared
        The outcome.
    language : {"en", "nl"}
        English or Dutch.

    Returns
    -------
    str
        Its label.
    """
    return outcome.en if language == "en" else outcome.nl


def told(row: Mapping[str, float] | pd.Series[Any], language: Language) -> str:
    """Return one difference in words.

    Parameters
    ----------
    row : mapping
        `base, difference, low, high`.
    language : {"en", "nl"}
        English or Dutch.

    Returns
    -------
    str
        More or fewer where the interval leaves out 0; else that chance cannot be left out.
    """
    words = WORDS[language]
    difference, low, high = (float(row[key]) for key in ("difference", "low", "high"))
    if math.isnan(difference):
        return words["unknown"]
    base = count(float(row["base"]), language)
    if difference == low == high == 0.0:
        return words["same"].format(base=base)
    if low > 0.0 or high < 0.0:
        word, ends = ("more", (low, high)) if low > 0.0 else ("fewer", (-high, -low))
        return words[word].format(
            count=count(abs(difference), language),
            low=count(ends[0], language),
            high=count(ends[1], language),
            base=base,
        )
    return words["open"].format(low=count(-low, language), high=count(high, language), base=base)


def count(value: float, language: Language) -> str:
    """Return a number as a reader of the language writes it.

    Parameters
    ----------
    value : float
        The number.
    language : {"en", "nl"}
        English or Dutch.

    Returns
    -------
    str
        Whole, with its thousands apart.
    """
    text = f"{abs(value) if round(value) == 0 else value:,.0f}"
    return text if language == "en" else text.replace(",", ".")


def _groups(rows: pd.DataFrame, language: Language) -> list[str]:
    """Return the lines on what differs by broad group: all ways a file closes, side by side."""
    closed = [each for each in OUTCOMES if each.kind == "recorded"]
    found = []
    for group in sorted(set(rows["group"]) - {"all"}):
        own = rows[rows["group"] == group].set_index("outcome")
        parts = [
            f"{each.item} {_signed(float(own.loc[each.id, 'difference']), language)}"
            for each in closed
            if each.id in own.index
        ]
        found.append(f"- `{group}`: {', '.join(parts)}")
    return found


def _signed(value: float, language: Language) -> str:
    if math.isnan(value):
        return "?"
    return ("-" if round(value) < 0 else "+") + count(abs(value), language)
