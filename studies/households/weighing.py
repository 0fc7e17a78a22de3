"""Write what docs/decision.md shows in numbers: `python -m studies.households.weighing`.

Fills what stands between the markers of the page and draws docs/images/weighing.png,
from three invented households that the model itself weighs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.decision.adults import Adults
from terugkeer.abm.world.decision.hiding import chance_lost
from terugkeer.abm.world.decision.variables import VARIABLES
from terugkeer.abm.world.decision.weighing import NOISE, Weights, constants
from terugkeer.abm.world.help.schemes import offered
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import Option, Stage, label
from terugkeer.agents.rules.options import gumbel, probabilities
from terugkeer.agents.rules.transforms import TRANSFORMS
from terugkeer.experiments.reports.markdown import MINUS, table
from terugkeer.viz.figures.weighing import weighing_png

from ..markdown import filled
from .invented import CHANGES, FAMILY, MAN, WOMAN
from .story import FORCES
from .weighed import DAY, SEED, deliberated, ground, weighing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from terugkeer.abm.evidence.record import Record

    from .weighed import Change, Invented, Weighing

PAGE: Final = Path(__file__).parents[2] / "docs" / "decision.md"
PICTURE: Final = PAGE.parent / "images" / "weighing.png"
OPTIONS: Final = tuple(label(option).replace("_", " ") for option in Option)
NOT_SHOWN: Final = {"spell_open"}  # told in words


def _number(value: float) -> str:
    """Return a number with two decimals, and nothing for none."""
    return f"{value:.2f}".replace("-", MINUS) if value else ""


def _per_cent(share: float) -> str:
    """Return a share in per cent, or `closed` for exactly none."""
    return f"{100 * share:.1f} %" if share else "closed"


def _each(values: NDArray[np.float64]) -> str:
    """Return a number for each adult, or one if they are alike."""
    texts = [_number(value) for value in values]
    return texts[0] if len(set(texts)) == 1 else " / ".join(text or "0" for text in texts)


def _cell(found: Weighing, name: str, row: int) -> str:
    """Return the state of one adult in words."""
    value = getattr(found.world.people, name)[row]
    if COLUMNS[name].dtype is np.bool_:
        return "yes" if value else "no"
    if name.endswith("_eur"):
        return f"{value:,.0f}" if np.isfinite(value) else "money plays no role"
    return f"{value:.2f}"


def _state(household: Invented) -> str:
    """Return what the adults of a household are like."""
    found, adults = weighing(household), household.adults
    given = {name for own in adults.values() for name in own} | set(household.shared) - NOT_SHOWN
    moved = [name for name, column in COLUMNS.items() if name in given and not column.enum]
    shown = [name for name in moved if COLUMNS[name].dtype in {np.float32, np.bool_}]
    ages = ["`age`", "years", *(f"{own['age']}" for own in adults.values())]
    rows = [
        [f"`{name}`", COLUMNS[name].unit, *(_cell(found, name, row) for row in range(len(adults)))]
        for name in shown
    ]
    return table(["state", "what it is", *adults], [ages, *rows], words=2)


def _force(record: Record) -> int:
    """Return the place of a factor's force among the four."""
    assert record.factor is not None  # noqa: S101 (`factors` returns no other)
    return FORCES.index(record.factor.force)


