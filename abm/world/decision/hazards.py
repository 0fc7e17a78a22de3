"""Hazards of exit by place, legal phase and background.

Under `decision = hazards`, the baseline that a model of the decision must beat, they
decide everything: nobody weighs, and all persons in the same situation leave at the same
rate. Under `decision = weighed` they hold for events that are not a person's choice.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Background, LegalPhase, OriginGroup, Place
from ....agents.places import HELD, HIDDEN, IS_HIDDEN, LATER_PROCEDURES, UNSHELTERED
from ....agents.rules.exits import centred_contrast, halving
from ..values import Derived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from ..values import Values

    Risk = tuple[Rows, NDArray[np.float64]]


class Cause(IntEnum):
    """Causes of exit, which compete in the race of each week."""

    INDEPENDENT = 0
    FORCED = 1
    UNOBSERVED = 2
    PERMIT = 3
    OTHER = 4
    ONWARD = 5
    HOME_UNOBSERVED = 6


SMALLEST: Final = float(np.nextafter(0.0, 1.0))  # no uniform is below it: it never fires
# place, phase, file open, background, group of origin
SHAPE: Final = (len(Place), len(LegalPhase), 2, len(Background), len(OriginGroup))


class Hazards:
    """Looks up hazards of some causes; the tables are made anew when values change."""

    def __init__(self, causes: Sequence[Cause] = tuple(Cause)) -> None:
        self._causes = causes
        self._made = Derived(self._tables_and_acting)

    def look_up(self, world: Moment) -> dict[Cause, Risk]:
        """Return the rows at risk of each cause, and their hazards in 1/week."""
        people = world.people
        tables, acts = self._made.at(world.now)
        cell = people.place.astype(np.int16)
        for codes, size in zip(
            (
                people.phase,
                people.spell_open.view(np.uint8),
                people.background,
                people.origin_group,
            ),
            SHAPE[1:],
            strict=True,
        ):
            cell *= size
            cell += codes
        index = cell.astype(np.intp)
        found: dict[Cause, Risk] = {}
        acting = acts[index]
        for bit, (cause, table) in enumerate(zip(self._causes, tables, strict=True)):
            rows = np.flatnonzero(acting & np.uint8(1 << bit))
            found[cause] = (rows, table[index[rows]])
        for cause, adjust in ADJUST:
            if cause in found:
                adjust(world, *found[cause])
        return found

    def _tables_and_acting(self, now: Values) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Return hazards by cause and cell, and for each cell the bits of the causes that act."""
        of_all = hazard_tables(now)
        tables = np.array([of_all[cause].ravel() for cause in self._causes])
        return tables, np.packbits(tables > 0.0, axis=0, bitorder="little")[0]


def _decline(world: Moment, rows: Rows, hazard: NDArray[np.float64]) -> None:
    """Let departure from family locations decline with the length of stay."""
    there = np.flatnonzero(world.people.place[rows] == Place.FAMILY_LOCATION)
    hazard[there] *= halving(
        world.weeks_at_place(rows[there]), world.now.number("family_location_halving_weeks")
    )


def _stay_open(world: Moment, rows: Rows, hazard: NDArray[np.float64]) -> None:
    """Let files outside state shelter stay open while something keeps them open.

    No clock binds those who cooperate (s1 C2.6 L3387-3399), an appeal without a right to stay
    is a procedure too, and a medical deferral has its time. Whoever has a bed for some weeks on
    condition is found there.
    """
    people = world.people
    kept = people.cooperates[rows] | people.appeals[rows] | world.deferred(rows)
    turn = world.week - people.night_turn[rows] < world.now.number("night_shelter_weeks")
    kept |= turn & (people.night_turn[rows] > 0) & (people.place[rows] == Place.NIGHT_SHELTER)
    hazard[IS_HIDDEN[people.place[rows]] & kept] = 0.0


def _only_with_document(world: Moment, rows: Rows, hazard: NDArray[np.float64]) -> None:
    """Let flights of held persons wait for a document and until removal is lawful."""
    people = world.people
    ready = people.document[rows] & (people.phase[rows] == LegalPhase.OBLIGED)
    hazard *= ready


def _own_responsibility(world: Moment, rows: Rows, hazard: NDArray[np.float64]) -> None:
    """Give no permit on other grounds while another member state is responsible."""
    hazard[world.people.dublin[rows]] = 0.0


def _pardon(world: Moment, rows: Rows, hazard: NDArray[np.float64]) -> None:
    """Add the child pardon for families that have been here long enough."""
    people = world.people
    stay = world.week - people.arrival_week[rows]
    eligible = world.with_minor(rows) & (stay >= world.now.number("child_pardon_stay_weeks"))
    hazard += eligible * world.now.number("child_pardon_hazard")


