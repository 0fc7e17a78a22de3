"""A target: one number of the record, how far it may be off and why, and what it is used for."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ..abm.evidence.bibliography import Source  # noqa: TC001 (pydantic reads it at run time)
from ..abm.evidence.text import NAME, Text
from ..abm.evidence.units import known_unit
from ..abm.observation.observer import ALL

FIRST_YEAR: Final = 2011
LAST_YEAR: Final = 2015  # what lies past it is withheld, or pools years that are

Statistic = Literal["mean", "share", "change", "contrast", "lead"]
Use = Literal["calibration", "validation"]
Names = Annotated[tuple[Text, ...], Field(strict=False)]
Years = Annotated[tuple[int, ...], Field(strict=False)]
Deviation = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
NEEDS: Final[dict[Statistic, tuple[str, ...]]] = {
    "mean": (),
    "share": ("over",),
    "change": ("before",),
    "contrast": ("over", "against"),
    "lead": ("over",),
}


class ErrorModel(BaseModel):
    """How far a recorded number may be from what the model counts, without a fault of the model.

    Standard deviations in the unit of the target: of rounding in print, of counting persons
    whose fate has chance in it, of a definition that differs from the model's, and of what the
    model leaves out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    rounding: Deviation
    counting: Deviation
    definition: Deviation
    discrepancy: Deviation
    why: Text

    def sd(self) -> float:
        """Return the whole standard deviation, the root of the sum of the four squares."""
        return math.hypot(self.rounding, self.counting, self.definition, self.discrepancy)


class Target(BaseModel):
    """One number that the model is held against.

    `table`, `item`, `over` and groups name rows of an observer. The statistic is, of rows in
    `years`: the `mean` a year of the sum of the items; the `share` of the items in `over`, both
    summed over years; the `change`, mean over `years` by mean over `before`; the `contrast`,
    the share in `group` by the share in `against`; or the `lead`, the items by the largest
    single item of `over` in the year in which that is least. With `bound` the record is a floor.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    HIDDEN: ClassVar[frozenset[str]] = frozenset({"id"})  # the name of its table in a file

    id: str
    says: Text
    table: Text
    item: Annotated[Names, Field(min_length=1)]
    over: Names = ()
    group: str = ALL
    against: str = ""
    years: Annotated[Years, Field(min_length=1)]
    before: Years = ()
    statistic: Statistic
    bound: Literal["", "at_least"] = ""
    value: Annotated[float, Field(allow_inf_nan=False)]
    unit: str
    source: Source
    used_for: Use
    error: ErrorModel

    @field_validator("used_for", mode="before")
    @classmethod
    def _one_use(cls, given: object) -> object:
        if given not in ("calibration", "validation"):
            raise ValueError(
                f"{given!r}: a target serves calibration or validation, never both and nothing "
                "else; choose one of the two"
            )
        return given

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        found = []
        if not NAME.fullmatch(self.id):
            found.append(f"name {self.id!r} is not snake_case; rename the table")
        known_unit(self.unit)
        for key in ("over", "before", "against"):
            given, needed = bool(getattr(self, key)), key in NEEDS[self.statistic]
            if given != needed:
                does = "needs it; add it" if needed else "does not use it; remove it"
                found.append(f"{key}: statistic {self.statistic!r} {does}")
        for key in ("years", "before"):
            found += _about_years(key, getattr(self, key))
        if not self.error.sd() > 0.0:
            found.append("error: all four are 0, and no record is without error; correct it")
        if found:
            raise ValueError("\n".join(found))
        return self

    def rows(self) -> tuple[object, ...]:
        """Return what is measured, by which the same target under two names is found."""
        items = (tuple(sorted(self.item)), tuple(sorted(self.over)))
        groups = (self.group, self.against)
        return (self.table, self.statistic, *items, groups, self.years, self.before)

    def shares_rows(self, other: Target) -> bool:
        """Return whether another target counts some of the same rows by the same statistic.

        Rows below the line of a share don't count: many shares have the same ones.
        """
        groups, others = ({each.group, each.against} - {""} for each in (self, other))
        years, theirs = ({*each.years, *each.before} for each in (self, other))
        return (
            (self.table, self.statistic) == (other.table, other.statistic)
            and bool({*self.item} & {*other.item})
            and bool(groups & others)
            and bool(years & theirs)
        )

    def off(self, value: float, noise: float = 0.0) -> float:
        """Return how many standard deviations a value is off.

        Parameters
        ----------
        value : float
            Of the model; NaN where it can't tell.
        noise : float, optional
            Standard deviation of the chance in it.

        Returns
        -------
        float
            `|value - record| / sqrt(sd^2 + noise^2)`; 0 above a floor; infinite where the
            model can't tell.
        """
        if math.isnan(value):
            return math.inf
        miss = self.value - value
        miss = max(miss, 0.0) if self.bound else abs(miss)
        return miss / math.hypot(self.error.sd(), noise)


def _about_years(key: str, years: tuple[int, ...]) -> list[str]:
    """Return what is wrong with years."""
    found = []
    late = [year for year in years if year > LAST_YEAR]
    early = [year for year in years if year < FIRST_YEAR]
    if late:
        found.append(
            f"{key}: {', '.join(map(str, late))} lies past {LAST_YEAR}; how departures split in "
            "2016 and 2017 is the blind test, so no target reaches there; remove it"
        )
    if early:
        found.append(
            f"{key}: {', '.join(map(str, early))} lies before {FIRST_YEAR}, where the model "
            "begins to report; remove it"
        )
    if list(years) != sorted(set(years)):
        found.append(f"{key}: years stand twice or out of order; sort them")
    return found