def _reasons(household: Invented) -> str:
    """Return weight times variable by factor and option, the constants, and the sums."""
    found = weighing(household)
    world, adults = found.world, found.weighed.adults
    lines, idle = [], []
    for record in sorted(registry().factors(), key=_force):
        assert record.factor is not None  # noqa: S101 (`factors` returns no other)
        alone = Weights([record])
        adds = alone.product(world, adults)[: len(Option)]
        word = record.name.removeprefix("factor_").replace("_", " ")
        if not adds.any():
            idle.append(word)
            continue
        variable = VARIABLES[record.factor.variable](Adults(world, adults))
        value = TRANSFORMS[record.factor.transform](variable)
        ((_, _, weights),) = alone.terms(world.now)
        weight = max(abs(each) for option, each in weights if option < len(Option))
        lines.append([word, record.factor.force, _number(weight), _each(value), *map(_each, adds)])
    whole = constants(world, adults)
    alike = constants(weighing(household, {"disposition_sd": 0.0}).world, adults)
    lines.append(["constant", "", "", "", *map(_each, alike)])
    lines.append(["own disposition", "", "", "", *map(_each, whole - alike)])
    lines.append(["**utility**", "", "", "", *map(_each, found.weighed.utilities)])
    sums = table(["reason", "force", "weight", "variable", *OPTIONS], lines, words=2)
    return f"{sums}\n\nReasons at 0 here: {', '.join(idle)}."


def _outcome(household: Invented) -> str:
    """Return the forces, the chances, and what the luck of one week makes of them."""
    found = weighing(household)
    rows = found.weighed.adults[found.weighed.first]
    utility, chances = found.weighed.household[:, 0], found.chances
    luck = gumbel(np.concatenate([found.world.draw(NOISE[option], rows) for option in Option]))
    push, pull, stay, deter = found.forces
    constant = found.against_wait - (push + pull - stay - deter)
    after = deliberated(household).people
    drawn = [
        _number(each) if chance else "closed"
        for each, chance in zip(utility + luck, chances, strict=True)
    ]
    lines = [
        ["utility", *map(_number, utility)],
        ["chance", *map(_per_cent, chances)],
        ["luck of the week", *map(_number, luck)],
        ["utility and luck", *drawn],
    ]
    sums = (
        f"Return against waiting: {_number(constant)} (constant and disposition) + "
        f"{_number(push)} (push) + {_number(pull)} (pull) {MINUS} {_number(stay)} (stay) "
        f"{MINUS} {_number(deter)} (deter) = **{_number(found.against_wait)}**."
    )
    week = (
        f"Capacity is {found.capacity:.2f}, so the chance to weigh in a week is "
        f"{_per_cent(found.weekly(occasion=False))}, or {_per_cent(found.weekly(occasion=True))} "
        f"if the week brings an occasion. If it happens in the week of {DAY.day} {DAY:%B %Y} with "
        f"seed {SEED}, the choice is **{OPTIONS[after.choice[0]]}**, and the stage afterwards "
        f"*{label(Stage(after.stage[0])).replace('_', ' ')}*."
    )
    return "\n\n".join([table(["", *OPTIONS], lines), sums, week])


def _changes(changes: Sequence[Change]) -> str:
    """Return what one change makes of capacity, forces and chances."""
    lines = []
    for change in changes:
        found = change.weighing()
        chances = map(_per_cent, found.chances)
        lines.append([change.text, f"{found.capacity:.2f}", *map(_number, found.forces), *chances])
    return table(["what is different", "capacity", *FORCES, *OPTIONS], lines)


def _fear() -> str:
    """Return what the same blow does with and without fear, under both readings."""
    lines = []
    for sharpness in ("soft", "hard"):
        now = {"moderators": sharpness}
        for fear, safety in (("his fear", MAN.adults["he"]["believed_safety"]), ("no fear", 1.0)):
            man = MAN.having(believed_safety=safety)
            before = weighing(man, now)
            danger = float(Adults(before.world, before.weighed.adults).danger[0])
            gained = []
            for state in ({"illegality_prospects": 0.0}, {"threat": 1.0}):
                after = weighing(man.having(**state), now)
                moved = (after.weighed.household - before.weighed.household)[:, 0]
                gained += [moved[Option.RETURN], moved[Option.OUT_OF_SIGHT]]
            cells = (f"{each:+.2f}".replace("-", MINUS) for each in gained)
            lines.append([f"{sharpness}, {fear}", f"{danger:.2f}", *cells])
    head = ["reading", "believed danger"]
    for blow in ("no prospects", "sure of removal"):
        head += [f"{blow}: return", f"{blow}: out of sight"]
    return table(head, lines)


