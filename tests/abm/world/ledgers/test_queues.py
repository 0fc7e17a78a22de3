"""The weekly record of organisations against the columns it counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from terugkeer.abm.runs.result import QUEUES_COLUMNS
from terugkeer.agents.codes import Organisation, Place, label
from terugkeer.agents.kinds import HELPERS

from tests.abm.world.clients import NOBODY_HELPS
from tests.abm.world.small_world import HAZARDS, lived, model_of

COUNTS = ["clients", "waiting", "served"]


def test_the_frame_counts_clients_and_persons_who_wait() -> None:
    model = model_of(scale=100.0)
    for _ in range(60):
        model.step()
    people = model.people
    here = people.place != Place.ORIGIN
    frame = model.queues_frame()
    assert list(frame.columns) == list(QUEUES_COLUMNS)
    assert len(frame) == 60 * len(HELPERS)
    last = frame[frame["week"] == model.week - 1].set_index("organisation")
    for organisation in HELPERS:
        row = last.loc[label(organisation)]
        assert row["clients"] == 100.0 * np.count_nonzero(here & (people.helper == organisation))
        assert row["waiting"] == 100.0 * np.count_nonzero(here & (people.awaits == organisation))
    assert last["clients"].sum() > 0
    assert frame["waiting"].sum() > 0


def test_clients_never_exceed_what_an_organisation_can_hold() -> None:
    model = lived()
    frame = model.queues_frame()
    # the last household to come in may be larger than what is left: `matching.fitting`
    over = int(model.people.household_size.max()) - 1
    places = (np.ceil(frame["capacity"] / model.scale) + over) * model.scale
    none = frame["capacity"] == 0
    assert none.any()
    for counted in ("clients", "served"):
        assert (frame[counted] <= places).all()
        assert (frame.loc[none, counted] == 0).all()
    fine = lived(scale=20.0).queues_frame()
    mean = fine.groupby("organisation", observed=True)[["clients", "capacity"]].mean()
    assert (mean["clients"] <= 1.1 * mean["capacity"] + 20.0).all()
    assert (
        frame.groupby("organisation", observed=True)["waiting"].max()[label(Organisation.IOM)] > 0
    )


def test_dated_capacity_stands_in_the_record() -> None:
    frame = lived(first_year=2015, last_year=2015).queues_frame()
    desk = frame[frame["organisation"] == label(Organisation.MUNICIPAL_DESK)].set_index("date")
    assert desk.loc[desk.index < pd.Timestamp(2015, 6, 22), "capacity"].eq(0).all()
    assert desk.loc[desk.index > pd.Timestamp(2015, 7, 1), "capacity"].eq(180).all()


def test_without_capacity_or_without_weighing_all_counts_are_nought() -> None:
    for changes in (NOBODY_HELPS, (HAZARDS,)):
        frame = lived(*changes).queues_frame()
        assert (frame[[*COUNTS, "capacity"]] == 0).all(axis=None)
