"""A stand-in for the model: plausible events without any behaviour, in a moment.

Worker processes import it by name, so it is a file of its own.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
from terugkeer.abm.runs.result import RunResult, WeekError
from terugkeer.abm.runs.simulate import simulate as simulate_real
from terugkeer.abm.world import model as model_file
from terugkeer.abm.world.calendar import first_week, monday
from terugkeer.abm.world.events import Event, EventLog, Mark
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents import codes, traits

PLACES = np.array(
    [codes.Place.AZC, codes.Place.AZC_DEPARTURE_TERM, codes.Place.VBL, codes.Place.FAMILY_LOCATION,
     codes.Place.CLOSED_FAMILY, codes.Place.REPORTING_DUTY, codes.Place.NIGHT_SHELTER,
     codes.Place.GUIDED_SHELTER, codes.Place.PRIVATE_NETWORK, codes.Place.STREET,
     codes.Place.DETENTION]
)  # fmt: skip
SHARES = np.array([0.22, 0.2, 0.05, 0.1, 0.02, 0.05, 0.03, 0.02, 0.1, 0.06, 0.15])
HIDDEN = np.array(
    [codes.Place.PRIVATE_NETWORK, codes.Place.STREET, codes.Place.NIGHT_SHELTER,
     codes.Place.GUIDED_SHELTER]
)  # fmt: skip
YEARLY = 15500


def scenario(name: str = "made-up") -> Scenario:
    return Scenario(name)


def simulate(
    scenario: Scenario,
    *,
    seed: int,
    scale: float,
    first_year: int,
    last_year: int,
    registry: object,
) -> RunResult:
    assert registry is not None
    rng = np.random.default_rng(seed)
    start, end = first_week(first_year - 1), first_week(last_year + 1)
    n = int(YEARLY * (last_year - first_year + 2) / scale)
    person = np.arange(n) * 16
    opened = rng.integers(start, end - 30, n)
    closed = opened + rng.integers(1, 30, n)
    background = (rng.random(n) < 0.4).astype(int)
    minor = rng.random(n) < 0.2
    route = np.where(background == 0, codes.Route.ASYLUM, rng.integers(1, 5, n))
    packed = traits.pack(
        {
            "background": background,
            "origin_group": (rng.random(n) < 0.7).astype(int),
            "country": np.zeros(n, int),
            "household_kind": np.zeros(n, int),
            "route": route,
            "track": np.zeros(n, int),
            "dublin": rng.random(n) < 0.1,
            "family": minor,
            "minor": minor,
            "female": rng.random(n) < 0.4,
        }
    )
    entry = np.where(background == 0, codes.Place.AZC, rng.choice(PLACES[[8, 9, 10]], n))
    place = rng.choice(PLACES, n, p=SHARES)
    outcome = rng.choice([1, 2, 3, 4, 5], n, p=[0.18, 0.19, 0.34, 0.11, 0.18])
    hidden = rng.choice(HIDDEN, n, p=[0.5, 0.2, 0.2, 0.1])
    away = rng.random(n)
    unseen = np.select(
        [away < 0.2, away < 0.35],
        [codes.Destination.ONWARD, codes.Destination.HOME_UNOBSERVED],
        codes.Destination.NETHERLANDS,
    )
    gone = np.where(rng.random(n) < 0.15, codes.Destination.MEMBER_STATE, codes.Destination.ORIGIN)
    destination = np.select(
        [outcome <= 2, outcome == 3, outcome == 4],
        [gone, unseen, codes.Destination.PERMIT],
        codes.Destination.OTHER,
    )
    to_place = np.where(destination == codes.Destination.NETHERLANDS, hidden, codes.Place.ORIGIN)
    log = EventLog()
    for week in range(start, end):
        now = np.flatnonzero(opened == week)
        log.append(week, Event.ENTERED, person[now], traits=packed[now], place=entry[now])
        log.append(week, Event.OPENED, person[now], traits=packed[now], place=entry[now])
        move = now[entry[now] != place[now]]
        log.append(
            week, Event.MOVED, person[move], traits=packed[move], place=entry[move],
            to_place=place[move], weeks=0.0, marks=Mark.SPELL_OPEN,
        )  # fmt: skip
        now = np.flatnonzero(closed == week)
        rows = {
            "traits": packed[now], "place": place[now], "to_place": to_place[now],
            "outcome": outcome[now], "destination": destination[now],
            "weeks": (closed - opened)[now], "phase": codes.LegalPhase.OBLIGED,
        }  # fmt: skip
        destitute = np.isin(place[now], [codes.Place.STREET, codes.Place.NIGHT_SHELTER])
        marks = Mark.SPELL_OPEN + Mark.DESTITUTE * destitute + Mark.IOM * (outcome[now] == 1)
        log.append(week, Event.CLOSED, person[now], marks=marks, **rows)
        left = destination[now] != codes.Destination.NETHERLANDS
        rows = {name: np.broadcast_to(v, now.shape)[left] for name, v in rows.items()}
        log.append(week, Event.LEFT, person[now][left], marks=marks[left], **rows)
    weekly = pd.DataFrame(
        [
            (week, codes.label(codes.Place(int(p))), round(9000 / scale * share) * scale)
            for week in range(start, end)
            for p, share in zip(PLACES, SHARES * rng.uniform(0.9, 1.1, len(PLACES)), strict=True)
        ],
        columns=["week", "place", "persons"],
    )
    weekly["persons"] = weekly["persons"].round().astype("int64")
    weekly["date"] = pd.to_datetime([monday(int(week)) for week in weekly["week"]])
    weekly = weekly.assign(phase="obliged", population="spell")
    return RunResult(
        scenario=scenario.name,
        seed=seed,
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        log=log,
        weekly=weekly[["week", "date", "place", "phase", "population", "persons"]],
        timings={"exit": 0.5},
        person_weeks=round(float(weekly["persons"].sum()) / scale),
        countries=("Nowhere",),
    )


def simulate_killed(_scenario: Scenario, **_options: object) -> RunResult:
    """Die like a process for which memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def simulate_second_killed(scenario: Scenario, *, seed: int, **options: object) -> RunResult:
    """Die whenever it is the turn of seed 2."""
    if seed == 2:
        simulate_killed(scenario)
    return simulate(scenario, seed=seed, **options)


