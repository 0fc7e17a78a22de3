"""The page of the screen: its text, and its tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from terugkeer.experiments.reports.markdown import table

from . import lengths
from .runs import CHILDREN, CONSIDERING, HIDDEN, OUTCOMES, UNSHELTERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .cells import Cell
    from .checks import Check
    from .runs import Screened

HEADS: Final = {
    "independent": "recorded independent departure",
    "forced": "forced",
    "unobserved": "whereabouts unknown",
    "permit": "permit",
    "returned_independent": "independent return",
    "home_unobserved": "home unseen",
    "onward": "moved on",
    HIDDEN: "hidden at the end",
    UNSHELTERED: "weeks without stable shelter",
    CHILDREN: "children returned",
    CONSIDERING: "considering return, %",
}
LENGTH_HEADS: Final = {
    "refused": "still there to be refused, %",
    "independent": "returned independently, %",
    "through_iom": "of these through IOM, %",
    "of_entered": "returned independently before or after the refusal, of all who entered, %",
    "home_unobserved": "home unseen, %",
    "forced": "forced, %",
    "unobserved": "file closed with whereabouts unknown, %",
    "permit": "permit, %",
    "unsheltered": "weeks without stable shelter",
    "justice_then": "felt justice, at the refusal",
    "hope_then": "hope",
    "mental_then": "mental health",
    "agency_then": "agency",
    "ties_origin_then": "ties at origin",
    "ties_nl_then": "ties here",
}
# whether the middle stands above one week, and above 78 weeks
HUMPS: Final = {
    (True, True): "There is a hump: six to nine months stand above both ends",
    (True, False): "There is half a hump: six to nine months stand above one week, and can't be "
    "told apart from 78 weeks",
    (False, True): "There is half a hump: six to nine months stand above 78 weeks, and can't be "
    "told apart from one week",
    (False, False): "There is no hump: six to nine months can't be told apart from either end",
}
TEXT: Final = """<!-- Written by studies/screen/screen.py: do not edit. -->
# What moves the model, and what does not

A first look at the model of the decision, before anything is estimated. It changes one setting at a
time, on small runs, to see what moves outcomes, what never has an effect, and what would surprise a
reader of the sources. It is not a sensitivity analysis: settings are not combined, ranges
are not priors, and effects hold at the starting values only.

## How to read it

The baseline and {settings} settings run on the same seeds {seeds} at scale {scale}, years {years},
evidence {evidence}. To make this page anew: `python -m studies.screen.screen` ({runs} runs, some
{minutes} minutes of one core; what is done is kept under `runs/`). The same seed gives the same
person the same luck, so a difference between two runs comes from the setting. Numbers are persons a
year, setting minus baseline, mean over seeds ± standard error of that mean. *Hidden at the end*
counts persons on the last day, *weeks without stable shelter* person-weeks a year. *Considering
return* is the share of refused adults with an open file who consider return or are further, in
percentage points. With {number_of_seeds} seeds a standard error is itself uncertain by a third or
more.

**No column says which way is better.** A setting that raises returns while people lose shelter, or
that rests on a darker belief, is not an improvement. Read independent returns together with the
four columns to the right of them.

The baseline:

{levels}

## What moves outcomes

These settings move some outcome by more than two standard errors and by more than a hundredth of
its level. The setting with the largest difference in persons a year stands first. *x 0* takes a
factor out. *x 3* makes its weight three times as large, or as large as its bounds allow. A factor
that is alone in its group of force and concern stands once.

{movers}

## What never binds

{never}

## What a reader of the sources would ask

The tolerances are of this page. A *fault* is something that the code does and nobody intends. A
*finding* is what follows from stated assumptions.

{checks}

## The length of the procedure

The sources call six to nine months best: of people decided within a week or after more than nine
months, fewer leave within two years of the refusal (s4 D16, on IOM departures of 2005-2009: x5 A5).
Here the same households are followed under every length: households of asylum background that
entered in {cohort}, without Dublin claimants. Each gets its first decision after exactly so many
weeks. Everything dated is held as at the end of {cohort}, and the enforcement index at 1. Outcomes
are of the households refused, within {followed} weeks; seeds {length_seeds}, scale {length_scale};
± standard error. Conditions at origin still change by year, and households that are refused later
have lived those weeks here: that is part of the effect.

