"""The weeks that the page shows, and those of which it keeps less."""

from __future__ import annotations

from typing import Final

from ....abm.world.calendar import first_week

FIRST_YEAR: Final = 2011
LAST_YEAR: Final = 2017
FIRST: Final = first_week(FIRST_YEAR)  # shown week 0, as the model counts weeks
WEEKS: Final = first_week(LAST_YEAR + 1) - FIRST
YEARS: Final = tuple(first_week(year) - FIRST for year in range(FIRST_YEAR, LAST_YEAR + 1))
EVERY: Final = 13  # weeks between the tallies of one draw of chance
SAMPLED: Final = tuple(sorted({*range(EVERY - 1, WEEKS, EVERY), WEEKS - 1}))
FLOWS_EVERY: Final = 13
REASONS_EVERY: Final = 4
