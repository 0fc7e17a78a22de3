"""Runs and draws that are done, for whoever asks for them again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .job import Asked, Job

MOST_BYTES: Final = 100_000_000  # some hundred runs at scale 20


class Cache:
    """Jobs that are done, those that were asked for last, up to a number of bytes.

    What somebody still reads is kept, whatever its size.

    Parameters
    ----------
    most : int, optional
        Bytes of all lines together.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._jobs: OrderedDict[Asked, Job] = OrderedDict()
        self.size = 0

    def put(self, job: Job) -> None:
        """Keep a job that is done; let go of those that nobody has asked for longest."""
        self._take_out(job.asked)
        self._jobs[job.asked] = job
        self.size += job.size
        for asked, each in list(self._jobs.items()):
            if self.size <= self._most:
                break
            if not each.seekers:
                self._take_out(asked)

    def get(self, asked: Asked) -> Job | None:
        """Return the job of what is asked, if it is kept."""
        job = self._jobs.get(asked)
        if job is not None:
            self._jobs.move_to_end(asked)
        return job

    def _take_out(self, asked: Asked) -> None:
        job = self._jobs.pop(asked, None)
        if job is not None:
            self.size -= job.size