# the order matters for the last bit of floating point
ADJUST: Final = (
    (Cause.INDEPENDENT, _decline),
    (Cause.UNOBSERVED, _stay_open),
    (Cause.FORCED, _only_with_document),
    (Cause.PERMIT, _own_responsibility),
    (Cause.PERMIT, _pardon),
)


def hazard_tables(now: Values) -> NDArray[np.float64]:
    """Return the weekly hazard of each cause by place, phase, file, background and group.

    Returns
    -------
    ndarray of float, shape (causes, places, phases, 2, 2, 2)
        Hazards in 1/week, 0 where a cause does not act. The last axes are: file open (1) or
        not, background, origin group.
    """
    tables = np.zeros((len(Cause), *SHAPE))
    tables[Cause.INDEPENDENT] = _independent(now)
    held = now.number("detained_flight_hazard")
    tables[Cause.FORCED, Place.DETENTION, LegalPhase.OBLIGED, 1] = held
    families = now.number("closed_family_departure_hazard")
    tables[Cause.FORCED, Place.CLOSED_FAMILY, LegalPhase.OBLIGED, 1] = families
    tables[Cause.UNOBSERVED] = _unobserved(now)
    permit = tables[Cause.PERMIT]
    # never quite 0, so that the pardon finds everybody with a file among those at risk
    permit[:, :, 1] = max(now.number("hazard_permit_with_file"), SMALLEST)
    families_get = now.number("hazard_permit_family_location")
    permit[Place.FAMILY_LOCATION, :, 1] = max(families_get, SMALLEST)
    permit[list(HELD)] = 0.0
    other = tables[Cause.OTHER]
    other[:, :, 1, Background.ASYLUM] = now.number("hazard_other_asylum")
    other[:, :, 1, Background.OTHER] = now.number("hazard_other_other")
    other[Place.FAMILY_LOCATION] = 0.0  # their outflow has no such class (s4 B12)
    other *= now.number("other_course")
    for place in HIDDEN:
        tables[Cause.ONWARD, place, :, 0] = now.number("hazard_onward_hidden")
        tables[Cause.HOME_UNOBSERVED, place, :, 0] = now.number("hazard_home_unobserved")
    tables[:, Place.ORIGIN] = 0.0
    return tables


def _independent(now: Values) -> NDArray[np.float64]:
    """Return the hazard of independent return."""
    table = np.zeros(SHAPE)
    table[Place.AZC] = now.number("hazard_independent_term")
    table[Place.AZC, list(LATER_PROCEDURES)] = now.number("hazard_independent_appeal")
    table[Place.AZC, LegalPhase.PROCEDURE] = now.number("hazard_independent_procedure")
    table[Place.AZC_DEPARTURE_TERM] = now.number("hazard_independent_term")
    table[Place.VBL] = now.number("hazard_independent_vbl")
    table[Place.FAMILY_LOCATION] = now.number("hazard_independent_family_location")
    table[Place.REPORTING_DUTY] = now.number("hazard_independent_reporting")
    table[Place.GUIDED_SHELTER] = now.number("hazard_independent_guided_shelter")
    table[Place.PRIVATE_NETWORK] = now.number("hazard_independent_private")
    table[list(UNSHELTERED)] = now.number("hazard_independent_street")
    detained = now.number("hazard_independent_detention")
    table[list(HELD)] = detained
    table[list(HIDDEN), :, 0] *= now.number("hidden_departure_factor")
    table[..., Background.OTHER, :] *= now.number("other_background_ratio_independent")
    safe, unsafe = centred_contrast(
        now.number("safe_ratio_independent"), now.number("safe_country_weight")
    )
    table[..., OriginGroup.SAFE] *= safe
    table[..., OriginGroup.NOT_SAFE] *= unsafe
    return table


def _unobserved(now: Values) -> NDArray[np.float64]:
    """Return the hazard of leaving the state's view.

    Outside state shelter a file stays open while a term or a procedure runs.
    """
    table = np.zeros(SHAPE)
    table[Place.AZC] = now.number("hazard_unobserved_term")
    table[Place.AZC, list(LATER_PROCEDURES)] = now.number("hazard_unobserved_appeal")
    table[Place.AZC, LegalPhase.PROCEDURE] = now.number("hazard_unobserved_procedure")
    table[Place.AZC_DEPARTURE_TERM] = now.number("hazard_unobserved_term")
    table[Place.VBL] = now.number("hazard_unobserved_vbl")
    table[Place.FAMILY_LOCATION] = now.number("hazard_unobserved_family_location")
    table[Place.REPORTING_DUTY] = now.number("hazard_unobserved_reporting")
    table[list(HIDDEN), LegalPhase.OBLIGED, 1] = now.number("hazard_not_found")
    return table
