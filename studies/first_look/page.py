"""The page of the study: its results are written from the tables of the steps, never by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.space.outcomes import chosen_outcomes
from terugkeer.experiments.reports.markdown import table

from .steps import HERE, Step, leading

if TYPE_CHECKING:
    from pathlib import Path

    from .steps import Study

    Pairs = set[tuple[str, str]]  # of factor and outcome

START: Final = "<!-- results: written by study.py, do not edit -->"
END: Final = "<!-- end of results -->"
ROWS: Final = 12
WEAK: Final = ("C", "D")  # grades of evidence
ONE_SIGN: Final = 0.9  # part of the mean size that the mean must reach to show a sign
BELOW: Final = "In brackets: not above the dummy, a factor that changes seeds only."
SURE: Final = (
    "With a star: its mean is shown not to be 0 all the same, because runs share their seeds. Such "
    "a factor acts, but less than other seeds do."
)
SELDOM: Final = (
    "These factors left the totals of the outcomes the same at all points that were visited, at "
    "this scale. That does not prove that they have no effect: a closed scheme, an empty place, "
    "another alternative of a switch, or a scale too coarse for few persons may hide it."
)
NOTHING: Final = "Not made yet: `python -m studies.first_look.study`."
TOLD: Final = {
    "screen": "Mean size of the effect of going through the whole range. A ± stands where the sign "
    "depends on everything else, and where there is no sign, as with alternatives and groups. "
    "Intervals: `indices.csv`.",
    "sobol": "Total effect, from an emulator: the share of the variance, with chance taken out, "
    "that goes with the parameter, alone or with others. All other parameters stand at their "
    "starting values.",
    "pawn": "First-order index among the points near the record, with chance in its denominator. "
    "It shows association: choosing points by their outcomes ties parameters together. After the "
    "stroke: the same from all points, near the record or not.",
}


def write_page(study: Study, path: Path = HERE / "README.md") -> None:
    """Write the results between the two marks of the page."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{START}\n\n{results(study)}\n\n{END}{after}", encoding="utf-8")


def results(study: Study) -> str:
    """Return the results of the steps that are finished, in Markdown."""
    finished = [step for step in study.steps if study.finished(step.name)]
    if not finished:
        return NOTHING
    waiting = [step.name for step in study.steps if step not in finished]
    parts = [_origin(study, finished, waiting)]
    parts += [_moves(study, step) for step in finished]
    parts += [_never(study, finished), _wrong(study, finished)]
    return "\n\n".join(parts)


def _origin(study: Study, finished: list[Step], waiting: list[str]) -> str:
    about = [
        json.loads((study.folder / s.name / "study.json").read_text("utf-8")) for s in finished
    ]
    hashes = sorted({(one["evidence_hash"][:12], one["sources_sha256"][:12]) for one in about})
    runs = sum(one["runs"] for one in about)
    made = ", ".join(" and ".join(each) for each in hashes)
    shared = study.shared
    how = f"scale {shared['scale']}, {shared['from']}-{shared['to']}; evidence and sources {made}"
    lines = [f"**Uncalibrated.** {runs:,} runs of `{shared['scenario']}`, {how}."]
    if len(hashes) > 1:
        lines.append("**Steps were made with different evidence or sources: make them anew.**")
    if waiting:
        lines.append(f"Not finished: {', '.join(waiting)}.")
    return " ".join(lines)


def _table(study: Study, step: Step, name: str) -> pd.DataFrame:
    path = study.folder / step.name / f"{name}.csv"
    return pd.read_csv(path) if path.exists() else pd.DataFrame()


