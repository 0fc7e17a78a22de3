"""The one error that a user's mistake raises."""

from __future__ import annotations


class InputError(Exception):
    """A mistake in what the user gave, with what to do about it.

    Commands print `str(error)` on standard error and exit with code 1; they
    never show a traceback for it.

    Parameters
    ----------
    problems : str or list of str
        One sentence for each problem, naming file, key, value and remedy.
    """

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))
