"""Labels and looks: each code has one, and no two are alike."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.observation.catalogue import OBSERVERS
from terugkeer.agents import codes
from terugkeer.agents.kinds import KIND_LABELS
from terugkeer.viz.figures import palette


@pytest.mark.parametrize(
    ("looks", "enum"),
    [
        (palette.OUTCOMES, codes.Outcome),
        (palette.PLACES, codes.Place),
        (palette.ROUTES, codes.Route),
        (palette.DESTINATIONS, codes.Destination),
        (palette.FORCES, codes.Force),
        (palette.OPTIONS, codes.Option),
    ],
)
def test_every_code_has_a_look_of_its_own(looks: dict, enum: type[codes.Code]) -> None:
    assert set(looks) == set(enum)
    assert len({(each.colour, each.hatch) for each in looks.values()}) == len(enum)
    assert len({each.label for each in looks.values()}) == len(enum)


def test_rows_of_the_observer_have_a_label() -> None:
    items = {observer.table: set(observer.items) for observer in OBSERVERS}
    assert set(palette.HARM) == items["harm"]
    assert set(palette.FUNNEL) == items["journey_funnel"]
    assert set(palette.KINDS) == set(KIND_LABELS.values())
    assert set(palette.VOLUNTARINESS) == items["voluntariness"]
    steps = {item.split(":")[1] for item in items["scheme_funnel"]}
    assert set(palette.SCHEMES) == {item.split(":")[0] for item in items["scheme_funnel"]}
    assert set(palette.SCHEME_STEPS) == {step for step in steps if "_price" not in step}
    assert palette.scheme_step("in_kind", "knows") != palette.scheme_step("hrt", "knows")
    fates = {item.split(":")[2] for item in items["scheme_fates"] if item.count(":") == 2}
    kinds = {fate.split("_")[0] if fate.startswith(("ref", "wi")) else fate for fate in fates}
    assert set(palette.FATES) == kinds - {"with"} | {"with_it", "goes_on"}
    looks = palette.FATES.values()
    assert len({(look.colour, look.hatch) for look in looks}) == len(looks)


def test_a_code_without_a_look_and_two_alike_are_refused() -> None:
    fewer = {code: look for code, look in palette.PLACES.items() if code is not codes.Place.VBL}
    with pytest.raises(AssertionError, match="no look for Place: VBL"):
        palette.check_covered(fewer, codes.Place)
    alike = {**palette.PLACES, codes.Place.VBL: palette.PLACES[codes.Place.AZC]}
    with pytest.raises(AssertionError, match="look the same"):
        palette.check_covered(alike, codes.Place)


def test_by_label_keeps_looks_and_order() -> None:
    found = palette.by_label(palette.FORCES)
    assert list(found) == ["push", "pull", "stay", "deter"]
    assert found["stay"] is palette.FORCES[codes.Force.STAY]


def test_outcomes_are_told_apart_without_red_or_green_and_in_grey() -> None:
    shown = [look for code, look in palette.OUTCOMES.items() if code is not codes.Outcome.NONE]
    for look in shown:
        red, green, blue = (int(look.colour[i : i + 2], 16) for i in (1, 3, 5))
        assert not (red > 1.8 * green and red > 1.8 * blue), look
        assert not (green > 1.3 * red and green > 1.3 * blue), look
    assert len({look.hatch for look in shown}) == len(shown)
    assert np.unique([look.colour for look in shown]).size == len(shown)
