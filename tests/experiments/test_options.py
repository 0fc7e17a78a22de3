"""Options that commands share, and what is refused before anything is written."""

from __future__ import annotations

import pytest
from terugkeer.abm.world.arrivals.inflow import FIRST_DATA_YEAR, LARGEST_SCALE, LAST_DATA_YEAR
from terugkeer.experiments import options


def test_the_years_of_commands_are_those_of_the_data() -> None:
    assert (options.FIRST_YEAR, options.LAST_YEAR) == (FIRST_DATA_YEAR, LAST_DATA_YEAR)


@pytest.mark.parametrize(
    ("numbers", "names"),
    [
        ((1, LARGEST_SCALE, 2011, 2017), []),
        ((0, 1.0, 2011, 2017), ["--seeds 0"]),
        ((1, float("nan"), 2011, 2017), ["--scale nan"]),
        ((1, 2 * LARGEST_SCALE, 2011, 2017), ["--scale 10000"]),
        ((1, 1.0, 2010, 2018), ["--from 2010", "--to 2018"]),
        ((1, 1.0, 2015, 2014), ["--from 2015 to 2014"]),
    ],
)
def test_every_number_that_cannot_be_run_is_told_by_its_option(
    numbers: tuple[int, float, int, int], names: list[str]
) -> None:
    assert [each.split(":")[0] for each in options.numbers_refused(*numbers)] == names


@pytest.mark.parametrize(
    ("workers", "cluster", "said"),
    [
        (None, None, []),
        (2, "local", []),
        (0, None, ["--workers 0: at least"]),
        (None, " ", ["--cluster: give"]),
        (2, "tcp://x:1", ["--workers 2: a cluster"]),
    ],
)
def test_somebody_has_to_make_the_runs(
    workers: int | None, cluster: str | None, said: list[str]
) -> None:
    found = options.crew_refused(workers, cluster)
    assert len(found) == len(said)
    assert all(one.startswith(begin) for one, begin in zip(found, said, strict=True))