def _moves(study: Study, step: Step) -> str:
    """Return the largest factors of a step beside all outcomes that must stand together."""
    indices = _table(study, step, "indices")
    index = {"screen": "mu_star", "sobol": "ST", "pawn": "S1"}[step.command]
    sizes = indices[indices["index"] == index]
    wide = sizes.pivot_table(index="factor", columns="outcome", values="value", sort=False)
    outcomes = chosen_outcomes(",".join(study.shared["outcomes"]))
    shown = [each for each in outcomes if each in wide]
    shown += [str(each) for each in wide if each not in outcomes]
    above, sure = _above(study, step, sizes, index), _sure(study, step)
    asked = [each for each in study.shared["outcomes"] if each in wide]
    part = wide[asked].drop(index="dummy") / wide[asked].drop(index="dummy").max()
    grades = _table(study, step, "factors").groupby("group")["grade"].max()
    means = _values(indices[indices["index"] == "mu"])
    values = _values(sizes)
    whole = _values(_table(study, step, "indices_all_points"))
    rows = []
    for name in [*_in_order(part, above, sure)[:ROWS], "dummy"]:
        row = [f"`{name}`", "" if pd.isna(grades.get(name)) else str(grades[name])]
        for outcome in shown:
            value = values.get((name, outcome))
            mean = 0.0 if name == "dummy" else means.get((name, outcome), 0.0)
            stands = name == "dummy" or (name, outcome) in above
            cell = "" if value is None else _cell(value, mean, index, stands=stands)
            cell += "*" if (name, outcome) in sure - above else ""
            beside = f" / {whole[name, outcome]:.2f}" if (name, outcome) in whole else ""
            row.append(f"{cell}{beside}")
        rows.append(row)
    lines = [
        f"### {step.name.replace('_', ' ').capitalize()}",
        "",
        f"{TOLD[step.command]} {BELOW}{f' {SURE}' if index == 'mu_star' else ''}",
        "",
        table(["factor", "evidence", *(f"`{each}`" for each in shown)], rows, words=2),
    ]
    without = [f"`{each}`" for each in outcomes if each not in shown]
    if without:
        lines += ["", f"Without an index of this kind: {', '.join(without)}."]
    said = [*_left_aside(study, step), *_said(study, step)]
    return "\n".join([*lines, "", *(f"- {each}" for each in said)])


