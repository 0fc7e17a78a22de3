"""The pilot of 2010 with help in kind: which households are in time, and which reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import LegalPhase, Organisation, Place
from ....agents.rules.schemes import within_window
from ..chance import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..moment import Moment, Rows

    Flags = NDArray[np.bool_]

# organisations that prepare people and hand them on, and those that take them over: s3 C.1
FRONT_OFFICE: Final = (Organisation.VWN, Organisation.TIP, Organisation.COA)
BACK_OFFICE: Final = (Organisation.MAATWERK,)
DAYS_A_WEEK: Final = 7.0


def with_one_of(world: Moment, rows: Rows, organisations: Sequence[Organisation]) -> Flags:
    """Return which persons are or were clients of at least one of some organisations."""
    people = world.people
    bits = np.uint16(sum(1 << organisation for organisation in organisations))
    is_helped = (np.uint16(1) << people.helper[rows].astype(np.uint16)) & bits
    return np.asarray(((people.met[rows] & bits) | is_helped) > 0)


def in_window(world: Moment, rows: Rows) -> Flags:
    """Return which persons may choose the pilot: in appeal, soon after the ruling, or again."""
    people, now = world.people, world.now
    phase = people.phase[rows]
    since = np.select(
        [
            phase == LegalPhase.APPEAL,
            phase == LegalPhase.DEPARTURE_TERM,
            phase == LegalPhase.OBLIGED,
        ],
        [
            0.0,
            world.weeks_in_phase(rows),
            now.number("departure_term_weeks") + world.weeks_in_phase(rows),
        ],
        default=-np.inf,
    )
    again = is_back_at_vbl(world, rows) & within_days(world, rows)
    return np.asarray(within_window(since, now.number("pilot_window_weeks")) | again)


def is_back_at_vbl(world: Moment, rows: Rows) -> Flags:
    """Return which persons came back into view and got a place in a VBL (s3 L980-988).

    Their file is not the first, and was opened when the stay began or later.
    """
    people = world.people
    again = (people.spells[rows] > 1) & (people.spell_since[rows] >= people.place_since[rows])
    return np.asarray(again & (people.place[rows] == Place.VBL))


def within_days(world: Moment, rows: Rows) -> Flags:
    """Return for whom the days to choose at a VBL run on, from the first talk there.

    Before that talk they have not begun. A week that has begun counts.
    """
    people = world.people
    since = np.where(people.talks[rows] > 0, world.week - people.first_talk_week[rows], 0)
    return within_window(since * DAYS_A_WEEK, world.now.number("pilot_vbl_days"))


def handed_over(world: Moment, rows: Rows, *, barred_from_cash: Flags) -> Flags:
    """Return which persons reach the pilot: handed over, led on inside IOM, or by themselves.

    Each loss acts on the group in which it was counted. The chain of offices is for persons
    prepared by the front office (s3 B.7). IOM leads on its own applicants whom it finds barred
    from cash (s3 L4115-4117). Clients of a back office are there already, since going there
    directly was accepted (s3 L1813-1815).

    Parameters
    ----------
    barred_from_cash : ndarray of bool, shape (n,)
        True for persons who cannot have cash for reintegration.
    """
    now = world.now
    chain = (
        now.number("pilot_front_office_share")
        * now.number("pilot_helpdesk_share")
        * now.number("pilot_back_office_share")
    )
    through = world.draw_once(Decision.PILOT_HAND_OVER, rows) < chain
    through &= with_one_of(world, rows, FRONT_OFFICE)
    inside = world.draw_once(Decision.PILOT_INTERNAL, rows) < now.number("pilot_internal_share")
    inside &= barred_from_cash & with_one_of(world, rows, (Organisation.IOM,))
    return np.asarray(through | inside | with_one_of(world, rows, BACK_OFFICE))
