"""Sensitivity analysis: which levers and assumptions move what a run counts, and how surely."""
