"""Write what docs/walkthrough.md shows in numbers: `python -m studies.households.walkthrough`.

Three invented households live in the model's own world, each under two policies and
over forty draws of luck. Fills what stands between the markers of the page and of its
Dutch version, and draws docs/images/walk_*.png.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import monday
from terugkeer.experiments.reports.markdown import MINUS, table

from ..markdown import filled
from .drawn_lives import FIRST, ON_RECORD, OTHER_POLICY, here, picture
from .fates import ENDS, SEEDS, fate, pairs, shown
from .lives import SCALE, THREE, WEEKS, beginning
from .story import FORCES, happened
from .weighed import WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .fates import Fate, Pair
    from .lives import Life

PAGE: Final = Path(__file__).parents[2] / "docs" / "walkthrough.md"
DUTCH: Final = PAGE.parent / "nl" / "drie-huishoudens.md"
IMAGES: Final = PAGE.parent / "images"
AGAIN: Final = "python -m studies.households.walkthrough"
DUTCH_POLICY: Final = {
    "he": ("De man", "opvang dag en nacht"),
    "family": ("Het gezin", "toekomstgesprekken"),
    "she": ("De vrouw", "twee keer zoveel begeleiders"),
}
AT: Final = (0, 4, 13, 26, 52, 104)  # weeks whose state is shown
SHOWN: Final = {
    "hope": "hope of a permit",
    "threat": "believed chance of removal",
    "knowledge": "knowledge of support",
    "believed_safety": "believed safety at origin",
    "illegality_prospects": "prospects without papers",
    "mental": "mental health",
    "agency": "agency",
    "ties_nl": "ties here",
    "trust_state": "trust in the state",
    "debt_eur": "debt, euro",
    "push": "push",
    "pull": "pull",
    "stay": "stay",
    "deter": "deter",
}
WENT: Final = ("sustained", "hard", "left_again")


def weeks(who: str, pair: Pair) -> str:
    """Return the two lives side by side, week by week.

    Returns
    -------
    str
        A sentence on where they part, and a table.
    """
    told = []
    for life in pair.lives:
        found = happened(who, life)
        told.append(found.groupby("week")["words"].agg("; ".join))
    rows = []
    for week in sorted({*told[0].index.tolist(), *told[1].index.tolist()}):
        first, second = (str(each.get(week, "")) for each in told)
        day = monday(WEEK + week - 1)
        same = "*the same*" if first == second else second
        rows.append([f"{week}", f"{day.day} {day:%b %Y}", first, same])
    seen, any_ = pair.parts_visibly, pair.parts
    apart = "nothing that is recorded differs between the two"
    if any_ is not None:
        apart = f"the two are the same to the last digit before week {any_}"
        apart += f", and others can see a difference from week {seen} on" if seen else (
            ", and others never see a difference"
        )  # fmt: skip
    text = f"Luck of seed {pair.seed}; the other policy holds from week {FIRST} on; {apart}."
    head = ["week", "from", ON_RECORD, f"with {OTHER_POLICY[who]}"]
    return f"{text}\n\n{table(head, rows, words=4)}"


def states(who: str, pair: Pair) -> str:
    """Return the state of each adult in some weeks, in both lives."""
    rows = []
    for adult, name in enumerate(THREE[who].household.adults):
        for column, words in SHOWN.items():
            cells = []
            for week in AT:
                both = [_cell(life, column, week, adult) for life in pair.lives]
                cells.append(both[0] if both[0] == both[1] else f"{both[0]} / {both[1]}")
            rows.append([name, words, *cells])
    head = ["adult", "state at the end of week", *(f"{week}" for week in AT)]
    return table(head, rows, words=2)


def _cell(life: Life, column: str, week: int, adult: int) -> str:
    """Return one number of one adult, and for forces whether it has weighed yet."""
    if not here(life)[week]:
        return "gone"
    if column in FORCES and not any(life.states[force][week, adult] for force in FORCES):
        return "not yet"
    value = life.states[column][week, adult]
    text = f"{value:,.0f}" if column.endswith("_eur") else f"{value:.2f}"
    return text.replace("-", MINUS)


def ends(who: str, found: Sequence[Pair]) -> str:
    """Return how lives end over draws of luck, with harm and voluntariness beside it.

    Parameters
    ----------
    who : str
        A key of `THREE`.
    found : sequence of Pair
        By seed.
    """
    fates = [[fate(pair.lives[at]) for pair in found] for at in (0, 1)]
    counts = [Counter(each.end for each in of_policy) for of_policy in fates]
    rows = [[end, *(f"{count[end]}" for count in counts)] for end in ENDS]
    for words, name in (
        ("weeks without stable shelter, mean", "unsheltered"),
        ("weeks in detention or closed shelter, mean", "held"),
        ("weeks in which the household weighed its options, mean", "weighed"),
    ):
        rows.append([words, *(f"{_mean(each, name):.1f}" for each in fates)])
    adults = [sum((Counter(each.adults) for each in of_policy), Counter()) for of_policy in fates]
    rows.append(["adults who returned independently", *(f"{each['adults']}" for each in adults)])
    for words, name in (
        ("of these, informed of support", "informed"),
        ("of these, free of detention and destitution", "free"),
        ("of these, with a liveable alternative", "alternative"),
        ("of these, all three", "all three"),
        ("of these, with return as own first choice", "first choice"),
    ):
        rows.append([words, *(f"{each[name]}" for each in adults)])
    went = [Counter(each.followed for each in of_policy) for of_policy in fates]
    told = [" / ".join(f"{each[how]}" for how in WENT) for each in went]
    rows.append(
        ["last follow-up of the return: lasts without hardship / with hardship / left again", *told]
    )
    parted = sum(pair.parts is not None for pair in found)
    visibly = sum(pair.parts_visibly is not None for pair in found)
    otherwise = sum(a.end != b.end for a, b in zip(*fates, strict=True))
    text = (
        f"Of {len(found)} draws of luck, the model records a difference between the two lives in "
        f"{parted}, others can see one in {visibly}, and the lives end differently in {otherwise}."
    )
    head = [f"lives after {WEEKS} weeks", ON_RECORD, f"with {OTHER_POLICY[who]}"]
    return f"{text}\n\n{table(head, rows)}"


def _mean(fates: Sequence[Fate], name: str) -> float:
    return float(np.mean([getattr(each, name) for each in fates]))


def source() -> str:
    """Return where all numbers come from."""
    return (
        f"Evidence {registry().evidence_hash()[:12]}, {SCALE:g} persons for each simulated person, "
        f"seeds {SEEDS[0]} to {SEEDS[-1]}; made anew with `{AGAIN}`."
    )


def dutch(found: dict[str, list[Pair]]) -> str:
    """Return how lives end, in Dutch.

    Parameters
    ----------
    found : dict of str to list of Pair
        By household and seed.
    """
    rows = []
    for who, (name, other) in DUTCH_POLICY.items():
        for at, policy in enumerate(("zoals het was", other)):
            fates = [fate(pair.lives[at]) for pair in found[who]]
            count = Counter(each.end for each in fates)
            adults: Counter[str] = sum((Counter(each.adults) for each in fates), Counter())
            roof = f"{_mean(fates, 'unsheltered'):.1f}".replace(".", ",")
            freely = f"{adults['all three']} van {adults['adults']}"
            rows.append([name, policy, *(f"{count[end]}" for end in ENDS), roof, freely])
    head = [
        "wie", "beleid", "zelfstandig teruggekeerd", "gedwongen vertrokken",
        "ongezien weg, naar huis of verder", "vergunning", "anders gesloten",
        "nog hier, dossier open", "nog hier, geen dossier",
        "weken zonder vast onderdak (gemiddeld)",
        "van de zelfstandig teruggekeerde volwassenen: vrij",
    ]  # fmt: skip
    return table(head, rows, words=2)


def blocks(found: dict[str, list[Pair]]) -> dict[str, str]:
    """Return all that stands between markers.

    Parameters
    ----------
    found : dict of str to list of Pair
        By household and seed.

    Returns
    -------
    dict of str to str
        By name of the block.
    """
    written = {"source": source(), "dutch": dutch(found)}
    for who, of_household in found.items():
        pair = shown(of_household)
        written[f"{who}-weeks"] = weeks(who, pair)
        written[f"{who}-states"] = states(who, pair)
        written[f"{who}-ends"] = ends(who, of_household)
    return written


def main() -> None:
    """Write both pages and the pictures."""
    found: dict[str, list[Pair]] = {who: [] for who in THREE}
    for seed in SEEDS:
        for who, pair in pairs(beginning(seed), seed).items():
            found[who].append(pair)
    written = blocks(found)
    for page in (PAGE, DUTCH):
        page.write_text(
            filled(page.read_text(encoding="utf-8"), written.__getitem__), encoding="utf-8"
        )
    for who, of_household in found.items():
        (IMAGES / f"walk_{who}.png").write_bytes(picture(who, shown(of_household)))
    sys.stdout.write(f"Wrote {PAGE.name}, {DUTCH.name} and pictures walk_*.png.\n")


if __name__ == "__main__":
    main()
