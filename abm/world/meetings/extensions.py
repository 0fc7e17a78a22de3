"""Extensions of the departure term and of stays in a VBL, by the LTO and the RAO (s1 B4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Measure, Place
from ....agents.rules.case_work.extensions import falls_due, more_weeks
from ..chance import Decision
from ..events import Event
from ..help.guidance import measures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def extended(world: World, rows: Rows, past: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return whose time in shelter goes on although its clock is over.

    Case managers ask the local consultation for some weeks, and the regional one for more once
    these are used (`measures` says for whom): once, and in a VBL again while persons with an
    identity wait for papers. Asking and granting are noted in the week in which they fall due;
    nobody asks for no weeks, and without the first ones nobody asks for more.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Persons whose term, or whose stay in a VBL, is over.
    past : ndarray of float, shape (n,)
        Weeks since then, at least 0.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    now = world.now
    measure = measures(world, rows)
    weeks = now.number("term_extension_weeks"), now.number("term_extension_regional_weeks")
    agreed = world.draw_once(Decision.LOCAL_AGREEMENT, rows) < now.number("local_agreement_share")
    approved = world.draw_once(Decision.REGIONAL_APPROVAL, rows) < now.number(
        "regional_approval_share"
    )
    locally = measure == Measure.EXTEND_LOCALLY
    regionally = measure == Measure.EXTEND_REGIONALLY
    asked = locally & (past < 1) & (weeks[0] > 0.0)
    world.note(Event.LOCAL_ASKED, rows[asked])
    world.note(Event.LOCAL_GRANTED, rows[asked & agreed], weeks=weeks[0])
    waits = _waits_for_papers(world, rows)
    if min(weeks) > 0.0:
        asked = regionally & agreed & falls_due(past, *weeks, waits & approved)
        world.note(Event.REGIONAL_ASKED, rows[asked])
        world.note(Event.REGIONAL_GRANTED, rows[asked & approved], weeks=weeks[1])
    more = more_weeks((locally, regionally), (agreed, approved), weeks, waits)
    return np.asarray(past < more)


def _waits_for_papers(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return who waits for papers in a VBL with an identity that can be shown (s1 B9)."""
    there = world.people.place[rows] == Place.VBL
    return np.asarray(there & world.shows_identity(rows) & ~world.has_papers(rows))
