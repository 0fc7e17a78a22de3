"""What makes a record a factor of the decision: its variable, its force and its signs."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, PlainValidator, field_validator, model_validator

from .mistakes import did_you_mean
from .text import NAME, Text
from .value import NumberTable, freeze

OptionName: TypeAlias = Literal["wait", "return", "out_of_sight", "move_on"]
Transform: TypeAlias = Literal["identity", "complement", "log_thousands"]
ForceName: TypeAlias = Literal["push", "pull", "stay", "deter"]
Concern: TypeAlias = Literal["origin", "host", "person", "family", "policy"]
OPTION_NAMES: Final[tuple[OptionName, ...]] = get_args(OptionName)
FORCES: Final[tuple[ForceName, ...]] = get_args(ForceName)


def _multiples(raw: object) -> NumberTable:
    """Return how a factor moves each option, or say what is wrong with it."""
    if not isinstance(raw, dict) or not raw:
        raise ValueError(
            f"{raw!r} names no option; write a table such as {{ return = 1, wait = -0.5 }}"
        )
    found = [
        f"{key}: no option.{did_you_mean(str(key), OPTION_NAMES)} Known: {', '.join(OPTION_NAMES)}"
        for key in raw
        if key not in OPTION_NAMES
    ]
    found += [
        f"{key} = {each!r}: no multiple; write a number between -1 and 1 other than 0"
        for key, each in raw.items()
        if isinstance(each, bool) or not isinstance(each, (int, float)) or not 0 < abs(each) <= 1
    ]
    if found:
        raise ValueError("\n".join(found))
    frozen = freeze({key: float(each) for key, each in raw.items()})
    assert isinstance(frozen, NumberTable)  # noqa: S101 (a mapping freezes to a table)
    return frozen


class Factor(BaseModel):
    """How a record acts in the decision.

    The record's value `w` is the log-odds over the full range of the
    transformed variable `x`. An option with the multiple `m` gains `m w x`.
    Of return against waiting a factor therefore makes `r w x`, with
    `r = m_return - m_wait`; push and pull count it as it is, stay and deter
    with the opposite sign, so that `V_return - V_wait = constant + push +
    pull - stay - deter`. An `r` whose sign contradicts the force is refused; with
    `r = 0` the factor moves other options only.

    `variable` names what is read from each adult, `transform` how it is scaled,
    `concerns` what it is about, by which rankings of reasons weigh it, and
    `disputed` who says otherwise.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    variable: Text
    transform: Transform
    force: ForceName
    concerns: Concern
    options: Annotated[NumberTable, PlainValidator(_multiples)]
    disputed: Text

    @field_validator("variable")
    @classmethod
    def _named(cls, variable: str) -> str:
        if not NAME.fullmatch(variable):
            raise ValueError(f"{variable!r} is not snake_case; rename the variable")
        return variable

    @model_validator(mode="after")
    def _signed(self) -> Self:
        against = self.against_waiting()
        towards = self.force in {"push", "pull"}
        if against and towards != (against > 0):
            raise ValueError(
                f"options: they move return against wait by {against:+g}, but force = "
                f"{self.force!r} moves it {'up' if towards else 'down'}; correct one"
            )
        return self

    def multiple(self, option: str) -> float:
        """Return the signed multiple of the weight that an option gets.

        Parameters
        ----------
        option : str
            One of `OPTION_NAMES`.

        Returns
        -------
        float
            Between -1 and 1; 0 for an option that the factor leaves alone.
        """
        return float(self.options.get(option, 0))

    def against_waiting(self) -> float:
        """Return the multiple of the weight that return gains on waiting.

        Returns
        -------
        float
            `m_return - m_wait`, between -2 and 2.
        """
        return self.multiple("return") - self.multiple("wait")

    def acts(self) -> dict[str, object]:
        """Return all of the factor but `disputed`, in the types that JSON knows."""
        return {
            "variable": self.variable,
            "transform": self.transform,
            "force": self.force,
            "concerns": self.concerns,
            "options": dict(self.options),
        }
