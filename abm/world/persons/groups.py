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
    """Mesa's grouping over sets of persons, which aggregate by column."""

    def agg(self, attr_name: str, func: Callable[..., object]) -> dict[Hashable, Any]:
        """Aggregate an attribute within each group.

        Parameters
        ----------
        attr_name : str
            The attribute.
        func : callable
            Function of all values of a group.

        Returns
        -------
        dict of hashable to object
            What the function returns, by group.
        """
        return {key: group.agg(attr_name, func) for key, group in self.groups.items()}
