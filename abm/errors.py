"""The error that a user's mistake raises."""

from __future__ import annotations


class InputError(Exception):
    """One or more mistakes of the user: a sentence for each, with file, key, value and remedy.

    Commands print `str(error)`, a line for each mistake, on standard error and exit with
    code 1; they never show a traceback for it.
    """

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))
