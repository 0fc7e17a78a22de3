"""How fast runs go, measured on those that have ended: for estimates and the size of batches."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Final

OVERHEAD_SHARE: Final = 0.025  # aim, so that the bound of 5 % holds when runs turn out shorter
HAND_OVER_SECONDS: Final = 0.005  # a batch to a process or a Dask worker and back
LONGEST_SECONDS: Final = 30.0  # what an interruption may cost, for each worker
SHARES: Final = 4  # batches for each worker at least, so that all end together


@dataclass(frozen=True)
class Progress:
    """How far a session is.

    Parameters
    ----------
    planned : int
        Runs of this session.
    done, failed : int
        Runs that ended since it began.
    seconds : float
        Time since it began.
    run_seconds : float
        Mean time of a run in its process.
    seconds_left, bytes_left : float
        Estimates of what is still to come, and still to be written.
    """

    planned: int
    done: int
    failed: int
    seconds: float
    run_seconds: float
    seconds_left: float
    bytes_left: float

    @property
    def left(self) -> int:
        """Return how many runs are still to be made."""
        return self.planned - self.done - self.failed

    @property
    def per_second(self) -> float:
        """Return how many runs ended in a second, over the whole session."""
        return (self.done + self.failed) / self.seconds if self.seconds > 0 else 0.0


class Pace:
    """What the runs of a session have cost so far."""

    def __init__(self, planned: int) -> None:
        self.planned = planned
        self.done = self.failed = 0
        self.bytes = 0
        self.batches = 0
        self.run_seconds = 0.0
        self.other_seconds = 0.0
        self.begin = time.monotonic()

    def ended(
        self, *, done: int, failed: int, run_seconds: float, other_seconds: float, size: int
    ) -> None:
        """Count a batch that ended.

        Parameters
        ----------
        done, failed : int
            Runs of the batch that were made, and that failed.
        run_seconds : float
            Time that all of them took in their process.
        other_seconds : float
            Time for packing and writing them.
        size : int
            Bytes written.
        """
        self.done += done
        self.failed += failed
        self.batches += 1
        self.run_seconds += run_seconds
        self.other_seconds += other_seconds
        self.bytes += size

    def batch_size(self, waiting: int, workers: int) -> int:
        """Return how many runs the next batch should hold, at least 1.

        A batch holds so many runs that packing, writing and handing over stay well under
        5 % of the time. Beyond that it holds about half a minute of work, or less so that
        all workers end together. The first batch holds one run, to be measured.

        Parameters
        ----------
        waiting : int
            Runs not yet handed out.
        workers : int
            Batches that can be worked on at once.
        """
        ended = self.done + self.failed
        if not ended:
            return 1
        one = max(self.run_seconds / ended, 1e-6)
        overhead = self.other_seconds / self.batches + HAND_OVER_SECONDS
        enough = math.ceil(overhead / (OVERHEAD_SHARE * one))
        long = math.ceil(LONGEST_SECONDS / one)
        fair = math.ceil(waiting / (workers * SHARES))
        return max(1, min(max(enough, min(long, fair)), math.ceil(waiting / workers)))

    def progress(self, workers: int) -> Progress:
        """Return how far the session is, with estimates of what is left."""
        ended = max(1, self.done + self.failed)
        left = self.planned - self.done - self.failed
        one = self.run_seconds / ended
        return Progress(
            self.planned,
            self.done,
            self.failed,
            time.monotonic() - self.begin,
            one,
            math.ceil(left / workers) * one,
            left * self.bytes / ended,
        )


def in_words(seconds: float) -> str:
    """Return a duration in seconds, minutes or hours, as people say it."""
    if seconds < 90:  # noqa: PLR2004 - up to here seconds read best
        return f"{seconds:.0f} seconds"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"