![Returned independently, closed unobserved and weeks without stable shelter, against weeks of
procedure](images/hump.png)

{sweep}

{hump}
"""


def number(value: float, outcome: str, *, sign: bool = False) -> str:
    """Return a level or difference as the page writes it: a whole number, or a share in percent."""
    form = "+," if sign else ","
    return f"{100 * value:{form}.1f}" if outcome == CONSIDERING else f"{value:{form}.0f}"


def levels(found: Screened) -> str:
    """Return the baseline's levels."""
    mean = found.levels.mean()
    cells = [number(mean[each], each) for each in HEADS]
    return table(list(HEADS.values()), [cells], words=0)


def movers(every: Sequence[Cell], found: Screened) -> str:
    """Return the cells that move something, the largest first."""
    moving = [place for place in range(1, len(every)) if found.binds(place)]
    moving.sort(key=found.size, reverse=True)
    rows = []
    for place in moving:
        differences, errors = (each.iloc[place] for each in (found.differences, found.errors))
        texts = [
            f"{number(differences[each], each, sign=True)} ± {number(errors[each], each)}"
            for each in OUTCOMES
        ]
        rows.append([every[place].name, *texts])
    return table(["setting", *HEADS.values()], rows)


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
    """Return what the sources lead to expect beside what the model does."""
    rows = []
    for each in found:
        verdict, remark = ("yes", "") if each.holds else ("**no**", each.otherwise)
        rows.append([each.name, each.model, each.sheet, verdict, remark])
    return table(["what", "model", "sources", "agree", ""], rows, words=5)


def sweep(means: pd.DataFrame) -> str:
    """Return the sweep of the length of the procedure as two tables.

    Parameters
    ----------
    means : pandas.DataFrame
        `lengths.over_seeds`.
    """
    head = ["", *(f"{weeks} week{'s' if weeks > 1 else ''}" for weeks in lengths.WEEKS)]
    whole = means[means["reading"] == lengths.AS_IT_IS]
    rows = []
    for measure, title in LENGTH_HEADS.items():
        digits = 2 if measure.endswith("_then") else 1
        of_measure = whole[whole["measure"] == measure]
        rows.append([title, *_along(of_measure, 100 if title.endswith("%") else 1, digits)])
    independent = means[means["measure"] == "independent"]
    without = [
        [str(reading), *_along(of_reading, 100, 1)]
        for reading, of_reading in independent.groupby("reading", sort=False)
    ]
    between = "Returned independently, %, with one mechanism at a time taken out:"
    return "\n\n".join([table(head, rows), between, table(head, without)])


def _along(rows: pd.DataFrame, factor: int, digits: int) -> list[str]:
    """Return means and errors along the lengths, as cells of a row."""
    by_weeks = rows.set_index("weeks")
    cells = by_weeks.loc[list(lengths.WEEKS), ["mean", "error"]] * factor
    pairs = zip(cells["mean"], cells["error"], strict=True)
    return [f"{mean:.{digits}f} ± {error:.{digits}f}" for mean, error in pairs]


def hump(against: pd.DataFrame) -> str:
    """Return whether there is a hump, and what makes it.

    Parameters
    ----------
    against : pandas.DataFrame
        `lengths.against_claimed`.
    """
    rows = []
    for reading, row in against.iterrows():
        ends = [
            f"{100 * row[end]:+.1f} ± {100 * row[f'{end}_error']:.1f}" for end in ("short", "long")
        ]
        rows.append([str(reading), *ends, f"{row['highest']:.0f}"])
    head = ["", "26 and 39 weeks less 1 week, points", "less 78 weeks, points", "highest at, weeks"]
    whole = against.loc[lengths.AS_IT_IS]
    above = [bool(whole[end] > 2.0 * whole[f"{end}_error"]) for end in ("short", "long")]
    loss = {end: against.drop(lengths.AS_IT_IS)[end] - whole[end] for end in ("short", "long")}
    most = {end: (str(each.idxmin()), 100 * float(each.min())) for end, each in loss.items()}
    told = (
        f"{HUMPS[above[0], above[1]]}, by two standard errors. Against one week the middle loses "
        f"most {most['short'][0]} ({most['short'][1]:+.1f} points), against 78 weeks "
        f"{most['long'][0]} ({most['long'][1]:+.1f})."
    )
    return f"{table(head, rows)}\n\n{told}"
