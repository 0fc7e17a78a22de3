from __future__ import annotations

import os
import sys
from pathlib import Path

# Worker processes import the stand-in for the model by its name and inherit this path; those of a
# Dask cluster inherit the environment alone.
HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)
os.environ["PYTHONPATH"] = os.pathsep.join(
    each for each in (HERE, os.environ.get("PYTHONPATH", "")) if each
)
