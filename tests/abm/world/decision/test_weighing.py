"""What reasons do to options: each as its record says, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.decision import variables
from terugkeer.abm.world.decision.adults import Adults
from terugkeer.abm.world.decision.weighing import available, choice, constants, weigh_options
from terugkeer.abm.world.phases.weigh import deliberating
from terugkeer.agents.codes import Force, LegalPhase, Option, Place

from tests.abm.world.small_world import change, model_of, recorded

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.evidence.record import Record
    from terugkeer.abm.world.decision.weighing import Weighed
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.state import World

FACTORS = {record.name: record for record in registry().factors()}
WEEKS = 80


def grown(*changes: Override) -> ReturnModel:
    """Return a model some weeks into its life."""
    model = model_of(*changes, scale=100.0)
    for _ in range(WEEKS):
        model.step()
    return model


@pytest.fixture(scope="module")
def shared() -> ReturnModel:
    """A model to look at; who changes it puts it back."""
    return grown()


def here(world: World) -> NDArray[np.intp]:
    """Return the rows of everybody who has not returned."""
    return np.flatnonzero((world.people.phase != LegalPhase.RETURNED) & ~world.people.gone)


def weighed(model: ReturnModel) -> Weighed:
    """Let everybody weigh."""
    return weigh_options(model.world, model.world.weights, here(model.world))


@pytest.mark.parametrize("record", FACTORS.values(), ids=list(FACTORS))
def test_a_variable_moves_its_options_as_its_record_says_and_no_other(
    shared: ReturnModel, monkeypatch: pytest.MonkeyPatch, record: Record
) -> None:
    factor = record.factor
    assert factor is not None
    before = weighed(shared)
    usual = variables.VARIABLES[factor.variable]
    step = 0.25
    by = {"log_thousands": 250.0}.get(factor.transform, step)
    monkeypatch.setitem(variables.VARIABLES, factor.variable, lambda adults: usual(adults) + by)
    moved = weighed(shared).utilities - before.utilities
    direction = -1.0 if factor.transform == "complement" else 1.0
    for option in Option:
        multiple = factor.options.get(option.name.lower(), 0.0) * direction
        if not multiple:
            assert not moved[option].any(), option
        else:
            assert (np.sign(moved[option]) == np.sign(multiple)).all(), option


@pytest.mark.parametrize(
    ("column", "by", "signs"),
    [
        ("debt_eur", 2000.0, {Option.RETURN: -1}),
        ("social_debt", 0.1, {Option.RETURN: -1}),
        ("ties_origin", 0.1, {Option.RETURN: 1}),
        ("ties_nl", 0.1, {Option.WAIT: 1, Option.OUT_OF_SIGHT: 1}),
        ("hope", 0.1, {Option.WAIT: 1}),
        ("illegality_prospects", 0.1, {Option.RETURN: -1, Option.OUT_OF_SIGHT: 1}),
        ("believed_livelihood", 0.001, {Option.RETURN: 1}),
        ("wanted_at_home", True, {Option.RETURN: 1}),
        ("justice", 0.1, {Option.RETURN: 1}),
        ("trust_state", 0.1, {}),
        ("physical", -0.1, {}),  # care keeps nobody here under the default reading
    ],
)
def test_a_state_moves_only_what_it_stands_for(
    shared: ReturnModel, column: str, by: float, signs: dict[Option, int]
) -> None:
    people = shared.people
    before = weighed(shared)
    kept = getattr(people, column).copy()
    people.believed_livelihood[:] = np.minimum(people.believed_livelihood, 0.99)
    getattr(people, column)[:] += by
    moved = weighed(shared).utilities - before.utilities
    getattr(people, column)[:] = kept
    for option in Option:
        sign = signs.get(option, 0)
        if sign:
            assert (moved[option] * sign >= 0).all()
            assert (moved[option] * sign > 0).any()
        else:
            assert not moved[option].any(), option


def test_the_four_forces_and_the_constant_are_return_against_wait(shared: ReturnModel) -> None:
    found = weighed(shared)
    against_wait = found.utilities[Option.RETURN] - found.utilities[Option.WAIT]
    forces = found.forces
    sum_of_forces = (
        forces[Force.PUSH] + forces[Force.PULL] - forces[Force.STAY] - forces[Force.DETER]
    )
    constant = constants(shared.world, found.adults)[Option.RETURN]
    np.testing.assert_allclose(constant + sum_of_forces, against_wait, atol=1e-9)


def test_what_help_adds_is_what_return_loses_without_assistance(
    shared: ReturnModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = weighed(shared)
    usual = variables.VARIABLES["assistance"]
    monkeypatch.setitem(variables.VARIABLES, "assistance", lambda adults: 0.0 * usual(adults))
    after = weighed(shared)
    assert (before.helped > 0.0).any()
    assert not after.helped.any()
    lost = before.utilities - after.utilities
    np.testing.assert_allclose(lost[Option.RETURN], before.helped, atol=1e-12)
    assert not np.delete(lost, Option.RETURN, axis=0).any()
    monkeypatch.undo()
    monkeypatch.setitem(variables.VARIABLES, "hope", lambda adults: 0.0 * adults.state("hope"))
    assert np.array_equal(weighed(shared).helped, before.helped), "of assistance alone"


def test_a_household_that_is_barred_does_not_choose_to_return(shared: ReturnModel) -> None:
    found = weighed(shared)
    found.household[Option.RETURN] += 1000.0
    k = len(found.first)
    assert (choice(shared.world, found, np.zeros(k, dtype=np.bool_)) == Option.RETURN).all()
    barred = np.arange(k) % 2 == 0
    made = choice(shared.world, found, barred)
    assert ((made == Option.RETURN) == ~barred).all()


def test_under_the_hard_reading_fear_shuts_hardship_out_and_turns_all_threat() -> None:
    model = grown(change("moderators", "hard"))
    people = model.people
    people.believed_safety[:] = 0.0
    afraid = weighed(model)
    people.illegality_prospects[:] = 0.0
    bleak = weighed(model)
    assert np.array_equal(afraid.utilities, bleak.utilities), "hardship has no effect"
    people.threat[:] = 0.2
    calm = weighed(model).utilities
    people.threat[:] = 0.9
    moved = weighed(model).utilities - calm
    assert (moved[Option.OUT_OF_SIGHT] > 0).all()
    detainable = moved[Option.RETURN] > 0  # the prospect of detention is another reason
    prospect = variables.prospect_of_detention(Adults(model.world, afraid.adults))
    assert np.array_equal(detainable, prospect > 0)


def test_under_the_soft_reading_fear_leaves_its_stated_share_of_hardship() -> None:
    steep = change("fear_steepness", 1000.0)  # so that the share is reached exactly
    model = grown(steep, change("fear_midpoint", 0.5))
    people = model.people
    effects = []
    for safety in (1.0, 0.0):
        people.believed_safety[:] = safety
        people.mental[:] = 1.0
        people.illegality_prospects[:] = 1.0
        rosy = weighed(model).utilities[Option.RETURN].copy()
        people.illegality_prospects[:] = 0.0
        effects.append(weighed(model).utilities[Option.RETURN] - rosy)
    assert (effects[0] > 0).all()
    np.testing.assert_allclose(effects[1], recorded("fear_floor") * effects[0], rtol=1e-9)


def test_under_the_hard_reading_nobody_without_agency_deliberates() -> None:
    model = grown(change("moderators", "hard"), change("deliberation_rate", 5.0))
    assert len(deliberating(model.world))
    model.people.agency[:] = 0.0
    model.people.news_week[:] = model.week  # an occasion helps nobody who is not able
    assert not len(deliberating(model.world))


def test_options_that_a_place_does_not_leave_are_closed(shared: ReturnModel) -> None:
    people = shared.people
    rows = here(shared.world)[:4]
    kept = people.place.copy()
    people.place[rows] = [Place.DETENTION, Place.STREET, Place.AZC, Place.FAMILY_LOCATION]
    found = available(shared.world, rows)
    people.place[:] = kept
    assert found[Option.WAIT].all()
    assert found[Option.RETURN].all()
    assert found[Option.OUT_OF_SIGHT].tolist() == [False, False, True, True]
    assert found[Option.MOVE_ON].tolist() == [False, True, True, True]


def test_members_of_a_household_share_choice_and_stage(shared: ReturnModel) -> None:
    people = shared.people
    rows = here(shared.world)
    household = shared.world.household_of(rows)
    assert household.max() + 1 == len(np.unique(people.household[rows]))
    for column in (people.choice, people.stage, people.identified, people.document):
        least, most = np.full(household.max() + 1, 9), np.zeros(household.max() + 1, dtype=int)
        np.minimum.at(least, household, column[rows])
        np.maximum.at(most, household, column[rows])
        assert np.array_equal(least, most)