def _event() -> str:
    """Return how many go out of sight when shelter ends, and how he compares."""
    world = deliberated(MAN)
    share = "not_found_share_end_of_reception"
    his = float(chance_lost(world, np.array([0]), share)[0])
    base = world.now.number(share)
    return (
        f"Of people with the usual lean toward hiding, {_per_cent(base)} are not found "
        f"when reception ends. For him the model says {_per_cent(his)}."
    )


def _rules() -> str:
    """Return each adult's own weighing, and the household's under the three rules."""
    own = weighing(FAMILY).weighed.utilities
    alone = probabilities(own, np.ones_like(own, dtype=np.bool_))
    lines = [
        [f"{name}, alone", *map(_number, own[:, index]), *map(_per_cent, alone[:, index])]
        for index, name in enumerate(FAMILY.adults)
    ]
    for rule in ("mean", "veto", "head"):
        found = weighing(FAMILY, {"household": rule})
        utility = map(_number, found.weighed.household[:, 0])
        lines.append([f"rule `{rule}`", *utility, *map(_per_cent, found.chances)])
    chances = [f"chance: {option}" for option in OPTIONS]
    return table(
        [
            "adult, or rule of the household",
            *(f"utility: {option}" for option in OPTIONS),
            *chances,
        ],
        lines,
    )


def _gate() -> str:
    """Return what an offer does before and after a person considers return."""
    cases = (
        ("not considering", "when_considering", Stage.NOT_CONSIDERING),
        ("considering", "when_considering", Stage.CONSIDERING),
        ("not considering", "general", Stage.NOT_CONSIDERING),
        ("considering", "none", Stage.CONSIDERING),
    )
    lines = []
    for stage, reading, code in cases:
        with_offer = weighing(WOMAN.having(stage=code), {"assistance": reading})
        without = weighing(WOMAN.having(stage=code), {"assistance": "none"})
        adds = with_offer.against_wait - without.against_wait
        chance = _per_cent(with_offer.chances[Option.RETURN])
        lines.append([stage, f"`{reading}`", _number(adds) or "0", chance])
    return table(
        ["stage", "reading of `assistance`", "offer adds", "chance: return"], lines, words=2
    )


def _offer() -> str:
    """Return what cash, help in kind and their stack are worth to her."""
    basic, cash, kind = "rean_adult", "assistance_cash_adult", "assistance_in_kind"
    cases: list[tuple[str, dict[str, object]]] = [
        ("nothing", {basic: 0, cash: 0, kind: 0}),
        ("cash alone", {kind: 0}),
        ("help in kind alone", {cash: 0}),
        ("both, `none_beyond_cash`", {"stacking": "none_beyond_cash"}),
        ("both, `diminishing`", {"stacking": "diminishing"}),
        ("both, `additive`", {"stacking": "additive"}),
        (
            "both, `additive`, in kind preferred",
            {"stacking": "additive", "cash_or_in_kind": "in_kind"},
        ),
    ]
    lines = []
    for text, now in cases:
        found = weighing(WOMAN, now)
        met = float(VARIABLES["assistance"](Adults(found.world, found.weighed.adults))[0])
        chance = _per_cent(found.chances[Option.RETURN])
        worth = f"{offered(found.world, found.weighed.adults).worth[0]:,.0f}"
        lines.append([text, worth, f"{100 * met:.0f} %", chance])
    return table(["on offer", "worth, euro", "share of her price met", "chance: return"], lines)


