"""Steps of each scheme, and where persons are lost."""

from __future__ import annotations

import pandas as pd
import pytest
from terugkeer.viz.figures import palette, scheme_funnel

from tests.viz.figures.made_up import CASH_FATES, OF_RUNS, PROVENANCE, scheme_fates, yearly
from tests.viz.figures.words import hidden, said

REACHED = (4665.0, 4565.0, 3465.0, 665.0, 535.0, 505.0, 500.0)


def test_a_bar_adds_up_to_all_who_reached_the_step() -> None:
    parts = scheme_funnel.bars(pd.Series(scheme_fates()), "hrt")
    assert parts.index.tolist() == list(CASH_FATES)
    assert parts.columns.tolist() == list(palette.FATES)
    assert parts.sum(axis=1).tolist() == pytest.approx(REACHED)
    assert parts["goes_on"].tolist() == pytest.approx([*REACHED[1:], 0.0])
    assert parts.loc["applied", ["refused", "withdrawn"]].tolist() == [100.0, 30.0]
    assert parts.loc["left", "with_it"] == 500.0


def test_bars_are_drawn_as_wide_as_their_parts_with_persons_and_shares() -> None:
    figure = OF_RUNS["scheme_funnel"]()
    titles = {axes.get_title(loc="left"): axes for axes in figure.axes}
    axes = titles[palette.SCHEMES["hrt"]]
    ends: dict[float, float] = {}
    for bar in axes.patches:
        middle = round(bar.get_y() + bar.get_height() / 2)
        ends[middle] = max(ends.get(middle, 0.0), bar.get_x() + bar.get_width())
    with_price = [*REACHED[:3], 250.0, *REACHED[3:]]
    assert [ends[row] for row in sorted(ends)] == pytest.approx(with_price)
    assert [t.get_text() for t in axes.get_yticklabels()] == [*palette.SCHEME_STEPS.values()]
    words = said(figure)
    assert "3,465  (76 %)" in words
    assert "250  (7 %)" in words
    assert "665  (19 %)" in words  # of those who consider return, not of those whose price is met
    seen = [t.get_text() for t in titles[palette.SCHEMES["in_kind"]].get_yticklabels()]
    assert seen[1] == palette.KNOWS_IN_KIND
    promised = titles[palette.SCHEMES["discretionary"]]
    assert "applied" not in [t.get_text() for t in promised.get_yticklabels()]


def test_a_scheme_with_nobody_is_named_in_the_note_and_has_no_panel() -> None:
    figure = OF_RUNS["scheme_funnel"]()
    titles = {axes.get_title(loc="left") for axes in figure.axes}
    assert set(palette.SCHEMES.values()) - titles == {palette.SCHEMES["pilot"]}
    (note,) = (words for words in said(figure) if words.startswith(scheme_funnel.NOTE))
    assert scheme_funnel.NOBODY.format(palette.SCHEMES["pilot"]) in note
    assert {look.label for look in palette.FATES.values()} <= {*said(figure)}


def test_without_decisions_the_picture_says_that_nobody_weighs() -> None:
    rows = yearly()
    told = rows["table"] == "scheme_fates"
    for none in (rows[~told], rows.assign(persons=rows["persons"].mask(told))):
        figure = scheme_funnel.draw_scheme_funnel(none, PROVENANCE)
        assert said(figure).count(scheme_funnel.NOT_WEIGHED) == 1
        assert len(figure.axes) == 2  # shelter and circumstances
        assert hidden(figure) == []


def test_harm_and_circumstances_of_returns_stand_beneath() -> None:
    titles = [axes.get_title(loc="left") for axes in OF_RUNS["scheme_funnel"]().axes]
    assert titles[-2:] == [
        "Person-weeks without stable shelter",
        "Independent returns: from what circumstances",
    ]


def test_fates_are_told_apart_in_grey() -> None:
    """Fates that share a tone have different hatches, and fates without a hatch another tone."""

    def tone(look: palette.Look) -> float:
        parts = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
        return sum(share * part for share, part in zip((0.299, 0.587, 0.114), parts, strict=True))

    looks = list(palette.FATES.values())
    for at, one in enumerate(looks):
        for other in looks[:at]:
            assert one.hatch != other.hatch or abs(tone(one) - tone(other)) > 20, (one, other)
