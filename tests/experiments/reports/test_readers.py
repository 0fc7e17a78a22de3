"""Who reads a record is found in the program text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.experiments.reports.readers import ROOMS, ROOT, VARIABLES, readers

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
    assert (ROOT / VARIABLES).is_file()
