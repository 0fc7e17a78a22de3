"""Groups of persons, as `PersonSet.groupby` returns them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

try:
    from mesa.agentset import GroupBy
except ModuleNotFoundError:  # before Mesa 3.4 it stood beside the agent
    from mesa.agent import GroupBy

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["GroupBy", "PersonGroups"]


class PersonGroups(GroupBy):  # type: ignore[misc]  # Mesa ships no types
    """Mesa's grouping over sets of persons; it aggregates column by column."""

    def agg(self, attr_name: str, func: Callable[..., object]) -> dict[Hashable, Any]:
        """Aggregate an attribute within each group."""
        return {key: group.agg(attr_name, func) for key, group in self.groups.items()}
