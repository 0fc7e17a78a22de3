"""Agents, their codes, and their rules as pure functions of arrays."""
