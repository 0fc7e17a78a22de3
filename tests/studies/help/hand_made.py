"""A run made by hand, of a few events."""

from __future__ import annotations

from typing import Any

import pandas as pd
from terugkeer.abm.world.events import EventLog

from studies.help.runs import Helped

NOTHING = pd.DataFrame()
EVENT = {
    "kind": "left",
    "year": 2011,
    "outcome": "independent",
    "destination": "origin",
    "iom": True,
    "scheme": 0,
    "met": 0,
    "referred_by": "none",
    "since_contact": -1,
    "background": "asylum",
    "country": "Iraq",
    "place": "street",
    "to_place": "none",
    "weeks": 0,
}


def run(
    *events: dict[str, Any], queues: pd.DataFrame = NOTHING, served: tuple[str, ...] = ()
) -> Helped:
    """Return a run of events that differ from `EVENT` in what is given."""
    frame = pd.DataFrame([{**EVENT, **each} for each in events], columns=list(EVENT))
    frame = frame.astype({name: type(value) for name, value in EVENT.items()})
    return Helped(frame, NOTHING, EventLog(), queues, frozenset(served))


def cells(table: str) -> list[list[str]]:
    """Return the rows of a table of Markdown, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return [row for row in rows if not row[0].startswith("---")]
