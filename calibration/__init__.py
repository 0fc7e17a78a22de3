"""Comparison of simulated tables with the record."""
