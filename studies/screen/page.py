"""The page of the screen: its text, and its tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import lengths
from .runs import CHILDREN, CONSIDERING, HIDDEN, OUTCOMES, UNSHELTERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .cells import Cell
    from .checks import Check
    from .runs import Screened

HEADS: Final = {
    "independent": "recorded: independent",
    "forced": "forced",
    "unobserved": "unobserved",
    "permit": "permit",
    "returned_independent": "true: returned independently",
    "home_unobserved": "home, unseen",
    "onward": "moved on",
    HIDDEN: "hidden at the end",
    UNSHELTERED: "weeks without stable shelter",
    CHILDREN: "children returned",
    CONSIDERING: "considering, %",
}
LENGTH_HEADS: Final = {
    "refused": "still there to be refused, %",
    "independent": "returned independently, %",
    "through_iom": "of which through IOM, %",
    "of_entered": "returned before the refusal or after it, of all who entered, %",
    "home_unobserved": "home, unseen, %",
    "forced": "forced, %",
    "unobserved": "closed unobserved, %",
    "permit": "permit, %",
    "unsheltered": "weeks without stable shelter",
    "justice_then": "felt justice, at the refusal",
    "hope_then": "hope",
    "mental_then": "mental health",
    "agency_then": "agency",
    "ties_origin_then": "ties at origin",
    "ties_nl_then": "ties here",
}
TEXT: Final = """<!-- Written by studies/screen/screen.py: do not edit. -->
# What moves the model, and what does not

A first look at the model of the decision before anything is estimated: one setting at a time, on
small runs, to see what moves outcomes, what never acts and what would surprise a reader of the
evidence sheets. It is no sensitivity analysis: settings are not combined, ranges are not
priors, and effects hold at the starting values only.

## How to read it

Baseline and {settings} settings, each on the same seeds {seeds} at scale {scale}, years {years},
evidence {evidence}; made anew with `python -m studies.screen.screen` ({runs} runs, some
{minutes} minutes of one core; what is done is kept under `runs/`). The same seed gives the same
person the same luck, so a difference is what the setting reaches. Numbers are persons a year,
setting less baseline, mean over seeds ± standard error of that mean; *hidden at the end* are
persons on the last day, *weeks without stable shelter* person-weeks a year, *considering* is the
share of refused adults with an open file who consider return or are further, in percentage points.
With {number_of_seeds} seeds a standard error is itself uncertain by a third or more.

**No column says which way is better.** A setting that raises departures while people lose
shelter, or that rests on a belief made darker, is not an improvement. Read returns together with
the four columns to their right.

The baseline:

{levels}

## What moves outcomes

Settings that move some outcome by more than two standard errors and a hundredth of its level; the
one with the largest difference in persons a year stands first. *x 0* takes a factor out, *x 3*
makes its weight three times as large (at most what its bounds allow). A factor that is alone in
its group of force and concern stands once.

{movers}

## What never binds

{never}

## What a reader of the sheets would ask

Tolerances are of this page. A *fault* is something the code does that nobody intends; a *finding*
is what follows from stated assumptions.

{checks}

## The length of the procedure

The sheets call six to nine months best: fewer of those decided within a week or after more than
nine months leave within two years of the refusal (s4 D16, on IOM departures of 2005-2009: x5 A5).
Here the same households are followed under every length: those of asylum background that entered
in {cohort}, without Dublin claimants. Each gets its first decision after exactly so many weeks;
everything dated is held as at the end of {cohort}, and the enforcement index at 1. Outcomes are
of those refused, within {followed} weeks; seeds {length_seeds}, scale {length_scale}; ± standard
error. Conditions at origin still change by year, and who is refused later has lived those weeks
here: that is part of the effect.

![Returned independently, closed unobserved and weeks without stable shelter, against weeks of
procedure](images/hump.png)

{sweep}

{hump}
"""


def number(value: float, outcome: str, *, sign: bool = False) -> str:
    """Return a level or difference as the page writes it.

    Parameters
    ----------
    value : float
        Persons, person-weeks or a share.
    sign : bool, optional
        Whether to write a plus.

    Returns
    -------
    str
        Whole numbers; a share as percent.
    """
    form = "+," if sign else ","
    return f"{100 * value:{form}.1f}" if outcome == CONSIDERING else f"{value:{form}.0f}"


def levels(found: Screened) -> str:
    """Return the baseline's levels."""
    mean = found.levels.mean()
    return "\n".join(
        [
            f"| {' | '.join(HEADS.values())} |",
            f"|{'---:|' * len(HEADS)}",
            f"| {' | '.join(number(mean[each], each) for each in HEADS)} |",
        ]
    )


