"""Groups of persons aggregate column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.world.persons.groups import PersonGroups
from terugkeer.agents.codes import Place

if TYPE_CHECKING:
    import mesa


def test_each_group_is_aggregated_by_itself(tiny: mesa.Model) -> None:
    people = tiny.people
    people.place[:] = Place.VBL
    people.place[:3] = Place.STREET
    people.spells[:] = 1
    people.spells[:3] = 200  # 600 is more than the column's type holds
    groups = tiny.agents.groupby("place")
    assert isinstance(groups, PersonGroups)
    assert groups.agg("spells", np.sum) == {Place.STREET: 600, Place.VBL: 17}
    assert groups.agg("spells", sum) == {Place.STREET: 600, Place.VBL: 17}
