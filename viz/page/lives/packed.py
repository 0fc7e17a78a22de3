"""Runs as they are shipped: the same content in fewer letters.

Rows of numbers hold the first value and then changes, and lists of a life hold weeks since the
entry before. Of a changed world, a life is told from the first week in which it differs from that
of the baseline; a life that never differs is left out.
"""

from __future__ import annotations

from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING, Any

from .households import LISTS
from .lived import WEEKLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Run = dict[str, Any]
    Life = dict[str, Any]
    Row = list[int]


def packed(run: Run, baseline: Run | None = None) -> Run:
    """Return a run as it is shipped.

    Parameters
    ----------
    run : dict
        A whole run; of a changed world, the weeks from its first change on.
    baseline : dict, optional
        For a changed world: its baseline, not packed.
    """
    lives = run["households"]
    if baseline is not None:
        lives = _differing(lives, baseline["households"], run["start"])
    found = _each_row(run, _changes)
    found["households"] = {number: _each_week(life, _changes) for number, life in lives.items()}
    return {**found, "packed": True}


def unpacked(run: Run, baseline: Run | None = None) -> Run:
    """Return what `packed` has packed; lives of a changed world are whole, from week 0 on."""
    found = _each_row(run, _sums)
    lives = {number: _each_week(life, _sums) for number, life in run["households"].items()}
    if baseline is not None:
        lives = {
            number: _joined(known, lives[number]) if number in lives else known
            for number, known in baseline["households"].items()
        } | {number: life for number, life in lives.items() if "from" not in life}
    found["households"] = lives
    del found["packed"]
    return found


def _differing(lives: dict[str, Life], known: dict[str, Life], start: int) -> dict[str, Life]:
    """Return lives that differ from the baseline's, from the first week in which they do."""
    found: dict[str, Life] = {}
    for number in sorted({*lives, *known}, key=int):
        life = lives.get(number, {})
        if number not in known:
            found[number] = life
            continue
        weeks = []
        for key in LISTS:
            theirs = [each for each in known[number].get(key, []) if each[0] >= start]
            pairs = zip_longest(life.get(key, []), theirs)
            apart = next((pair for pair in pairs if pair[0] != pair[1]), ())
            weeks += [each[0] for each in apart if each]
        if weeks:
            begin = min(weeks)
            own = {key: [e for e in life.get(key, []) if e[0] >= begin] for key in LISTS}
            found[number] = {"from": begin, **{key: each for key, each in own.items() if each}}
    return found


def _joined(known: Life, own: Life) -> Life:
    """Return a life that is the baseline's until it begins to differ."""
    begin = own["from"]
    lists = {
        key: [each for each in known.get(key, []) if each[0] < begin] + own.get(key, [])
        for key in LISTS
    }
    facts = {key: value for key, value in known.items() if key not in LISTS}
    return {**facts, **{key: each for key, each in lists.items() if each}}


def _each_row(run: Run, turned: Callable[[Iterable[int]], Row]) -> Run:
    """Return a run with all rows of numbers by week turned into others."""
    cells = [[*cell, turned(counts)] for *cell, counts in run["flows"]["cells"]]
    weekly = {name: [turned(row) for row in run[name]] for name in WEEKLY}
    return {**run, **weekly, "flows": {**run["flows"], "cells": cells}}


def _each_week(life: Life, turned: Callable[[Iterable[int]], Row]) -> Life:
    """Return a life with the weeks of its lists turned into others."""
    found = {**life}
    for key in LISTS:
        if key in life:
            weeks = turned(week for week, *_ in life[key])
            found[key] = [[week, *each[1:]] for week, each in zip(weeks, life[key], strict=True)]
    return found


def _changes(row: Iterable[int]) -> Row:
    before = 0
    found = []
    for value in row:
        found.append(value - before)
        before = value
    return found


def _sums(row: Iterable[int]) -> Row:
    return [*accumulate(row)]
