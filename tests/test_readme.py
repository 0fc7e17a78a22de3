"""The README: its two commands, and the numbers it states."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.scenario import load_scenario
from terugkeer.experiments.cli import main
from terugkeer.experiments.reports.parameters_page import assumption_sentence

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSIDE = "TERUGKEER_README_RUNS"  # set where a README command runs these tests already


def commands() -> list[str]:
    """Return the fenced commands under the heading Start."""
    start = README.split("\n## Start\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^```sh\n(.*?)\n```$", start, flags=re.DOTALL | re.MULTILINE)


def test_start_has_two_commands_of_one_line_and_no_other_fence() -> None:
    start = README.split("\n## Start\n", 1)[1].split("\n## ", 1)[0]
    assert start.count("```") == 4
    assert len(commands()) == 2
    assert all("\n" not in each and each.strip() for each in commands())


def test_both_commands_set_everything_up_from_the_lock() -> None:
    for each in commands():
        assert each.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert "-c requirements.lock" in each
    assert commands()[0].split(" && ")[-1].startswith(".venv/bin/terugkeer run")
    assert commands()[1].split(" && ")[-1].startswith(".venv/bin/pytest")


def test_the_run_command_knows_the_options_it_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    words = commands()[0].split(" && ")[-1].split()[1:]
    assert main([*words, "--help"]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in words if word.startswith("--"))


def test_every_command_that_the_pages_name_exists(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [README, *(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))]
    named = {name for page in pages for name in re.findall(r"`(?:\S*/)?terugkeer ([a-z]+)", page)}
    assert {"run", "plan", "explain", "check", "bench"} <= named
    for name in sorted(named):
        assert main([name, "--help"]) == 0, name
    capsys.readouterr()


def test_the_count_of_assumptions_is_that_of_the_registry() -> None:
    assert f"\n{assumption_sentence(registry())}\n" in README


@pytest.mark.parametrize(("page", "study"), [("measured", "record"), ("measured_help", "help")])
def test_measured_facts_are_of_this_evidence(page: str, study: str) -> None:
    told = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    again = f"python -m studies.{study}.measure > docs/{page}.md"
    assert registry().evidence_hash()[:12] in told, again
    assert again in told


def test_the_screen_is_of_this_evidence_or_says_of_which() -> None:
    """It takes 741 runs: while mechanisms are mended one after another, it may lag and say so."""
    page = (ROOT / "docs" / "screen.md").read_text(encoding="utf-8")
    made_with = re.findall(r"\nevidence ([0-9a-f]{12})\.", page)
    assert len(made_with) == 1
    lags = f"> **Measured on an earlier model.** The numbers are of evidence {made_with[0]},"
    present = registry().evidence_hash()[:12] == made_with[0]
    assert present != (lags in page), "python -m studies.screen.screen"


@pytest.mark.parametrize("name", ["recorded_outcomes", "journeys"])
def test_a_picture_is_of_this_evidence_and_says_that_it_is_uncalibrated(name: str) -> None:
    with Image.open(ROOT / "docs" / "images" / f"{name}.png") as picture:
        told = " ".join(str(value) for value in picture.info.values())
    assert registry().evidence_hash()[:12] in told, "terugkeer run, then copy its figures"
    assert "uncalibrated" in told


def examples() -> list[tuple[str, str]]:
    """Return the scenario files that the pages on help show, by page."""
    pages = [ROOT / "docs" / "help.md", ROOT / "docs" / "nl" / "wie-helpt-en-wie-betaalt.md"]
    return [
        (page.name, text)
        for page in pages
        for text in re.findall(
            r"^```toml\n(.*?)^```$", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        )
    ]


def test_every_scenario_that_the_pages_on_help_show_can_be_run(tmp_path: Path) -> None:
    assert len(examples()) == 4
    for page, text in examples():
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        assert len(load_scenario(str(file), registry()).overrides()) > 0, page


def test_every_lever_that_the_page_on_help_lists_is_one() -> None:
    page = (ROOT / "docs" / "help.md").read_text(encoding="utf-8")
    table = page.split("\n## What you can change\n\n", 1)[1].split("\n\n", 1)[0]
    named = set(re.findall(r"`([a-z_]+)`", table))
    assert len(named) > 20
    assert all(registry()[name].role == "lever" for name in named)
    capacities = [name for name in registry() if name.endswith("_capacity")]
    helpers = [name for name in capacities if not re.match("night|guided|detention", name)]
    assert len(helpers) == 13  # as the page says


def test_every_link_and_picture_of_the_pages_is_there() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    missing = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path = target.split("#", 1)[0]
            if path and "://" not in path and not (page.parent / path).exists():
                missing.append(f"{page.relative_to(ROOT)}: {target}")
    assert missing == []


def run_in_bare_clone(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a clone of what is committed, with this Python as `python3`."""
    clone, path = folder / "clone", folder / "path"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)  # noqa: S607 - the git of the path
    path.mkdir()
    python = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    (path / "python3").write_text(f'#!/bin/sh\nexec "{python}" "$@"\n', encoding="utf-8")
    (path / "python3").chmod(0o755)
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
        "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
        INSIDE: "1",
    }
    return subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - wherever it is
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.slow
@pytest.mark.skipif(INSIDE in os.environ, reason="a README command runs these tests already")
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no clone without a git checkout")
@pytest.mark.parametrize("number", [0, 1])
def test_the_commands_work_in_a_bare_clone(number: int, tmp_path: Path) -> None:
    done = run_in_bare_clone(commands()[number], tmp_path)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    if number == 0:
        assert "independent departure" in done.stdout
        runs = list((tmp_path / "clone" / "runs").iterdir())
        assert [each.name for each in runs] == ["baseline"]
        manifest = json.loads((runs[0] / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["git"]["dirty"] is False
    else:
        assert re.search(r"\d+ passed", done.stdout)