def movers(every: Sequence[Cell], found: Screened) -> str:
    """Return the cells that move something, the largest first."""
    moving = [place for place in range(1, len(every)) if found.binds(place)]
    moving.sort(key=found.size, reverse=True)
    lines = [f"| setting | {' | '.join(HEADS.values())} |", f"|---|{'---:|' * len(HEADS)}"]
    for place in moving:
        texts = [
            f"{number(found.differences.loc[place, each], each, sign=True)} "
            f"± {number(found.errors.loc[place, each], each)}"
            for each in OUTCOMES
        ]
        lines.append(f"| {every[place].name} | {' | '.join(texts)} |")
    return "\n".join(lines)


def never(every: Sequence[Cell], found: Screened) -> str:
    """Return the cells that move nothing, and why."""
    lines = []
    for place in range(1, len(every)):
        if found.binds(place):
            continue
        how = "not one number differs" if found.untouched[place] else "within noise"
        why = every[place].gate or "no gate is shut; too weak at this size"
        lines.append(f"- {every[place].name}: {how}; {why}.")
    return "\n".join(lines)


def judged(found: Sequence[Check]) -> str:
    """Return what the sheets expect beside what the model does."""
    lines = ["| what | model | sheets | agree | |", "|---|---|---|---|---|"]
    for each in found:
        verdict, note = ("yes", "") if each.holds else ("**no**", each.otherwise)
        lines.append(f"| {each.name} | {each.model} | {each.sheet} | {verdict} | {note} |")
    return "\n".join(lines)


def sweep(table: pd.DataFrame) -> str:
    """Return the sweep of the length of the procedure as two tables.

    Parameters
    ----------
    table : pandas.DataFrame
        `lengths.over_seeds`.
    """
    weeks = lengths.WEEKS
    head = [f"| | {' | '.join(f'{w} weeks' for w in weeks)} |", f"|---|{'---:|' * len(weeks)}"]
    whole = table[table["reading"] == lengths.AS_IT_IS].set_index(["measure", "weeks"])
    lines = list(head)
    for measure, title in LENGTH_HEADS.items():
        digits = 2 if measure.endswith("_then") else 1
        texts = _along(whole.loc[measure], 100 if title.endswith("%") else 1, digits)
        lines.append(f"| {title} | {texts} |")
    lines += ["", "Returned independently, %, with one mechanism at a time taken out:", "", *head]
    for reading, rows in table[table["measure"] == "independent"].groupby("reading", sort=False):
        lines.append(f"| {reading} | {_along(rows.set_index('weeks'), 100, 1)} |")
    return "\n".join(lines)


def _along(by_weeks: pd.DataFrame, factor: int, digits: int) -> str:
    """Return means and errors along the lengths, as cells of a row."""
    cells = by_weeks.loc[list(lengths.WEEKS), ["mean", "error"]] * factor
    pairs = zip(cells["mean"], cells["error"], strict=True)
    return " | ".join(f"{mean:.{digits}f} ± {error:.{digits}f}" for mean, error in pairs)


def hump(table: pd.DataFrame) -> str:
    """Return whether there is a hump, and what makes it.

    Parameters
    ----------
    table : pandas.DataFrame
        `lengths.against_claimed`.
    """
    lines = [
        "| | 26 and 39 weeks less 1 week, points | less 78 weeks, points | highest at, weeks |",
        "|---|---:|---:|---:|",
    ]
    for reading, row in table.iterrows():
        ends = [
            f"{100 * row[end]:+.1f} ± {100 * row[f'{end}_error']:.1f}" for end in ("short", "long")
        ]
        lines.append(f"| {reading} | {' | '.join(ends)} | {row['highest']:.0f} |")
    whole = table.loc[lengths.AS_IT_IS]
    above = [bool(whole[end] > 2.0 * whole[f"{end}_error"]) for end in ("short", "long")]
    found = {
        (True, True): "There is a hump: six to nine months stand above both ends",
        (True, False): "There is half a hump: six to nine months stand above one week, and are not "
        "told apart from 78 weeks",
        (False, True): "There is half a hump: six to nine months stand above 78 weeks, and are not "
        "told apart from one week",
        (False, False): "There is no hump: six to nine months are not told apart from either end",
    }[above[0], above[1]]
    loss = {end: table.drop(lengths.AS_IT_IS)[end] - whole[end] for end in ("short", "long")}
    most = {end: (str(each.idxmin()), 100 * float(each.min())) for end, each in loss.items()}
    told = (
        f"{found}, by two standard errors. Against one week the middle loses most "
        f"{most['short'][0]} ({most['short'][1]:+.1f} points), against 78 weeks "
        f"{most['long'][0]} ({most['long'][1]:+.1f})."
    )
    return "\n".join([*lines, "", told])
