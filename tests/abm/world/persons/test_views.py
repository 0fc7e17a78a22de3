"""Views of persons: one each while the person is in the model."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

from terugkeer.abm.world.persons.views import view

if TYPE_CHECKING:
    import mesa


def test_views_are_kept_until_the_person_leaves(tiny: mesa.Model) -> None:
    number = int(tiny.people.person[3])
    tiny.agents[3].pos = "here"
    gc.collect()
    assert tiny.agents[3] is view(tiny, number)
    assert tiny.agents[3].pos == "here"
    gone = weakref.ref(tiny.agents[3])
    tiny.leave(number)
    gc.collect()
    assert gone() is None
    assert not view(tiny, number).in_model
    assert number not in tiny.views


def test_the_view_of_a_person_outside_the_model_is_not_kept(tiny: mesa.Model) -> None:
    unknown = view(tiny, 4)
    assert not unknown.in_model
    assert view(tiny, 4) is not unknown
    assert tiny.views == {}