def _values(rows: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the values of a table by factor and outcome; none of an empty one."""
    if rows.empty:
        return {}
    keys = zip(rows["factor"], rows["outcome"], strict=True)
    return dict(zip(keys, rows["value"], strict=True))


def _in_order(part: pd.DataFrame, above: Pairs, sure: Pairs) -> list[str]:
    """Return factors, those that stand above the noise first: where none does, all look large."""
    order = pd.DataFrame({"stands": _largest(part, above), "sure": _largest(part, sure)})
    order["part"] = part.max(axis=1)
    order = order[order["part"] > 0].sort_values(["stands", "sure", "part"], ascending=False)
    return [str(each) for each in order.index]


def _largest(part: pd.DataFrame, of: Pairs) -> pd.Series[float]:
    """Return each factor's largest part among some of its outcomes, 0 without one."""
    kept = pd.DataFrame(
        {
            name: one.where(np.array([(each, name) in of for each in one.index]))
            for name, one in part.items()
        }
    )
    return kept.max(axis=1).fillna(0.0)


def _above(study: Study, step: Step, sizes: pd.DataFrame, index: str) -> Pairs:
    """Return which factor stands above the noise in which outcome."""
    if index == "S1":  # the table tells of PAWN
        floor = sizes["outcome"].map(sizes[sizes["factor"] == "dummy"].set_index("outcome")["high"])
        rows = sizes[sizes["low"] > floor]
    else:
        rows = _table(study, step, "above_noise")
        rows = rows[rows["above"]]
    return set(zip(rows["factor"], rows["outcome"], strict=True))


def _sure(study: Study, step: Step) -> Pairs:
    """Return which factor is shown to act on which outcome, above the noise or not."""
    rows = _table(study, step, "above_noise")
    rows = rows[rows["sign_sure"]]
    return set(zip(rows["factor"], rows["outcome"], strict=True))


def _cell(value: float, mean: float, index: str, *, stands: bool) -> str:
    """Return an index: with the sign of its mean if of a screening, in brackets below the noise."""
    if index == "mu_star":
        sign = "±" if abs(mean) < ONE_SIGN * value else "+" if mean > 0 else "-"
        text = f"{sign}{_short(value)}"
    else:
        text = f"{value:.2f}"
    return text if stands else f"[{text}]"


def _short(value: float) -> str:
    return f"{float(f'{value:.3g}'):,.10g}"


def _left_aside(study: Study, step: Step) -> list[str]:
    """Return which mechanisms of an earlier step had no room in this one."""
    how, earlier = step.needs
    if how != "members_of":
        return []
    before = _table(study, Step(earlier, "", 0, 0), "factors")
    here = set(_table(study, step, "factors")["factor"])
    aside = []
    for name in leading(study.folder / earlier, study.shared["outcomes"]):
        members = before.loc[before["group"] == name, "factor"]
        if not set(members) <= here:
            aside.append(f"`{name}` ({len(members)})")
    if not aside:
        return []
    said = "Above the noise as a mechanism, but not looked at one by one, for want of room: "
    return [f"{said}{', '.join(aside)}."]


def _said(study: Study, step: Step) -> list[str]:
    about = json.loads((study.folder / step.name / "study.json").read_text("utf-8"))
    dropped = ("Changed nothing", ": converged: ", ": not converged: ", ": left out, for ")
    said = [str(each) for each in about["said"] if not any(mark in each for mark in dropped)]
    verdict = _table(study, step, "verdict")
    few = f", on {step.number} {'trajectories' if step.command == 'screen' else 'points'}"
    settled = f"Indices have settled for {verdict['converged'].sum()} of {len(verdict)} outcomes"
    return [*said, f"{settled}{few}."]


def _never(study: Study, finished: list[Step]) -> str:
    """Return what changed nothing on the same seeds, and under what it would act."""
    lines = ["### What never binds", ""]
    for step in (each for each in finished if each.command == "screen"):
        above, factors = _table(study, step, "above_noise"), _table(study, step, "factors")
        by = above.groupby("factor", sort=False)
        touches, stands = by["touches"].any(), by["above"].any()
        under = factors.drop_duplicates("group").set_index("group")["under"]
        never = [
            f"`{name}`" + (f" (acts under {under[name]})" if isinstance(under[name], str) else "")
            for name in touches.index[~touches]
        ]
        quiet = int((touches & ~stands).sum())
        lines.append(
            f"- {step.name}: {', '.join(never) or 'everything changes something'}. Besides, "
            f"{quiet} of {len(touches)} change something but stand above the noise in no outcome."
        )
    return "\n".join([*lines, "", SELDOM])


def _wrong(study: Study, finished: list[Step]) -> str:
    """Return what a reader should doubt, as far as the tables show."""
    lines = ["### What looks wrong", ""]
    levers = registry().levers
    for step in finished:
        above = _table(study, step, "above_noise")
        factors = _table(study, step, "factors").set_index("factor")
        stands = above[above["above"]]
        shown = above[above["above"] | above["sign_sure"]]
        under = factors["under"].reindex(above["factor"].unique()).fillna("")
        silent = [
            f"`{name}` ({', '.join(said)})"
            for name in above["factor"].unique()
            if name in levers and not under[name]  # what must hold besides is not set here
            for said in [[each for each in levers[name].outcomes if each in set(above["outcome"])]]
            if said and shown[(shown["factor"] == name) & shown["outcome"].isin(said)].empty
        ]
        if silent:
            lines.append(
                f"- {step.name}: not shown to move, above chance, what they are said to move, with "
                f"{step.number} trajectories: {', '.join(silent)}."
            )
        top = stands.sort_values("value", ascending=False).groupby("outcome").head(3)
        weak = [
            str(name) for name in dict.fromkeys(top["factor"])
            if name in factors.index and factors.loc[name, "grade"] in WEAK
        ]  # fmt: skip
        if weak:
            lines.append(
                f"- {step.name}: on weak evidence ({' or '.join(WEAK)}), and among the three "
                f"largest for some outcome: {', '.join(f'`{each}`' for each in weak)}."
            )
    if lines[-1] == "":
        lines.append("- Nothing that these tables show.")
    lines += [
        "",
        "Whether a sign is as the sources lead to expect is for the reader to judge.",
    ]
    return "\n".join(lines)
