"""An evidence folder of four records, to be broken by tests."""

from __future__ import annotations

import gc
import shutil
import signal
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a shell puts in the background ignores Ctrl-C, and hands that on: tests of it would hang.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

RECORDS = """
[stay_weeks]
title = "Longest stay"
value = 12
unit = "week"
role = "lever"
kind = "measured"
prior = { dist = "uniform", low = 8, high = 18 }
bounds = [0, 104]
mechanism = "legal_clocks"
says = "Twelve weeks."
maps = "identity"
sources = [{ ref = "s1", locator = "B4" }]
dated = [
    { from = 2014-10-01, value = 3, says = "Three.", source = { ref = "s4", locator = "B11" } },
    { from = 2016-01-01, value = 6, says = "Six.", source = { ref = "s4", locator = "B11" } },
]

[leave_hazard]
title = "Hazard of leaving"
value = 0.02
unit = "1/week"
role = "calibrate"
kind = "assumption"
prior = { dist = "loguniform", low = 0.005, high = 0.08 }
bounds = [0, 1]
pedigree = { proxy = 4, empirical = 4, method = 4, validation = 4 }
says = "Not known."
maps = "none"

[household_shares]
title = "Shares of households"
value = { single = 0.7, family = 0.3 }
unit = "shares"
role = "calibrate"
kind = "derived"
prior = { dist = "dirichlet", concentration = [7, 3] }
bounds = [0, 1]
mechanism = "legal_clocks"
says = "Seven in ten are single."
maps = "conversion"
maps_note = "7 / 10."
sources = [{ ref = "x5", locator = "C6" }]

[support_rule]
title = "How support adds up"
value = "either_or"
unit = "text"
role = "switch"
kind = "expert"
prior = { dist = "discrete", values = ["either_or", "stacked"] }
mechanism = "legal_clocks"
says = "Either or."
maps = "none"
sources = [{ ref = "s3", locator = "B" }]
claims = { either_or = "s3: the pilot's rule", stacked = "s4: since 2012" }

[closings]
title = "Closings of files"
table = "dtv_caseload_outflow.csv"
unit = "person/year"
role = "fixed"
kind = "measured"
mechanism = "legal_clocks"
says = "Closings by outcome."
maps = "identity"
sources = [{ ref = "s4", locator = "B5" }]
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden",
        action="store_true",
        help="record the counts of today in tests/golden instead of comparing with them",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage among thousands of tests, neither as they are read nor as they run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def write_evidence(folder: Path) -> Path:
    """Write a sound folder of evidence: four records and a table beside the data that ship."""
    shipped = Path(str(files("terugkeer.abm.evidence")))
    (folder / "records").mkdir(parents=True)
    shutil.copytree(shipped / "data", folder / "data", copy_function=shutil.copyfile)
    shutil.copyfile(shipped / "bibliography.toml", folder / "bibliography.toml")
    shutil.copyfile(shipped / "pedigrees.toml", folder / "pedigrees.toml")
    (folder / "records" / "sample.toml").write_text(RECORDS, encoding="utf-8")
    return folder


@pytest.fixture
def evidence_folder(tmp_path: Path) -> Path:
    """A sound folder of evidence that a test may break."""
    return write_evidence(tmp_path / "evidence")
