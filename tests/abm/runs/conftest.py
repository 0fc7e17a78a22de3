from __future__ import annotations

import os
from pathlib import Path

# Programs under test and workers of a Dask cluster import the stand-in for the model by its name,
# and inherit the environment alone.
ROOT = str(Path(__file__).parents[3])
os.environ["PYTHONPATH"] = os.pathsep.join(
    each for each in (ROOT, os.environ.get("PYTHONPATH", "")) if each
)
