from __future__ import annotations

import sys
from pathlib import Path

# Worker processes import the stand-in for the model by its name and inherit this path.
sys.path.insert(0, str(Path(__file__).parent))
