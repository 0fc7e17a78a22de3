"""The world of the first life that the page tells, once for all tests that live on in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from studies.households import walkthrough
from studies.households.lives import beginning

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel


@pytest.fixture(scope="session")
def seed() -> int:
    page = walkthrough.PAGE.read_text(encoding="utf-8")
    return int(re.findall(r"Luck of seed (\d+)", page)[0])


@pytest.fixture(scope="session")
def begun(seed: int) -> ReturnModel:
    return beginning(seed)
