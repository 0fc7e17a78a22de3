"""Scenario files that ship with the model."""
