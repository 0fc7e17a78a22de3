"""Figures from tidy tables; they run nothing."""