def simulate_killed_now_and_then(scenario: Scenario, *, seed: int, **options: object) -> RunResult:
    """Die at the first try of every fifth seed; the file named after it tells that it was tried."""
    mark = Path(os.environ["FAKE_WORLD_MARKS"]) / str(seed)
    if seed % 5 == 0 and not mark.exists():
        mark.touch()
        simulate_killed(scenario)
    return simulate(scenario, seed=seed, **options)


def simulate_failing(_scenario: Scenario, **_options: object) -> RunResult:
    """Hold a mistake of ours."""
    raise ZeroDivisionError


def simulate_second_failing(scenario: Scenario, *, seed: int, **options: object) -> RunResult:
    """Hold a mistake that shows with seed 2, in a week."""
    if seed != 2:
        return simulate(scenario, seed=seed, **options)
    try:
        return simulate_failing(scenario)
    except ZeroDivisionError as error:
        raise WeekError(first_week(2012)) from error


def simulate_with_memory(scenario: Scenario, **options: object) -> RunResult:
    """Run the model with a year of spin-up; tell in the timings the memory of the process in MB."""
    with mock.patch.object(model_file, "SPIN_UP_YEARS", 1):
        result = simulate_real(scenario, **options)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    here = {"pid": float(os.getpid()), "mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6}
    return replace(result, timings=here)


def pid_after(seconds: float) -> int:
    """Tell which process this is, once some time has passed."""
    time.sleep(seconds)
    return os.getpid()
