"""What a scenario says of countries, and what it may not say."""

from __future__ import annotations

from datetime import date

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import NumberTable
from terugkeer.abm.world.scenario import scenario_of

CODES = registry().tables.frame("country_codes")["country"].tolist()


def entries(**levers: object) -> list[tuple[object, date | None]]:
    made = scenario_of({"name": "mine", "levers": levers}, "mine.toml", registry())
    return [(each.value, each.start) for each in made.entries]


def refused(**levers: object) -> str:
    with pytest.raises(InputError) as error:
        entries(**levers)
    return str(error.value)


def changed(**by: int) -> tuple[int, ...]:
    return tuple(by.get(each, 0) for each in CODES)


def test_countries_come_on_a_list_by_name() -> None:
    assert entries(list_change_hrt={"add": ["Georgia"], "remove": ["Turkey"]}) == [
        (changed(Georgia=1, Turkey=-1), None)
    ]


def test_a_later_entry_adds_to_those_before_it_in_any_order() -> None:
    later, first = date(2014, 1, 1), date(2013, 1, 1)
    found = entries(
        list_change_in_kind=[
            {"add": ["Albania"], "remove": ["Georgia"], "from": later, "source": "a wish"},
            {"add": ["Georgia"], "from": first},
        ]
    )
    assert found == [
        (changed(Georgia=1), first),
        (changed(Georgia=-1, Albania=1), later),
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"add": ["Gorgia"]}, "'Gorgia' is no country of the model. Did you mean 'Georgia'"),
        ({"add": ["Atlantis"]}, "Known: Afghanistan, Albania"),
        ({"add": ["Georgia", "Georgia"]}, "Georgia stands twice; remove one."),
        ({"add": ["Georgia"], "remove": ["Georgia"]}, "Georgia stands twice; remove one."),
        ({"add": [], "from": date(2012, 1, 1)}, "names no country"),
        ({"add": ["Georgia"], "from": date(2010, 12, 31)}, "the data run from 2011-01-01 to"),
        ({"add": ["Georgia"], "from": date(2018, 1, 1)}, "from = 2018-01-01: the data run"),
        ({"add": ["Georgia"], "form": date(2012, 1, 1)}, "form"),
        ({"add": "Georgia"}, "add"),
        (["Georgia"], "name countries, such as { add"),
        (1, "name countries, such as { add"),
        ([1] * 23, "name countries, such as { add"),
        ({}, "names no country"),
        ([], "name countries, such as { add"),
        ({"from": date(2012, 1, 1)}, "names no country"),
        ({"add": ["Georgia"], "operation": "multiply"}, "operation"),
        (
            [{"add": ["Georgia"]}, {"remove": ["Georgia"]}],
            "Georgia stands twice on one day; remove one.",
        ),
    ],
)
def test_what_a_list_can_not_mean_is_refused_in_words(entry: object, told: str) -> None:
    found = refused(list_change_rean=entry)
    assert found.startswith("mine.toml: levers.list_change_rean")
    assert told in found


@pytest.mark.parametrize("day", [date(2011, 1, 1), date(2017, 12, 31)])
def test_the_first_and_last_day_of_the_data_are_allowed(day: date) -> None:
    assert entries(list_change_rean={"add": ["Georgia"], "from": day})[0][1] == day


def test_a_group_can_be_named_alone() -> None:
    both = NumberTable({"safe": 2.0, "not_safe": 1.0})
    assert entries(origin_cooperation_factor={"safe": 2}) == [(both, None)]
    dated = {"value": {"safe": 2.0}, "from": date(2014, 1, 1)}
    assert entries(origin_cooperation_factor=dated) == [(both, date(2014, 1, 1))]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"saef": 2.0}, "'saef' is unknown. Did you mean 'safe'? Known: safe, not_safe."),
        ({"value": {"Georgia": 2.0}}, "Known: safe, not_safe."),
        ({"value": {"safe": 2.0}, "from": date(2019, 1, 1)}, "the data run from 2011-01-01"),
        (2.0, "2.0 names no group; write { safe = 2.0, not_safe = 2.0 }."),
        ("safe", "names no group; write { safe = 1.0, not_safe = 1.0 }."),
        ({"safe": -1.0}, "-1"),
        ({"safe": 2.0, "from": date(2014, 1, 1)}, "write value = { safe = 2.0 }, and the other"),
        (True, "names no group; write { safe = 1.0, not_safe = 1.0 }."),
        ({"value": {"safe": 2.0}, "operation": "multiply"}, "groups are set by name"),
        ({"value": 2.0, "operation": "add"}, "groups are set by name; remove the key."),
    ],
)
def test_groups_that_are_not_there_are_refused_in_words(entry: object, told: str) -> None:
    assert told in refused(origin_cooperation_factor=entry)


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2010, 12, 31), date(2018, 1, 1)])
@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        ("levers", "inflow_by_origin", [2.0, 1.0]),
        ("levers", "entry_ban_in_force", False),
        ("levers", "hrt_list", 1),
        ("levers", "rean_open", False),
        ("switches", "assistance_draws_inflow", "yes"),
        ("packages", "government_ladder", None),
    ],
)
def test_days_outside_the_data_are_refused_wherever_they_stand(
    table: str, name: str, value: object, day: date
) -> None:
    entry = {"from": day} if value is None else {"value": value, "from": day}
    with pytest.raises(InputError) as error:
        scenario_of({"name": "mine", table: {name: entry}}, "mine.toml", registry())
    assert f"mine.toml: {table}.{name}: from = {day}: the data run from 2011-01-01" in str(
        error.value
    )
