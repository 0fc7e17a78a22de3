"""Who reads a record is found in the program text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.reports.readers import ROOMS, ROOT, VARIABLES, readers, record_readers

if TYPE_CHECKING:
    from pathlib import Path


def test_readers_are_named_by_file_and_function(tmp_path: Path) -> None:
    files = {
        "abm/world/place.py": (
            'class Vbl:\n    def end(self, values):\n        return values.number("stay_weeks")\n'
        ),
        "abm/evidence/page.py": 'NAME = "stay_weeks"\n',
        "agents/rule.py": 'NAMES = ("stay_weeks", "other")\n"""not stay_weeks here"""\n',
        "tests/test_it.py": 'NAME = "stay_weeks"\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert readers(["stay_weeks", "never_read"], tmp_path) == {
        "stay_weeks": ["abm/world/place.py:Vbl.end", "agents/rule.py:module"],
        "never_read": [],
    }


def test_the_search_covers_every_room_of_the_package() -> None:
    assert all((ROOT / room / "__init__.py").is_file() for room in ROOMS)
    assert readers(["levers"])["levers"]


def test_a_factor_is_read_where_its_variable_is(tmp_path: Path) -> None:
    names = {"factor_host_network", "vbl_weeks"}
    records = [registry()[name] for name in names]
    assert record_readers(records, tmp_path) == {name: [] for name in names}
    path = tmp_path / VARIABLES
    path.parent.mkdir(parents=True)
    path.write_text('def ties_nl(world):\n    return world.number("vbl_weeks")\n', "utf-8")
    place = f"{VARIABLES.as_posix()}:ties_nl"
    assert record_readers(records, tmp_path) == {name: [place] for name in names}
    path.write_text('VARIABLES = ("ties_nl",)\n', "utf-8")
    assert record_readers(records, tmp_path) == {
        "factor_host_network": [f"{VARIABLES.as_posix()}:module"],
        "vbl_weeks": [],
    }


def test_the_variables_of_the_decision_stand_where_readers_look() -> None:
    found = record_readers(registry().factors())
    assert found
    assert all(found.values())
