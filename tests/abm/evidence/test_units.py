"""Units come from a closed list."""

from __future__ import annotations

import pytest
from terugkeer.abm.evidence.units import DUTCH, UNITS, known_unit, unit_in


def test_a_unit_of_the_list_passes_and_another_is_refused_with_the_near_one() -> None:
    assert [known_unit(unit) for unit in UNITS] == list(UNITS)
    with pytest.raises(ValueError, match=r"'weeks' is no known unit\. Did you mean 'week'"):
        known_unit("weeks")


def test_every_unit_reads_in_both_languages() -> None:
    assert list(DUTCH) == list(UNITS)
    assert (unit_in("week", "en"), unit_in("week", "nl")) == ("weeks", "weken")