def _moderators() -> str:
    """Return the gates with the values in force."""
    gates = (
        ("capacity", "opens", "agency, and again mental health", "how often a person weighs"),
        ("fear", "closes", "believed danger", "gloom, and threat as a push to return"),
        ("hope", "closes", "hope of a permit", "what a talk changes in hope and gloom"),
    )
    lines, now = [], Values(ground()[0].at(DAY))
    for gate, way, state, acts in gates:
        parts = [registry()[f"{gate}_{part}"] for part in ("midpoint", "steepness", "floor")]
        cited = [f"{each.ref} {each.locator}" for part in parts for each in part.sources]
        values = [f"{now.number(part.name):g}" for part in parts]
        hard = f"nothing below {values[0]}" if way == "opens" else f"nothing from {values[0]} on"
        way_in_words = f"`{gate}_...`: {way} with {state}"
        lines.append([way_in_words, acts, hard, "; ".join(cited), *values])
    head = ["gate", "what it scales", "hard reading lets through", "source"]
    return table([*head, "midpoint", "steepness", "floor"], lines, words=4)


def _given(*names: str) -> str:
    """Return records with title, value, unit and grade."""
    values = Values(ground()[0].at(DAY))
    records = [registry()[name] for name in names]
    lines = [
        [f"`{each.name}`", each.title, f"{values.number(each.name):g}", each.unit]
        for each in records
    ]
    graded = [[*line, registry().grade(name)] for line, name in zip(lines, names, strict=True)]
    return table(["record", "what", "value", "unit", "grade"], graded, words=2)


BLOCKS: Final[dict[str, Callable[[], str]]] = {
    "constants": lambda: _given(
        "constant_return_asylum", "constant_return_other", "constant_out_of_sight",
        "constant_move_on", "disposition_sd",
    ),
    "occasions": lambda: _given(
        "deliberation_rate", "occasion_chance", "weighty_news", "weighing_while_applied",
    ),
    "draws": lambda: _given("draws_to_intend", "draws_to_give_up"),
    "times": lambda: _given(
        "choice_acted_on_hazard", "first_step_hazard", "disclosure_hazard",
        "document_hazard_preparing", "preparation_weeks", "departure_hazard_ready",
        "unregistered_share",
    ),
    "moderators": _moderators,
    "he-state": lambda: _state(MAN),
    "he-reasons": lambda: _reasons(MAN),
    "he-outcome": lambda: _outcome(MAN),
    "he-fear": _fear,
    "he-event": _event,
    "he-changes": lambda: _changes(CHANGES["he"]),
    "family-state": lambda: _state(FAMILY),
    "family-reasons": lambda: _reasons(FAMILY),
    "family-rules": _rules,
    "family-outcome": lambda: _outcome(FAMILY),
    "family-changes": lambda: _changes(CHANGES["family"]),
    "she-state": lambda: _state(WOMAN),
    "she-reasons": lambda: _reasons(WOMAN),
    "she-outcome": lambda: _outcome(WOMAN),
    "she-gate": _gate,
    "she-offer": _offer,
    "she-changes": lambda: _changes(CHANGES["she"]),
}  # fmt: skip


def block(name: str) -> str:
    """Return what stands in a block of the page."""
    return BLOCKS[name]()


def drawn() -> pd.DataFrame:
    """Return what the picture shows.

    Returns
    -------
    pandas.DataFrame
        A row for each adult: columns `household`, `adult`, `constant`, the four
        forces, and the chances of the household by option.
    """
    rows = []
    for name, household in (("single man", MAN), ("family", FAMILY), ("single woman", WOMAN)):
        found = weighing(household)
        utilities, forces = found.weighed.utilities, found.weighed.forces
        against = utilities[Option.RETURN] - utilities[Option.WAIT]
        for index, adult in enumerate(household.adults):
            push, pull, stay, deter = forces[:, index]
            rows.append(
                {
                    "household": name,
                    "adult": adult if len(household.adults) > 1 else name,
                    "constant": against[index] - (push + pull - stay - deter),
                    **dict(zip(FORCES, forces[:, index], strict=True)),
                    **dict(zip(map(label, Option), found.chances, strict=True)),
                }
            )
    return pd.DataFrame(rows)


def main() -> None:
    """Write page and picture."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), block), encoding="utf-8")
    PICTURE.write_bytes(weighing_png(drawn()))
    sys.stdout.write(f"Wrote {PAGE.name} and {PICTURE.name}.\n")


if __name__ == "__main__":
    main()
