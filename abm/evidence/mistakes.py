"""Mistakes in a file, in sentences that name key, value and remedy."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel, ValidationError


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words nearest to one, at most three; none if nothing is near."""
    return get_close_matches(word, list(known), n=3, cutoff=0.55)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that offers the nearest known words.

    Returns
    -------
    str
        For example ` Did you mean 'bounds'?`; empty if nothing is near.
    """
    near = nearest(word, known)
    return f" Did you mean {' or '.join(repr(each) for each in near)}?" if near else ""


def sentences(
    error: ValidationError,
    place: str,
    top: type[BaseModel],
    nested: Mapping[str, type[BaseModel]],
) -> list[str]:
    """Return one sentence for each mistake that pydantic found, with key, value and remedy.

    Parameters
    ----------
    place : str
        File and table of the mistakes, with which each sentence begins.
    top : type of BaseModel
        The model that was validated.
    nested : mapping of str to type of BaseModel
        Models of the tables within, by key or by the tag of a union.
    """
    written = {key for model in (top, *nested.values()) for key in keys(model)}  # no tag of a union
    found = []
    mistakes = error.errors(include_url=False)
    for each in mistakes:
        if each["type"] == "too_short" and any(
            _within(other["loc"], each["loc"]) for other in mistakes
        ):
            continue  # entries that are refused are not counted
        location = [part for part in each["loc"] if str(part) not in nested or part in written]
        key = _written(location)
        value = repr(each["input"])
        value = value if len(value) <= 60 else f"{value[:57]}..."  # noqa: PLR2004 (a line stays readable)
        model = _model_at(each["loc"], top, nested)
        if each["type"] == "extra_forbidden":
            hint = did_you_mean(str(location[-1]), keys(model))
            found.append(
                f"{place} {key} = {value}: unknown key.{hint} Known keys: {', '.join(keys(model))}."
            )
        elif each["type"] == "missing":
            found.append(f"{place} {key}: missing; add this key.")
        elif each["type"] in {"union_tag_invalid", "union_tag_not_found"}:
            found.append(_bad_tag(each, f"{place} {key}"))
        elif each["type"] == "tuple_type":
            example = f", such as [{value}]" if isinstance(each["input"], int | float | str) else ""
            found.append(f"{place} {key} = {value}: give a list{example}.")
        elif each["type"] == "too_short":
            found.append(f"{place} {key} = {value}: too few entries; add one.")
        elif each["type"] == "model_type" and location and str(location[-1]) in nested:
            holds = ", ".join(keys(nested[str(location[-1])]))
            found.append(f"{place} {key} = {value}: give a table with the keys {holds}.")
        elif each["type"] == "value_error":
            message = str(each["msg"]).removeprefix("Value error, ")
            lines = message.split("\n")
            found += [f"{place} {key + ': ' if key else ''}{line}" for line in lines]
        else:
            message = str(each["msg"]).removeprefix("Input ")
            found.append(f"{place} {key} = {value}: {message[0].lower()}{message[1:]}.")
    return found


def keys(model: type[BaseModel]) -> list[str]:
    """Return the keys that a table of a file may hold, as they are written there."""
    hidden: frozenset[str] = getattr(model, "HIDDEN", frozenset())
    return [field.alias or name for name, field in model.model_fields.items() if name not in hidden]


def _within(location: tuple[int | str, ...], list_at: tuple[int | str, ...]) -> bool:
    """Return whether a location is that of an entry of a list."""
    return len(location) > len(list_at) and location[: len(list_at)] == list_at


def _written(location: list[int | str]) -> str:
    """Return a location as a reader of TOML would write it."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _model_at(
    location: tuple[int | str, ...], top: type[BaseModel], nested: Mapping[str, type[BaseModel]]
) -> type[BaseModel]:
    """Return the model of the table that holds a location's last key."""
    for part in reversed(location[:-1]):
        if isinstance(part, str) and part in nested:
            return nested[part]
    return top


def _bad_tag(each: Mapping[str, object], place: str) -> str:
    """Return the sentence for a table whose first key names no known form."""
    context = each.get("ctx")
    context = context if isinstance(context, dict) else {}
    tag, known = str(context.get("tag", "")), str(context.get("expected_tags", ""))
    tags = [part.strip().strip("'") for part in known.split(",") if part.strip()]
    if not tag:
        return f"{place}.dist: missing; add the name of a distribution."
    hint = did_you_mean(tag, tags)
    return f"{place}.dist = {tag!r}: unknown.{hint} Known: {', '.join(tags)}."
