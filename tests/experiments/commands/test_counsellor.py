"""The command `counsellor`."""

from __future__ import annotations

import json

import pytest
from terugkeer.experiments.cli import main


def test_a_life_is_printed_and_the_same_twice(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "counsellor",
        "iom",
        "--number",
        "2",
        "--scale",
        "200",
        "--from",
        "2011",
        "--weeks",
        "3",
    ]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["organisation"], told["number"], told["scale"]) == ("iom", 2, 200.0)
    assert len(told["weeks"]) == 3
    assert told["native_of"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert out.startswith("Counsellor 2 of IOM: ")
    assert [line[:10] for line in out.splitlines() if line.startswith("2011-")] == [
        week["monday"] for week in told["weeks"]
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["iomm"], "organisation 'iomm': there is none of that name."),
        (["iom", "--number", "99"], "--number 99: IOM has 20 counsellors"),
        (["green_way"], "It opens in the week of"),
        (["iom", "--from", "1999"], "--from 1999"),
        (["iom", "--scale", "0"], "--scale 0"),
        (["iom", "--seed", "-1"], "--seed -1"),
        (["iom", "--weeks", "5000"], "--weeks 5000"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["counsellor", *words]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert not told.out
    assert "Traceback" not in told.err
