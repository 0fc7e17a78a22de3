"""How strong the evidence for a value is: NUSAP pedigree scores and grades.

The pedigree matrix is that of NUSAP (numeral, unit, spread, assessment,
pedigree: Funtowicz and Ravetz 1990, *Uncertainty and Quality in Science for
Policy*; in the form used in Dutch policy science, van der Sluijs and others
2005, *Risk Analysis* 25, 481-492). Four criteria are scored from 0 (weak) to
4 (strong).
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from .text import Bilingual

Kind: TypeAlias = Literal["measured", "derived", "expert", "assumption"]
Grade: TypeAlias = Literal["A", "B", "C", "D"]
GRADES: Final[tuple[Grade, ...]] = ("A", "B", "C", "D")
WORDS: Final[dict[Grade, Bilingual]] = {
    "A": Bilingual(en="strong", nl="sterk"),
    "B": Bilingual(en="fair", nl="redelijk"),
    "C": Bilingual(en="thin", nl="mager"),
    "D": Bilingual(en="weak", nl="zwak"),
}
Score: TypeAlias = Annotated[int, Field(ge=0, le=4)]


class Pedigree(BaseModel):
    """Four scores from 0 (weak) to 4 (strong).

    `proxy`: how near the thing measured is to the thing meant. `empirical`: how
    much was observed. `method`: how accepted the method is. `validation`: how
    far the value was checked against independent data.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    proxy: Score
    empirical: Score
    method: Score
    validation: Score


class Mechanism(Pedigree):
    """A mechanism whose records share one pedigree."""

    title: Annotated[str, Field(min_length=1)]
    note: str = ""


def grade(pedigree: Pedigree, kind: Kind) -> Grade:
    """Return the grade of a value.

    With the NUSAP strength `s = (proxy + empirical + method + validation) / 16`,
    the mean of the four scores over their maximum, the grade is A for
    `s >= 0.75`, B for `s >= 0.5`, C for `s >= 0.25` and D below. An assumption
    is never better than D.
    """
    if kind == "assumption":
        return "D"
    strength = strength_of(pedigree)
    if strength >= 0.75:  # noqa: PLR2004 (the quarters of the formula above)
        return "A"
    if strength >= 0.5:  # noqa: PLR2004 (same)
        return "B"
    return "C" if strength >= 0.25 else "D"  # noqa: PLR2004 (same)


def strength_of(pedigree: Pedigree) -> float:
    """Return the NUSAP strength: the mean score over its maximum.

    Returns
    -------
    float
        Between 0 and 1.
    """
    scores = (pedigree.proxy, pedigree.empirical, pedigree.method, pedigree.validation)
    return sum(scores) / 16
