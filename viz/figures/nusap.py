"""The NUSAP diagnostic diagram: the effect of a factor against the strength of its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.patches import Patch

from .analysis import DUMMY, GRADE_COLOURS, floor_mark, grade_marks, panels, without_index
from .labels import label_points
from .palette import INK, YELLOW
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Diagnostic diagram: which results rest on weak evidence"
DESCRIPTION: Final = (
    "For each outcome every factor as a point: strength of its evidence against its share of the "
    "largest effect; the shaded corner, much effect on weak evidence, is the research agenda; the "
    "largest are named where there is room"
)
AGENDA: Final = "research agenda: much effect, weak evidence"
WEAK: Final = 0.5  # strength below which evidence is weak
SHADE: Final = 0.3  # how strong the colour of the corner is
HALF: Final = 0.5  # share of the largest effect from which an effect is large
NAMED: Final = 8  # factors with a label


def draw_nusap(
    indices: pd.DataFrame,
    leading: str,
    factors: pd.DataFrame,
    titles: Mapping[str, str],
    origin: Origin,
) -> Figure:
    """Draw effect against strength of evidence.

    Parameters
    ----------
    indices : pandas.DataFrame
        Columns `outcome, factor, index, value, low, high`.
    leading : str
        The index that measures the effect.
    factors : pandas.DataFrame
        Columns `factor, group, grade, strength`.
    titles : mapping of str to str
        Headings by outcome, in order.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each outcome; a group has the strength of its weakest member.
    """
    weakest = factors.sort_values("strength").groupby("group").first()
    with house_style():
        corner = Patch(facecolor=YELLOW, alpha=SHADE, linewidth=0, label=AGENDA)
        key = [*grade_marks(), floor_mark(), corner]
        figure, axes = panels(TITLE, list(titles.values()), origin, key=key)
        for one, outcome in zip(axes, titles, strict=True):
            rows = indices[(indices["outcome"] == outcome) & (indices["index"] == leading)]
            if rows.empty:
                without_index(one)
                continue
            effect = rows.set_index("factor")["value"]
            floor = rows.set_index("factor")["high"].get(DUMMY)
            top = float(effect.max()) or 1.0
            effect = effect.drop(DUMMY, errors="ignore")
            strength, share = weakest["strength"].reindex(effect.index), effect / top
            letters = [str(weakest["grade"].get(name, "")) for name in effect.index]
            shades = [GRADE_COLOURS[letter] for letter in letters]
            one.scatter(strength, share, c=shades, edgecolors=INK, s=26, zorder=3, clip_on=False)
            if floor is not None:
                one.axhline(float(floor) / top, color=INK, linewidth=0.8, linestyle=":")
            highest = max(1.12, 1.05 * float(floor or 0.0) / top)
            one.fill_between(
                [0, WEAK], HALF, highest, color=YELLOW, alpha=SHADE, linewidth=0, zorder=0
            )
            one.set_xlim(0, 1)
            one.set_ylim(0, highest)
            one.set_xlabel("strength of evidence (NUSAP)", fontsize=8)
            one.set_ylabel("effect, share of the largest", fontsize=8)
            one.tick_params(labelsize=7)
            own = {name: number for number, name in enumerate(effect.index)}
            named = {
                own[name]: f"{name} {letters[own[name]]}".strip()
                for name in effect[effect > 0].nlargest(NAMED).index
            }
            label_points(one, list(zip(strength, share, strict=True)), named)
    return figure
