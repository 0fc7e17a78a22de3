"""The doses that a page offers of a lever: where it stands, how far it goes, in which steps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor, gcd
from typing import TYPE_CHECKING, Final, TypeAlias

from ...abm.evidence.timeline import Timeline
from ...abm.evidence.value import like, numbers, show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...abm.evidence.lever import Lever
    from ...abm.evidence.registry import Registry
    from ...abm.evidence.value import Value

FIRST_DAY: Final = date(2011, 1, 3)  # the Monday of the first week that is shown
LAST_DAY: Final = date(2017, 12, 31)
WANTED: Final = 20  # steps of a slider
WIDE: Final = 200  # a range that holds its smallest stop so often is divided by factors
POWERS: Final = tuple(Fraction(10) ** power for power in range(-4, 6))
STEPS: Final = tuple(power * first for power in POWERS for first in (1, 2, Fraction(5, 2), 5))
SERIES: Final = tuple(
    power * first for power in POWERS for first in (1, Fraction(3, 2), 2, 3, 5, 7)
)
FINEST: Final = Fraction(1, 10_000)  # of a bound, where any number will do
Number: TypeAlias = int | float
Dose: TypeAlias = bool | int | float | str


class Course:
    """The evidence on the days that are shown, read once, and the doses that stand for it."""

    def __init__(self, registry: Registry) -> None:
        timeline = Timeline(registry)
        later = [day for day in timeline.changes() if FIRST_DAY < day <= LAST_DAY]
        self._registry = registry
        self._timeline = timeline
        self._held = [(day, timeline.at(day)) for day in (FIRST_DAY, *later)]

    def at(self, day: date) -> dict[str, Value]:
        """Return the values of a day by the name of their record."""
        return self._timeline.at(day)

    def default(self, lever: Lever, day: date) -> Dose | None:
        """Return the dose that leaves the evidence of a day as it is.

        Returns
        -------
        bool, int, float, str or None
            1 for a factor, 0 for an addition, else the dose or setting that gives the values in
            force; None if no single one does, as where organisations differ.
        """
        return _dose_of(lever, self._timeline.at(day))

    def doses(self, lever: Lever) -> list[tuple[date, Dose | None]]:
        """Return the doses that stand for the evidence, each from its day on.

        Returns
        -------
        list of tuple
            The first from `FIRST_DAY` on, then one for each day on which a value of the lever
            changes. A lever that works on what it finds has the first only, one that moves
            nothing has none.
        """
        course: list[tuple[date, Dose | None]] = []
        if lever.inert:
            return course
        before = ""
        for day, values in self._held:
            held = repr([values[name] for name in lever.records()])
            if not course or (held != before and lever.zero() is None):
                course.append((day, _dose_of(lever, values)))
            before = held
        return course

    def grain(self, lever: Lever) -> Fraction | None:
        """Return the number of which every dose is a multiple, None if any number will do.

        A value that is whole must stay whole. With the `lines` of such values the grain is
        `1 / g`, where `g` is the greatest common divisor of their slopes.
        """
        slopes = [
            slope
            for name in lever.values
            if _is_whole(self._registry[name].value)
            for slope, _ in self._lines(lever, name)
        ]
        common = gcd(*(int(each) for each in slopes))
        return Fraction(1, common) if common else None

    def bounds(self, lever: Lever) -> tuple[Number | None, Number | None]:
        """Return the lowest and the highest dose that the records of a lever allow.

        Returns
        -------
        tuple of int, float or None
            Rounded inwards to the grain, or to four decimals; None where there is no bound.
        """
        lows: list[Fraction] = []
        highs: list[Fraction] = []
        for name in lever.values:
            least, most = (Fraction(str(each)) for each in self._registry[name].bounds or (0, 0))
            for slope, offset in self._lines(lever, name):
                if slope > 0:
                    lows.append((least - offset) / slope)
                    highs.append((most - offset) / slope)
        grain = self.grain(lever) or FINEST
        low = ceil(max(lows) / grain) * grain if lows else None
        high = floor(min(highs) / grain) * grain if highs else None
        return _plain(low), _plain(high)

    def _lines(self, lever: Lever, name: str) -> list[tuple[Fraction, Fraction]]:
        """Return slope and offset of each number of a record, as a line of the dose.

        A factor has the number itself as slope, for all its numbers of the days that are shown.
        """
        if lever.operation == "set":
            return _set_lines(lever, name) if _has_numbers(self._registry[name].value) else []
        held = {number for _, values in self._held for number in numbers(values[name])}
        if lever.operation == "add":
            return [(Fraction(1), _exact(each)) for each in sorted(held)]
        return [(_exact(each), Fraction(0)) for each in sorted(held)]


def stops(lever: Lever, default: Dose | None, grain: Fraction | None) -> tuple[Number, ...]:
    """Return the stops of a slider.

    Parameters
    ----------
    default : bool, int, float, str or None
        The dose that leaves all as it is; None if there is none.
    grain : Fraction or None
        The number of which every stop is a multiple.

    Returns
    -------
    tuple of int or float
        Ascending: lowest, highest, documented and default dose exactly, and some twenty round
        numbers between them. A wide range, such as 0 to 100,000 places with one at 100, has
        1, 1.5, 2, 3, 5, 7 times a power of ten instead of equal steps.
    """
    named = {_exact(each) for each in (lever.low, lever.high, lever.step, default)
             if isinstance(each, int | float)}  # fmt: skip
    low, high = min(named), max(named)
    least = min((each for each in named if each > 0), default=high)
    if high - low > WIDE * least:
        between = {each for each in SERIES if least <= each <= high}
    else:
        sizes = [each for each in STEPS if grain is None or (each / grain).denominator == 1]
        size = min(sizes, key=lambda each: abs((high - low) / each - WANTED))
        between = {size * n for n in range(ceil(low / size), floor(high / size) + 1)}
    return tuple(_number(each) for each in sorted(named | between))


def _set_lines(lever: Lever, name: str) -> list[tuple[Fraction, Fraction]]:
    """Return slope and offset of each number that a dose sets of a record."""
    pattern = numbers(lever.pattern.get(name, 1))
    rest = numbers(lever.rest[name]) if name in lever.rest else (0,) * len(pattern)
    return [(_exact(factor), _exact(more)) for factor, more in zip(pattern, rest, strict=True)]


def _dose_of(lever: Lever, values: Mapping[str, Value]) -> Dose | None:
    """Return the dose or setting that gives the values in force, None if none does."""
    if lever.inert or lever.zero() is not None:
        return None if lever.inert else int(str(lever.zero()))
    for dose in lever.settings or _candidates(lever, values):
        pulled = {each.target: each.value for each in lever.pull(dose)}
        if all(_same(value, values[name]) for name, value in pulled.items()):
            return dose
    return None


def _candidates(lever: Lever, values: Mapping[str, Value]) -> Sequence[Dose]:
    """Return the one dose of a graded lever that may give the values in force."""
    name = lever.values[0]
    held = values[name]
    if isinstance(held, bool):
        return [held]
    pairs = zip(numbers(held), _set_lines(lever, name), strict=True)
    return [_number((_exact(each) - more) / factor) for each, (factor, more) in pairs if factor][:1]


def _same(value: Value, held: Value) -> bool:
    try:
        return show(like(value, held)) == show(held)
    except ValueError:  # another type, so another value
        return False


def _has_numbers(value: Value | None) -> bool:
    return value is not None and bool(numbers(value))


def _is_whole(value: Value | None) -> bool:
    held = () if value is None else numbers(value)
    return bool(held) and all(isinstance(each, int) for each in held)


def _exact(number: float) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth."""
    return Fraction(str(number))


def _number(exact: Fraction) -> Number:
    return int(exact) if exact.denominator == 1 else float(exact)


def _plain(exact: Fraction | None) -> Number | None:
    return None if exact is None else _number(exact)
