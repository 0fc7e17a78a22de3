"""A number of the model with everything that is known about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, Self, TypeAlias

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, field_validator, model_validator

from .bibliography import Source
from .card import Card
from .factor import Factor
from .grade import Kind, Pedigree
from .mistakes import did_you_mean
from .prior import PRIORS, Dirichlet, Discrete, Prior, is_wide
from .text import NAME, Bilingual, Text
from .units import known_unit
from .value import SUM_TOLERANCE, NumberTable, Value, freeze, like, mapped, numbers, show

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Role: TypeAlias = Literal["fixed", "calibrate", "lever", "switch"]
ROLES: Final[tuple[Role, ...]] = ("fixed", "calibrate", "lever", "switch")
Anything: TypeAlias = Annotated[Value, PlainValidator(freeze)]
Number: TypeAlias = Annotated[int | float, Field(allow_inf_nan=False)]


class Dated(BaseModel):
    """A value that holds from a date on."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    start: Annotated[date, Field(alias="from")]
    value: Anything
    says: Text
    source: Source | None = None


class Translation(BaseModel):
    """What a page shows of a record, in Dutch."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Text


class Record(BaseModel):
    """A number (or word, list, table, data file) with source, prior and pedigree.

    Read from TOML; `name` is the key of its table and `file` the file that
    holds it. Either `value` or `table`, a file of `evidence/data`, is given.
    A list with `parts` names its numbers, which are 0 and vary each on its own, such as effects
    of countries. A record with `factor` is a weight in the decision; a switch between words
    has `claims`: for each alternative, who claims it. It may have `cards`, the same
    in a few words of both languages, and `nl`, its title in Dutch.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    HIDDEN: ClassVar[frozenset[str]] = frozenset({"name", "file"})

    name: str
    file: str
    title: Text
    nl: Translation | None = None
    value: Anything | None = None
    parts: Annotated[tuple[str, ...], Field(strict=False)] = ()
    table: Text | None = None
    unit: str
    role: Role
    kind: Kind
    prior: Prior | None = None
    bounds: Annotated[tuple[Number, Number] | None, Field(strict=False)] = None
    mechanism: Text | None = None
    pedigree: Pedigree | None = None
    says: Text
    maps: Literal["identity", "conversion", "elicited", "none"]
    maps_note: str = ""
    sources: Annotated[tuple[Source, ...], Field(strict=False)] = ()
    caveat: str = ""
    dated: Annotated[tuple[Dated, ...], Field(strict=False)] = ()
    factor: Factor | None = None
    claims: dict[str, Text] = {}
    cards: dict[str, Card] = {}

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        return known_unit(unit)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        found = [*self._about_origin(), *self._about_value(), *self._about_dates()]
        if self.prior is not None:
            found += self._about_prior()
        if self.factor is not None:
            found += self._about_factor()
        found += [*self._about_claims(), *self._about_parts()]
        if found:
            raise ValueError("\n".join(found))
        return self

    def limits(self) -> tuple[float, float]:
        """Return the hard bounds, infinite for a record without bounds."""
        return self.bounds or (-np.inf, np.inf)

    def misfits(self, value: Value) -> list[str]:
        """Return the reasons why the record cannot hold a value of its type.

        Parameters
        ----------
        value : Value
            A value in the type and shape of the record's value.

        Returns
        -------
        list of str
            Sentences; empty if the value is within bounds, sums to one where
            it must, and is one of the alternatives where there are some.
        """
        low, high = self.limits()
        found = [
            f"{each} lies outside the bounds [{low:g}, {high:g}]; "
            "choose a value within them, or correct the bounds"
            for each in numbers(value)
            if not low <= each <= high
        ]
        total = sum(numbers(value))
        if self.unit == "shares" and abs(total - 1) > SUM_TOLERANCE:
            found.append(f"{show(value)} sums to {total:.8g}; shares must sum to 1")
        if not numbers(value) and isinstance(self.prior, Discrete) and not self.prior.holds(value):
            hint = did_you_mean(str(value), map(str, self.prior.values))
            known = ", ".join(map(str, self.prior.values))
            found.append(f"{show(value)} is no alternative.{hint} Choose one of {known}")
        return found

    def draw(self, u: ArrayLike) -> Value:
        """Return a value from the truncated prior.

        Parameters
        ----------
        u : array_like, scalar or shape (n,)
            One uniform between 0 and 1 for each number of the value.

        Returns
        -------
        Value
            In the type and shape of `value`; whole numbers are rounded.

        Raises
        ------
        ValueError
            If the record has no prior.
        """
        uniforms = np.atleast_1d(np.asarray(u, dtype=np.float64))
        if self.prior is None or self.value is None:
            raise ValueError(f"record {self.name!r} has no prior to draw from")
        if isinstance(self.prior, Discrete):
            alternatives = self.prior.values
            chosen = [alternatives[min(int(p * len(alternatives)), len(alternatives) - 1)]
                      for p in uniforms]  # fmt: skip
            if not numbers(self.value):
                return bool(chosen[0]) if isinstance(self.value, bool) else chosen[0]
            drawn = np.array(chosen, dtype=np.float64)
        elif isinstance(self.prior, Dirichlet):
            drawn = self.prior.quantile(uniforms)
        else:
            drawn = self.prior.quantile(uniforms, self.limits())
        whole = all(isinstance(each, int) for each in numbers(self.value))
        return mapped(self.value, [round(x) if whole else float(x) for x in drawn])

    def _about_origin(self) -> list[str]:
        found = []
        if not NAME.fullmatch(self.name):
            found.append(f"name {self.name!r} is not snake_case; rename the table")
        if self.kind in {"measured", "derived"} and self.maps not in {"identity", "conversion"}:
            found.append(
                f"maps = {self.maps!r}: a {self.kind} value maps by identity or conversion; "
                "correct maps, or call the kind expert or assumption"
            )
        if self.maps in {"conversion", "elicited"} and not self.maps_note.strip():
            found.append(f"maps_note: empty; say how the {self.maps} was done")
        if self.kind != "assumption":
            if not self.sources:
                found.append(f"sources: empty; name a source, or call the {self.kind} assumption")
            found += [
                f"dated[{n}].source: missing; name the source of the change"
                for n, each in enumerate(self.dated)
                if each.source is None
            ]
        if self.mechanism is None and self.pedigree is None:
            found.append("mechanism: missing; name a mechanism of pedigrees.toml, or give pedigree")
        if self.role in {"calibrate", "lever"} and self.prior is None:
            found.append(f"prior: missing; a record of role {self.role} needs one")
        listed = isinstance(self.prior, Discrete) or isinstance(self.value, bool)
        if self.role == "switch" and not listed:
            found.append(
                "prior: a switch lists its alternatives; "
                'write { dist = "discrete", values = [...] }'
            )
        return found

    def _about_value(self) -> list[str]:  # noqa: PLR0911 (the first problem hides the rest)
        if (self.value is None) == (self.table is None):
            return ["value: give either a value or a table, a file of evidence/data"]
        if self.value is None:
            wrong = [key for key in ("prior", "bounds") if getattr(self, key) is not None]
            wrong += ["dated"] if self.dated else []
            found = [f"{key}: a record of a data table has none; remove it" for key in wrong]
            if self.role != "fixed":
                found.append(f'role = {self.role!r}: a data table is fixed; write role = "fixed"')
            return found
        kinds: dict[str, tuple[type, ...]] = {
            "bool": (bool,),
            "text": (str,),
            "date": (date, int, float, tuple),
        }
        fits = isinstance(self.value, kinds.get(self.unit, (int, float, tuple, NumberTable)))
        if not fits or (isinstance(self.value, bool) and self.unit != "bool"):
            return [f"value = {show(self.value)}: does not fit unit {self.unit!r}; correct one"]
        if self.unit == "shares" and len(numbers(self.value)) < 2:  # noqa: PLR2004 (one share sums to 1)
            return ['value: shares need a list or table; for one number write unit = "share"']
        if numbers(self.value) and self.bounds is None:
            return ["bounds: missing; give the hard bounds of the number, [low, high]"]
        if self.bounds is not None and not self.bounds[0] <= self.bounds[1]:
            return [f"bounds = {list(self.bounds)}: low lies above high; swap them"]
        if self.bounds is not None and isinstance(self.value, (str, date)):
            return ["bounds: only numbers have bounds; remove the key"]
        return [f"value: {each}" for each in self.misfits(self.value)]

    def _about_dates(self) -> list[str]:
        found: list[str] = []
        if self.value is None:
            return found
        for n, (before, each) in enumerate(zip((None, *self.dated), self.dated, strict=False)):
            if before is not None and each.start <= before.start:
                found.append(
                    f"dated[{n}].from = {each.start}: not after {before.start}; sort the dates"
                )
            try:
                fitted = like(each.value, self.value)
            except ValueError as error:
                found.append(f"dated[{n}].value: {error}")
            else:
                found += [f"dated[{n}].value: {line}" for line in self.misfits(fitted)]
        return found

    def _about_prior(self) -> list[str]:  # noqa: PLR0911 (one return a kind of prior)
        if self.value is None or self.prior is None:
            return []
        held = numbers(self.value)
        if isinstance(self.prior, Discrete):
            return self._about_alternatives(held)
        if not held:
            return [f"prior: {self.prior.dist} needs numbers; {show(self.value)} is none"]
        low, high = self.limits()
        if isinstance(self.prior, Dirichlet):
            found = []
            if self.unit != "shares" or (low, high) != (0, 1):
                found.append('prior: dirichlet needs unit = "shares" and bounds = [0, 1]')
            if len(self.prior.concentration) != len(held):
                found.append(
                    f"prior.concentration: {len(self.prior.concentration)} numbers for "
                    f"{len(held)} shares; give one for each"
                )
            return found
        if self.unit == "shares":
            return [f"prior: {self.prior.dist} breaks the sum of shares; use dirichlet"]
        first, last = self.prior.central()
        if last < low or first > high:
            bounds = f"[{low:g}, {high:g}]"
            return [f"prior: {self.prior.describe()} lies outside {bounds}; correct one of them"]
        least, most = self.prior.support()
        found = [
            f"prior: {self.prior.describe()} cannot give the value {each}; widen it"
            for each in held
            if not least <= each <= most
        ]
        narrow = [x for x in held if not is_wide(self.prior, x, (low, high))]
        if self.kind == "assumption" and self.role != "fixed" and narrow:
            found.append(
                f"prior: {self.prior.describe()} is narrow for an assumption (its central 95 % "
                "spans less than 0.3 of the value and a tenth of the bounds); widen it"
            )
        return found

    def _about_alternatives(self, held: tuple[int | float, ...]) -> list[str]:
        if not isinstance(self.prior, Discrete) or self.value is None:
            return []
        if not held:  # `misfits` has looked at the value itself
            yes_no = isinstance(self.value, bool)
            return [
                f"prior.values: {each} is of another type than the value; correct it"
                for each in self.prior.values
                if type(each) is not type(self.value) and not (yes_no and each in {0, 1})
            ]
        low, high = self.limits()
        found = []
        for each in self.prior.values:
            if isinstance(each, (bool, str, date)):
                found.append(f"prior.values: {show(each)} is no number; correct it")
            elif not low <= each <= high:
                found.append(f"prior.values: {each} lies outside the bounds [{low:g}, {high:g}]")
        return found + [
            f"prior.values: the value {each} is missing; add it"
            for each in held
            if not self.prior.holds(each)
        ]

    def _about_claims(self) -> list[str]:
        alternatives = (
            [str(each) for each in self.prior.values]
            if isinstance(self.prior, Discrete) and self.role == "switch" and self.unit == "text"
            else []
        )
        found = [
            f"claims.{each}: missing; say in a line who claims it, or who assumes it"
            for each in alternatives
            if each not in self.claims
        ]
        found += [
            f"cards.{each}: missing; add the card of this alternative, or remove the others"
            for each in alternatives
            if self.cards and each not in self.cards
        ]
        return found + [
            f"{key}.{each}: no alternative of this record.{did_you_mean(each, alternatives)} "
            "Correct the name or remove the line"
            for key, named in (("claims", self.claims), ("cards", self.cards))
            for each in named
            if each not in alternatives
        ]

    def _about_parts(self) -> list[str]:
        if not self.parts:
            return []
        found = []
        if not isinstance(self.value, tuple) or len(self.value) != len(self.parts):
            found.append(f"parts: {len(self.parts)} names; give the value a number for each")
        elif any(self.value):
            found.append("parts: numbers that vary each on its own are differences; set all to 0")
        if len({*self.parts}) < len(self.parts):
            found.append("parts: a name stands twice; remove one")
        return found

    def _about_factor(self) -> list[str]:
        found = []
        if self.unit != "log odds":
            found.append(f'unit = {self.unit!r}: a factor weighs in log odds; write "log odds"')
        if self.role != "calibrate":
            found.append(f'role = {self.role!r}: the weight of a factor is unknown; '
                         'write role = "calibrate"')  # fmt: skip
        if not isinstance(self.value, float) or self.limits()[0] < 0:
            found.append(
                "value: the weight of a factor is one number with decimals and no sign; "
                "put the sign into factor.options and write bounds from 0"
            )
        if self.dated:
            found.append("dated: the weight of a factor does not change by date; remove the key")
        return found


NESTED: Final[dict[str, type[BaseModel]]] = {
    "sources": Source,
    "source": Source,
    "dated": Dated,
    "pedigree": Pedigree,
    "factor": Factor,
    "nl": Translation,
    "cards": Card,
    "label": Bilingual,
    "who": Bilingual,
    **{str(each.model_fields["dist"].annotation.__args__[0]): each for each in PRIORS},  # type: ignore[union-attr] # all are literals
}
