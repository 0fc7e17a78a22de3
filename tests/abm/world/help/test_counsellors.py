"""Counsellors: who comes and goes, who gets whom, what they learn and remember."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.world.chance import Chance
from terugkeer.abm.world.help.counsellors import SIZE, Counsellors
from terugkeer.agents.codes import Organisation, Place
from terugkeer.agents.kinds import KINDS

from tests.abm.world.clients import NO_RATE, everybody, world_of
from tests.abm.world.small_world import change, lived, model_of, watch

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

IOM, VWN, MAATWERK = Organisation.IOM, Organisation.VWN, Organisation.MAATWERK
NOBODY_TRAINED = np.zeros(SIZE)


def employed(staff: dict[Organisation, int], natives: int = 0) -> Counsellors:
    """Return a table with some counsellors, each with room for ten."""
    table = Counsellors(np.array([4, 2]))
    by_code = np.zeros(SIZE, dtype=np.int64)
    for organisation, number in staff.items():
        by_code[organisation] = number
    table.employ(by_code, np.full(SIZE, 10.0), np.full(SIZE, 0.3), natives)
    return table


def matched(table: Counsellors, n: int = 6, size: int = 1, **columns: object) -> World:
    """Return a world whose clients have been given counsellors of a table."""
    world = world_of(n=n, size=size, **columns)
    world.organisations.counsellors = table
    table.match(world)
    return world


def test_an_organisation_that_grows_adds_counsellors_and_one_that_shrinks_keeps_the_first() -> None:
    table = employed({IOM: 2, VWN: 1})
    table.experience[:] = 7.0
    for staff, present in (
        ({IOM: 3, VWN: 1}, [True, True, True, True]),
        ({IOM: 1, VWN: 0}, [True, False, False, False]),
        ({IOM: 2, VWN: 1}, [True, True, True, False]),
    ):
        by_code = np.zeros(SIZE, dtype=np.int64)
        by_code[list(staff)] = list(staff.values())
        table.employ(by_code, np.full(SIZE, 10.0), np.full(SIZE, 0.3), 0)
        assert table.organisation.tolist() == [IOM, IOM, VWN, IOM]
        assert table.slot.tolist() == [0, 1, 0, 2]
        assert table.present.tolist() == present
        assert table.room.tolist() == [10.0 * there for there in present]
    assert table.experience.tolist() == [7.0, 7.0, 7.0, 0.0]
    assert (table.memory[3] == 0.3).all()


@pytest.mark.parametrize(("natives", "countries"), [(0, []), (1, [4]), (2, [4, 2]), (9, [4, 2])])
def test_native_counsellors_are_the_first_of_iom(natives: int, countries: list[int]) -> None:
    table = employed({VWN: 1, IOM: 3}, natives)
    assert table.countries().tolist() == countries
    assert table.country[table.organisation == VWN].tolist() == [-1]


def test_a_compatriot_comes_first_and_the_others_share_evenly() -> None:
    table = employed({IOM: 3}, natives=1)  # the first speaks for country 4
    country = np.array([4, 4, 4, 4, 1, 1, 1, 1, 1])
    world = matched(table, n=9, helper=np.where(country == 4, IOM, 0), country=country)
    assert world.people.counsellor.tolist() == [1] * 4 + [0] * 5
    world.people.helper[:] = IOM
    table.match(world)
    assert sorted(table.clients(world.people).tolist()) == [2, 3, 4]
    assert world.people.counsellor[:4].tolist() == [1] * 4
    assert 1 not in world.people.counsellor[4:], "who has four has not the fewest"


def test_a_compatriot_without_room_gets_no_more() -> None:
    table = employed({IOM: 2}, natives=1)
    table.room[:] = 3.0
    world = matched(table, n=6, helper=IOM, country=4)
    assert table.clients(world.people).tolist() == [3, 3]


def test_members_of_a_household_have_one_counsellor_and_other_organisations_none_of_ours() -> None:
    table = employed({VWN: 2, MAATWERK: 1})
    helper = np.repeat([VWN, MAATWERK, Organisation.NONE, VWN], 3)
    world = matched(table, n=4, size=3, helper=helper)
    of_whom = world.people.counsellor.reshape(4, 3)
    assert (of_whom == of_whom[:, :1]).all()
    assert of_whom[[1, 2], 0].tolist() == [3, 0]
    assert sorted(of_whom[[0, 3], 0].tolist()) == [1, 2]


def test_nobody_changes_counsellor_and_nobody_at_origin_counts() -> None:
    table = employed({IOM: 3})
    world = matched(table, helper=IOM)
    before = world.people.counsellor.copy()
    table.begin_week(world, NOBODY_TRAINED)
    table.match(world)
    assert np.array_equal(world.people.counsellor, before)
    world.people.place[0] = Place.ORIGIN
    assert table.clients(world.people).sum() == len(before) - 1


def test_clients_of_a_counsellor_who_leaves_get_another() -> None:
    table = employed({IOM: 2})
    world = matched(table, helper=IOM)
    by_code = np.zeros(SIZE, dtype=np.int64)
    by_code[IOM] = 1
    table.employ(by_code, np.full(SIZE, 10.0), np.full(SIZE, 0.3), 0)
    table.begin_week(world, NOBODY_TRAINED)
    assert set(world.people.counsellor.tolist()) == {0, 1}
    table.match(world)
    assert (world.people.counsellor == 1).all()


def test_who_is_with_whom_depends_on_no_order_of_rows() -> None:
    forward = matched(employed({IOM: 4}), n=30, helper=IOM)
    backward = world_of(n=30, helper=IOM)
    for name in ("person", "household", "household_key"):
        column = getattr(backward.people, name)
        column[:] = column[::-1].copy()
    backward.organisations.counsellors = employed({IOM: 4})
    backward.organisations.counsellors.match(backward)
    assert np.array_equal(forward.people.counsellor, backward.people.counsellor[::-1])


@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=30),
    counsellors=st.integers(1, 7),
    natives=st.integers(0, 2),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=60, deadline=None)
def test_nobody_has_two_and_nobody_has_more_than_room_and_a_household(
    sizes: list[int], counsellors: int, natives: int, seed: int
) -> None:
    table = employed({IOM: counsellors}, natives)
    table.room[:] = sum(sizes) / counsellors
    world = world_of(n=len(sizes), size=6, helper=IOM)
    world.chance = Chance(seed, world.week + 2)
    people = world.people
    within = np.arange(len(people)) % 6
    people.helper[within >= np.repeat(sizes, 6)] = Organisation.NONE
    people.country[:] = np.repeat(np.arange(len(sizes)) % 3 * 2, 6)
    table.match(world)
    helped = people.helper == IOM
    assert (people.counsellor[helped] > 0).all()
    assert not people.counsellor[~helped].any()
    clients = table.clients(people)
    assert clients.sum() == sum(sizes)
    assert (clients < table.room + max(sizes)).all()


def test_training_takes_a_share_of_counsellors_and_more_of_it_takes_them_too() -> None:
    table = employed({IOM: 400})
    world = matched(table, n=1)
    trained = []
    for share in (0.0, 0.25, 0.75, 1.0):
        table.begin_week(world, np.full(SIZE, share))
        trained.append(table.trained.copy())
        assert abs(table.trained.mean() - share) < 4 * np.sqrt(0.25 / 400)
    for fewer, more in pairwise(trained):
        assert (more | ~fewer).all(), "nobody loses a training because others get one"


def test_skill_is_base_times_training_experience_and_load() -> None:
    table = employed({IOM: 2})
    world = matched(table, n=5, helper=IOM)
    world.people.counsellor[:] = [1, 1, 1, 1, 1]  # half of the room of the first
    world.now.update(
        {
            "training_gain": 0.5,
            "beginner_lacks": 0.4,
            "experience_half_sessions": 50.0,
            "caseload_tires": 0.2,
        }
    )
    table.trained[:] = [True, False]
    table.experience[:] = [100.0, 0.0]
    found = table.skill(world, np.full(SIZE, 0.5))
    assert found == pytest.approx([0.5 * 1.5 * (1 - 0.4 / 4) * (1 - 0.2 / 2), 0.5 * (1 - 0.4)])


def test_a_session_is_one_for_each_household_in_real_ones() -> None:
    table = employed({IOM: 1})
    world = matched(table, n=3, size=2, helper=IOM)
    world.scale = 20.0
    table.hold(world, everybody(world)[:4])
    assert table.sessions.tolist() == [40.0]
    table.begin_week(world, NOBODY_TRAINED)
    assert table.sessions.tolist() == [0.0]
    table.hold(world, everybody(world))
    assert table.experience.tolist() == [100.0]


@pytest.mark.parametrize("scale", [1.0, 20.0])
def test_a_full_organisation_tires_its_counsellors_alike_at_every_scale(scale: float) -> None:
    # twenty counsellors with room for ten each, and 100 real clients: half of the room
    table = employed({VWN: 20})
    world = world_of(n=round(100 / scale), helper=VWN)
    world.organisations.counsellors, world.scale = table, scale
    table.match(world)
    world.now.update({"caseload_tires": 0.4, "beginner_lacks": 0.0})
    found = table.skill(world, np.ones(SIZE))
    assert found[np.unique(world.people.counsellor) - 1] == pytest.approx(1 - 0.4 * 0.5)


def test_a_counsellor_with_room_for_a_simulated_person_tires_of_the_own_clients() -> None:
    table = employed({VWN: 2})
    world = world_of(n=3, helper=VWN)
    world.organisations.counsellors, world.scale = table, 5.0
    world.people.counsellor[:] = [1, 1, 2]
    world.now.update({"caseload_tires": 0.4, "beginner_lacks": 0.0})
    assert table.skill(world, np.ones(SIZE)) == pytest.approx([0.6, 0.8])


def test_a_counsellor_expects_what_referrals_do_with_a_hand_over_in_person() -> None:
    world = world_of(change("handover_share", (0.2,) * 8), change("warm_handover", 0.5))
    table = world.organisations.counsellors
    assert table.memory == pytest.approx(0.2 + 0.5 * 0.8)
    world.now.update({"warm_handover": 1.0})
    world.organisations.look_up(world.now)
    table.begin_week(world, NOBODY_TRAINED)
    assert (table.memory > 0.6).all(), "what a counsellor expects moves memories that fade"


def test_what_came_of_referrals_is_remembered_and_fades() -> None:
    table = employed({VWN: 2})
    world = matched(table, n=4, size=2, helper=VWN)
    world.people.counsellor[:] = np.repeat([1, 1, 2, 0], 2)
    world.now.update({"referral_memory_weight": 0.5, "referral_memory_half_weeks": 1.0})
    target = np.full(8, MAATWERK, dtype=np.uint8)
    arrived = np.repeat([True, False, True, True], 2)
    table.hear_of(world, everybody(world), target, arrived)
    first = 0.3 + 0.5 * 0.7  # arrived
    assert table.memory[0, MAATWERK] == pytest.approx(first * 0.5)  # and one was lost
    assert table.memory[1, MAATWERK] == pytest.approx(first)
    assert (np.delete(table.memory, MAATWERK, axis=1) == 0.3).all()
    assert (table.arrived.tolist(), table.lost.tolist()) == ([1.0, 1.0], [1.0, 0.0])
    remembered = table.remembered(world.people, everybody(world)[::2])[:, MAATWERK]
    assert remembered == pytest.approx([first / 2, first / 2, first, 1.0])
    table.begin_week(world, NOBODY_TRAINED)
    assert table.memory[1, MAATWERK] == pytest.approx(0.3 + (first - 0.3) / 2)


def test_a_simulated_household_is_remembered_as_the_real_ones_for_which_it_stands() -> None:
    table = employed({VWN: 2, Organisation.ASKV: 1})
    world = matched(table, n=1, size=1, helper=VWN)
    world.people.counsellor[:] = 1
    world.scale = 3.0
    world.now.update({"referral_memory_weight": 0.5})
    before = table.memory.copy()
    table.hear_of(world, everybody(world), np.array([MAATWERK], np.uint8), np.array([True]))
    # one of the three is the first counsellor's; each of VWN's two hears of one of the others
    away = (1.0 - table.memory[:, MAATWERK]) / (1.0 - before[:, MAATWERK])
    assert away == pytest.approx([0.5**2, 0.5, 1.0])


def test_in_a_run_clients_have_one_counsellor_of_their_organisation() -> None:
    model = model_of(scale=60.0)

    def check(name: str, world: World) -> None:
        if name != "meet":
            return
        people, table = world.people, world.organisations.counsellors
        here = people.place != Place.ORIGIN
        has = here & (people.counsellor > 0)
        assert np.array_equal(has, here & (people.helper > 0))
        of = table.organisation[people.counsellor[has] - 1]
        assert np.array_equal(of, people.helper[has])
        assert table.present[people.counsellor[has] - 1].all()

    watch(model, after=check)
    model.run()
    assert model.world.organisations.counsellors.experience.max() > 0


@pytest.mark.slow
def test_a_caseload_that_tires_nobody_and_no_beginners_leave_runs_alike() -> None:
    plain = (
        change("caseload_tires", 0.0),
        change("beginner_lacks", 0.0),
        change("referral_memory_weight", 0.0),
        change("helper_training", (0.0,) * len(KINDS)),
    )
    one = lived(*plain)
    other = lived(*plain, change("counsellor_caseload", (5.0,) * 6))
    tables = [each.world.organisations.counsellors for each in (one, other)]
    assert len(tables[0]) < len(tables[1])
    for name in ("person", "kind", "helper", "week"):
        assert np.array_equal(one.log.column(name), other.log.column(name)), (
            "how many counsellors share the clients changes nothing then"
        )


def test_sessions_without_rate_leave_counsellors_without_experience() -> None:
    model = lived(
        change("session_hazard", NO_RATE),
        change("coa_talk_weeks", (50, 50, 50, 50)),
        change("coa_training_weeks", (50, 50)),
    )
    assert not model.world.organisations.counsellors.experience.any()
