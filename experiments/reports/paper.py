"""The paper kit of a finished analysis: tables, figures, methods, and the STRESS-ABS list."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ...abm.errors import InputError
from ...abm.space.outcomes import chosen_outcomes, told
from ..sensitivity.question import STUDY, read_study
from ..sensitivity.verdict import LEADING
from .latex import description, escaped, figure, table

if TYPE_CHECKING:
    from ..sensitivity.question import Question

WARNED: Final = "Uncalibrated: starting values, not estimates. "
ROWS: Final = 15  # factors in a table
NEEDED: Final = ("files", "runs", "said", "versions", "evidence_hash", "sources_sha256")
ADVICE: Final = " Name it in another analysis."
COUNTED: Final = (": converged: ", ": not converged: ", ": emulator ")
AGAIN: Final = "Call the command of the analysis again; its runs are kept."
CAPTIONS: Final = {
    "bars.png": "Leading index of each factor with 95 % intervals, letters for the grade of its "
    "evidence, and the floor (dotted: upper end of the dummy's interval).",
    "nusap.png": "Diagnostic diagram: effect against strength of evidence. The shaded corner is "
    "the research agenda.",
    "plane.png": "Screening: mean size of elementary effects against their standard deviation.",
    "conditional.png": "Distributions of outcomes within slices of the leading factor.",
    "convergence.png": "Leading index against the size of the sample, with 95 % intervals.",
    "survival.png": "Effect of each factor under each alternative of contested switches.",
}
MAP_CAPTION: Final = "Mean outcome over seeds where two factors are changed together."
TABLES: Final = {
    "verdict": "Whether indices have converged.",
    "noise": "Chance apart from factors: spread over points and over seeds.",
    "emulator": "Gaussian process against points held back.",
    "interactions": "What two factors do together beyond the sum of each, with 95 % intervals over "
    "paired seeds.",
    "conclusions": "Which conclusions survive the dispute.",
    "ranks": "Ranks under priors as they are, halved and doubled.",
}
EMULATOR: Final = "emulator"  # sobol on an emulator
HOW: Final = {
    "screen": "We screened factors by elementary effects (Morris 1991; Campolongo et al. 2007) on "
    "{number} trajectories on a grid of four levels, {seeds} at each point and other seeds "
    "for each trajectory. Intervals are nominal, from 400 resamplings of trajectories.",
    "sobol": "We estimated first-order and total Sobol indices (Saltelli et al. 2010) from "
    "{number} base points of a scrambled Sobol sequence, with means of {seeds} at each "
    "point. Intervals are from 400 resamplings of base points.",
    EMULATOR: "We fitted a Gaussian process for each outcome to {number} points of a scrambled "
    "Sobol sequence, with means of {seeds}, kept it only if its Q2 on points held back "
    "from the whole fit (five folds) was at least 0.7 and 85 % or more of them lay in their 95 % "
    "intervals, and estimated Sobol indices on it. They are shares of the variance that is left "
    "when chance is taken out. Intervals are over 40 realisations of the process. Where it was not "
    "kept, first-order indices are of given data, with chance in their denominator. The floor is "
    "the upper end of a dummy factor's interval, at least 0.02.",
    "pawn": "We ranked factors by PAWN (Pianosi and Wagener 2018) and by first-order indices of "
    "given data on {number} points of a scrambled Sobol sequence, with means of {seeds}. "
    "Numbers are cut into 8 slices. Intervals are from 200 resamplings of points; PAWN ranks, it "
    "splits no variance.",
    "interactions": "We mapped pairs of factors on grids of {number} steps with the same {seeds} "
    "seed(s) in every cell; chance is keyed to persons, so cells differ by what factors reach.",
    "survival": "We ran both ends of each factor under each alternative of contested mechanisms "
    "with the same {seeds}, and call an effect clear if its 95 % interval over paired seeds holds "
    "no zero. Effects are compared across alternatives by paired seeds, with intervals that hold "
    "for all alternatives of a factor together; they are not corrected for the number of factors "
    "and outcomes.",
}
RANGES: Final = (
    "levers from their low to their high end, parameters over their priors, cut to the hard bounds "
    "and, where a prior has no ends, to its central 98 %; several numbers of one record move "
    "together around their values."
)
FLOOR: Final = (
    " The noise floor is a dummy factor that changes the seeds and nothing else; a factor counts "
    "as found if its whole interval lies above the dummy's (in a screening, for factors that "
    "are not numbers: above two thirds of it, because the dummy's change is divided by its step)."
)


def kit(folder: Path, *, uncalibrated: bool) -> dict[str, bytes]:
    """Return the files of the paper kit.

    Raises
    ------
    InputError
        If the analysis is not finished, a file is missing, or the model is
        uncalibrated and nobody said that this is known.
    """
    question, about = read_study(folder)
    if question.method not in HOW:
        known = ", ".join(sorted(set(HOW) - {EMULATOR}))
        raise InputError(
            f"{folder}: written by {question.method}, of which there is no paper kit. Name a "
            f"folder that one of these has written: {known}. The tables and the picture of "
            f"{question.method} stand in its own folder."
        )
    if not about.get("finished"):
        raise InputError(f"{folder}: not finished. Call the same command again; it goes on.")
    if not about.get("calibrated") and not uncalibrated:
        raise InputError(
            f"{folder}: the model is not calibrated, so this is not a result for a paper. To get "
            "the kit all the same, add --uncalibrated; each caption will then say so."
        )
    warned = "" if about.get("calibrated") else WARNED
    files: dict[str, bytes] = {}
    lacking = [name for name in NEEDED if name not in about]
    if not lacking and not isinstance(about["files"], dict):
        lacking = ["hashes of files"]
    if lacking or any(Path(name).name != name for name in about["files"]):
        what = f"lacks {', '.join(lacking)}" if lacking else "names files outside its folder"
        raise InputError(f"{folder / STUDY}: {what}. {AGAIN}")
    try:
        read = {name: (folder / name).read_bytes() for name in about["files"]}
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}. {AGAIN}") from error
    for name, content in read.items():
        if hashlib.sha256(content).hexdigest() != about["files"][name]:
            raise InputError(f"{folder / name}: changed since it was written. {AGAIN}")
    files |= read
    figures = [
        figure(name, warned + CAPTIONS.get(name, MAP_CAPTION), f"fig:{name.removesuffix('.png')}")
        for name in read
        if name.endswith(".png")
    ]
    files["figures.tex"] = "\n".join(figures).encode()
    files["tables.tex"] = "\n".join(_tables(folder, question, read, warned)).encode()
    methods = methods_paragraph(question, about)
    files["methods.tex"] = f"{escaped(methods)}\n".encode()
    files["methods.txt"] = f"{methods}\n".encode()
    files["stress_abs.tex"] = description(stress_abs(question, about)).encode()
    return files


def methods_paragraph(question: Question, about: dict[str, Any]) -> str:
    """Return the methods paragraph."""
    seeds = "1 seed" if question.seeds == 1 else f"{question.seeds} seeds"
    how = HOW[EMULATOR if question.emulator else question.method].format(
        number=question.number, seeds=seeds
    )
    floor = FLOOR if question.method in LEADING and not question.emulator else ""
    told = about["versions"]
    state = "calibrated" if about.get("calibrated") else "uncalibrated"
    packages = ", ".join(f"{name} {version}" for name, version in told.items())
    years = f"{question.first_year}-{question.last_year}"
    return (
        f"{how}{floor} Factors ({question.factors}) took the ranges of the model's registry of "
        f"evidence: {RANGES}{_options(question)} In all {about['runs']} runs of the {state} model "
        f"were made, from scenario {question.scenario}, {years} after three years "
        f"of spin-up, one simulated person standing for {question.scale:g}. Departures "
        "are reported together with weeks without stable shelter and how freely people left. "
        f"{_found(question, about['said'])}Software: "
        f"{packages}. Evidence {about['evidence_hash'][:12]}, sources "
        f"{about['sources_sha256'][:12]}."
    )


def _found(question: Question, said: list[str]) -> str:
    """Return what the report said, with verdicts counted; pairs and alternatives are tables."""
    if question.method not in LEADING:
        return ""
    told = [each.removesuffix(ADVICE) for each in said if not any(mark in each for mark in COUNTED)]
    verdicts = [each for each in said if ": converged: " in each or ": not converged: " in each]
    settled = sum(": converged: " in each for each in verdicts)
    told.append(f"Indices had converged for {settled} of {len(verdicts)} outcomes.")
    return "".join(f"{each} " for each in told)


def _options(question: Question) -> str:
    """Return what else was asked for."""
    found = [
        f" {', '.join(members)} moved together as {name}."
        for name, members in question.groups.items()
    ]
    if question.widths:
        found.append(" The screening was repeated with priors halved and doubled.")
    if question.second_order:
        found.append(" Second-order indices were estimated as well.")
    return "".join(found)


def stress_abs(question: Question, about: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the STRESS-ABS list (Monks et al. 2019) as far as an analysis fills it."""
    git = about.get("git") or {}
    revision = git.get("revision", "not in a git checkout")
    return [
        (
            "1.1 Purpose",
            (
                "Which levers and assumptions move recorded independent departures of people "
                "who must leave the Netherlands, beside harm and voluntariness; nothing searches "
                "for settings with the most departures."
            ),
        ),
        ("1.2 Model outputs", "; ".join(_told(each) for each in chosen_outcomes(question.outcome))),
        (
            "1.3 Aims of experimentation",
            f"{question.method} of {question.factors} on {question.outcome}.",
        ),
        (
            "2 Logic",
            (
                "A week in phases over households who weigh wait, return, out of sight and move "
                "on; docs/model.md and docs/decision.md."
            ),
        ),
        (
            "3 Data",
            (
                "Every value is a record with source, prior and grade: docs/parameters.md. Ranges "
                "of factors: factors.csv. The split of recorded outcomes of 2016 and 2017 is "
                "withheld."
            ),
        ),
        (
            "4.1 Initialisation",
            "Three years of spin-up before the first year, not reported.",
        ),
        ("4.2 Run length", f"{question.first_year} to {question.last_year}, by week."),
        (
            "4.3 Estimation approach",
            (
                f"{about['runs']} runs; seeds at each point {question.seeds}, N {question.number}; "
                "draws are keyed to seed, decision, week and person."
            ),
        ),
        ("5.1 Software", ", ".join(f"{n} {v}" for n, v in about["versions"].items())),
        (
            "5.2 Random sampling",
            "Counter-based draws, one uniform for each seed, decision, week and person.",
        ),
        ("5.3 Model execution", "terugkeer's own runner; results do not depend on workers."),
        ("6 Code access", f"Revision {revision}; sources {about['sources_sha256'][:12]}."),
        (
            "Calibration",
            "Calibrated." if about.get("calibrated") else "None: starting values, not estimates.",
        ),
    ]


