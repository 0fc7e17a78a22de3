"""Tables as LaTeX."""

from __future__ import annotations

import pandas as pd
from terugkeer.experiments.reports.latex import table


def test_long_tables_break_over_pages_and_long_texts_over_lines() -> None:
    frame = pd.DataFrame({"says": ["a text of more than thirty characters"] * 40, "x": 12345.6})
    text = table(frame, "50 % -- more", "tab:x")
    assert text.startswith("\\begin{longtable}{p{0.22\\textwidth}r}")
    assert "12,300" in text
    assert r"50 \% -{}- more" in text
    assert text.count(r"\toprule") == text.count(r"\bottomrule") == 1
    assert table(frame.head(3), "", "tab:y").count("tabular") == 2
