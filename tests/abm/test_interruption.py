"""A signal is kept until it is obeyed."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm import interruption

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _nothing_asked() -> Iterator[None]:
    interruption.forget()
    yield
    interruption.forget()


def test_where_nothing_was_asked_the_program_goes_on() -> None:
    interruption.check()


def test_ctrl_c_ends_and_ends_again_where_the_exception_got_lost() -> None:
    with pytest.raises(KeyboardInterrupt):
        interruption.ask(signal.SIGINT)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            interruption.check()


def test_a_request_to_terminate_ends_with_143() -> None:
    with pytest.raises(SystemExit) as asked:
        interruption.ask(signal.SIGTERM)
    with pytest.raises(SystemExit) as checked:
        interruption.check()
    assert asked.value.code == checked.value.code == 143


def test_the_last_signal_counts_and_is_forgotten_when_obeyed() -> None:
    with pytest.raises(SystemExit):
        interruption.ask(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        interruption.ask(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interruption.check()
    interruption.forget()
    interruption.check()