def _told(outcome: str) -> str:
    label, unit = told(outcome)
    return f"{label} ({unit})"


def _tables(folder: Path, question: Question, read: dict[str, bytes], warned: str) -> list[str]:
    found = []
    source = "pawn" if question.method == "pawn" else "indices"
    if question.method in LEADING:
        indices = pd.read_csv(folder / f"{source}.csv")
        grades = pd.read_csv(folder / "factors.csv").groupby("group")["grade"].max()
        for outcome, rows in indices.groupby("outcome", sort=False):
            leading = LEADING[question.method]
            has = (rows["index"] == leading).any()  # not where an emulator was refused
            shown = leading_rows(rows, leading if has else "S1", grades)
            caption = f"{warned}Factors of {told(str(outcome))[0]}, largest first."
            found.append(table(shown, caption, f"tab:{outcome}"))
    for name, caption in TABLES.items():
        if f"{name}.csv" in read:
            frame = pd.read_csv(folder / f"{name}.csv").drop(columns="words", errors="ignore")
            found.append(table(frame.fillna(""), warned + caption, f"tab:{name}"))
    return found


def leading_rows(rows: pd.DataFrame, leading: str, grades: pd.Series[str]) -> pd.DataFrame:
    """Return the largest factors and the dummy with interval and grade.

    Returns
    -------
    pandas.DataFrame
        Columns `factor, grade`, the index, `low, high`.
    """
    some = rows[rows["index"] == leading].sort_values("value", ascending=False, kind="stable")
    some = some[(some["factor"] == "dummy") | (some["factor"] != "dummy").cumsum().le(ROWS)]
    return pd.DataFrame(
        {
            "factor": some["factor"],
            "grade": some["factor"].map(grades).fillna(""),
            leading: some["value"],
            "low": some["low"],
            "high": some["high"],
        }
    )
