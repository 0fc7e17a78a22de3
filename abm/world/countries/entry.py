"""What a scenario says of countries: which ones come on a list or leave it, and from which day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...evidence.mistakes import did_you_mean, sentences
from ...evidence.override import Override
from ...evidence.value import NumberTable, Value, numbers, show

if TYPE_CHECKING:
    from ...evidence.registry import Registry

LISTS_OF_COUNTRIES: Final = frozenset(  # records that scenarios change by the names of countries
    {"list_change_rean", "list_change_hrt", "list_change_in_kind"}
)
FIRST_DAY: Final = date(2011, 1, 1)
LAST_DAY: Final = date(2017, 12, 31)


class ListEntry(BaseModel):
    """Countries that come on a list or leave it from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    add: Annotated[tuple[str, ...], Field(strict=False)] = ()
    remove: Annotated[tuple[str, ...], Field(strict=False)] = ()
    start: Annotated[date | None, Field(alias="from")] = None
    source: Annotated[str, Field(min_length=1)] = ""


def list_overrides(
    registry: Registry, name: str, raw: object, place: str, called: str
) -> tuple[list[Override], list[str]]:
    """Return what entries that name countries set, and what is wrong with them.

    Entries hold from their days on, and a later one adds to those before it.

    Parameters
    ----------
    name : str
        Record of changes to a list, one number for each code of a country.
    raw : object
        One entry, or a list of several.
    place, called : str
        What messages call the entry and the scenario.
    """
    table = registry.tables.frame("country_codes")
    code_of: dict[str, str] = dict(zip(table["country"], table["code"], strict=True))
    entries, found = _entries(raw, place)
    for entry in entries:
        found += [f"{place}: {each}" for each in _about(entry, list(code_of))]
    seen: set[tuple[date | None, str]] = set()
    for entry in entries:
        for country in dict.fromkeys((*entry.add, *entry.remove)):
            if (entry.start, country) in seen:
                found.append(f"{place}: {country} stands twice on one day; remove one.")
            seen.add((entry.start, country))
    if found:
        return [], found
    change = dict.fromkeys(registry[name].parts, 0)
    overrides: dict[date | None, Override] = {}
    for entry in sorted(entries, key=lambda each: each.start or date.min):
        change |= {code_of[each]: 1 for each in entry.add}
        change |= {code_of[each]: -1 for each in entry.remove}
        source = f"{called} ({entry.source})" if entry.source else called
        value = tuple(change.values())
        overrides[entry.start] = Override(name, "set", value, entry.start, source)
    return list(overrides.values()), []


def _entries(raw: object, place: str) -> tuple[list[ListEntry], list[str]]:
    """Return the entries of a list, and what is wrong with their form."""
    several = raw if isinstance(raw, list) else [raw]
    if not several or not all(isinstance(one, dict) for one in several):
        return [], [f'{place} = {raw!r}: name countries, such as {{ add = ["Georgia"] }}.']
    entries: list[ListEntry] = []
    found: list[str] = []
    for one in several:
        try:
            entries.append(ListEntry.model_validate(one))
        except ValidationError as error:
            found += sentences(error, place, ListEntry, {})
    return entries, found


def _about(entry: ListEntry, known: list[str]) -> list[str]:
    """Return what is wrong with an entry, as the ends of sentences."""
    named = [*entry.add, *entry.remove]
    found = [
        f"{each!r} is no country of the model.{did_you_mean(each, known)} "
        f"Known: {', '.join(sorted(known))}."
        for each in dict.fromkeys(named)
        if each not in known
    ]
    found += [
        f"{each} stands twice; remove one."
        for each in dict.fromkeys(named)
        if named.count(each) > 1
    ]
    if not named:
        found.append("names no country; write add = [...] or remove = [...].")
    if entry.start is not None and outside(entry.start):
        found.append(f"{outside(entry.start)}.")
    return found


def outside(day: date) -> str:
    """Return why a day is refused; empty if it is one of the data."""
    if FIRST_DAY <= day <= LAST_DAY:
        return ""
    return (
        f"from = {day}: the data run from {FIRST_DAY} to {LAST_DAY}; choose one of these days, or "
        "leave from out to change all years"
    )


def filled(change: Override, held: NumberTable) -> Value:
    """Return the table that a change sets: groups that it leaves out stay as they are held.

    Raises
    ------
    ValueError
        If it does not set, names no group, or names one that the record does not hold.
    """
    named = change.value
    if change.operation != "set":
        raise ValueError(
            f"operation = {change.operation!r}: groups are set by name; remove the key"
        )
    if not isinstance(named, NumberTable):
        all_ = held
        if isinstance(named, float | int) and not isinstance(named, bool):
            all_ = NumberTable(dict.fromkeys(held, named))
        raise ValueError(f"{show(named)} names no group; write {show(all_)}")  # noqa: TRY004 (told like the others)
    for each in named:
        if each not in held:
            hint = did_you_mean(each, held)
            raise ValueError(f"{each!r} is unknown.{hint} Known: {', '.join(held)}")
    whole = {**held, **named}
    if any(isinstance(each, float) for each in numbers(held)):
        whole = {key: float(each) for key, each in whole.items()}
    return NumberTable(whole)
