"""What case managers do with files: `agents.rules.case_work.tree`, applied to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Application, LegalPhase, Place, Scheme, Stage
from ....agents.places import IS_PROCEDURE
from ....agents.rules.case_work.extensions import departs_within
from ....agents.rules.case_work.identity_data import lacks_data
from ....agents.rules.case_work.projects import disturbs, permission_lost
from ....agents.rules.case_work.tree import File, decide
from ....agents.rules.schemes import weeks_to_prepare
from ..chance import Decision
from .referrals import SETTING_OF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows


def removable(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which persons a case manager thinks can be removed, apart from legal obstacles.

    These are persons with a document or agreement, or with an origin that agrees with
    ease (s1 C3).
    """
    people = world.people
    ease = world.now.number("removable_ease")
    return people.document[rows] | people.dublin[rows] | (people.frailty[rows] >= ease)


def in_sight(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return whose departure falls within the weeks that can be agreed locally.

    They prepare it and have papers, and await no decision or help that takes longer. What a member
    state has agreed to brings a flight near too.
    """
    people, now = world.people, world.now
    asked = people.application[rows]
    pending, granted = asked == Application.PENDING, asked == Application.GRANTED
    since = world.week - people.applied_week[rows]
    left = np.where(pending, now.number("application_weeks") - since, 0.0)
    in_kind = ((people.applied[rows] & int(Scheme.IN_KIND)) > 0) & (pending | granted)
    to_prepare = weeks_to_prepare(since, now.number("in_kind_weeks"))
    left = np.maximum(left, np.where(in_kind, to_prepare, 0.0))
    ready = (people.stage[rows] == Stage.PREPARING) & world.has_papers(rows)
    within = departs_within(ready, left, now.number("term_extension_weeks"))
    return np.asarray(within | (people.dublin[rows] & people.document[rows]))


def measures(world: Moment, rows: Rows) -> NDArray[np.uint8]:
    """Return what case managers do with open files as they stand: codes of `Measure`."""
    if not len(rows):
        return np.zeros(0, dtype=np.uint8)
    people, now = world.people, world.now
    in_vbl = people.place[rows] == Place.VBL
    weeks = np.where(in_vbl, world.weeks_at_place(rows), world.weeks_in_phase(rows))
    clock = np.where(in_vbl, now.number("vbl_weeks"), now.number("departure_term_weeks"))
    in_term = in_vbl | (people.phase[rows] == LegalPhase.DEPARTURE_TERM)
    file = File(
        reading=people.reading[rows],
        removable=removable(world, rows),
        setting=SETTING_OF[people.place[rows]],
        refusals=people.refusals[rows],
        imminent=in_sight(world, rows),
        feasible=world.shows_identity(rows),
        extended=in_term & (weeks >= clock + now.number("term_extension_weeks")),
        pending=IS_PROCEDURE[people.phase[rows]] | world.deferred(rows),
    )
    return decide(file, now.number("refusals_enough"), now.number("refusals_few"))


def legally_removable(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which persons no procedure, term or medical deferral protects from removal.

    They are under a duty to leave; Dublin claimants also during the departure term.
    """
    people = world.people
    phase = people.phase[rows]
    claimed = people.dublin[rows] & (phase == LegalPhase.DEPARTURE_TERM)
    return np.asarray(((phase == LegalPhase.OBLIGED) | claimed) & ~world.deferred(rows))


def can_be_removed(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which persons with an open file meet two of the three conditions of removal.

    They don't cooperate, have a document and are legally removable. The third condition, that
    they can be found, depends on the place.
    """
    people = world.people
    return np.asarray(
        people.document[rows]
        & people.spell_open[rows]
        & ~people.cooperates[rows]
        & legally_removable(world, rows)
    )


def awaits_transfer(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which Dublin claimants cooperate, and a member state has agreed to take them.

    A transfer is their only way to go there, so it is planned for them too; nobody detains them.
    """
    if not world.weighs:
        return np.zeros(len(rows), dtype=np.bool_)
    people = world.people
    agreed = people.dublin[rows] & people.document[rows] & people.cooperates[rows]
    return np.asarray(agreed & people.spell_open[rows] & legally_removable(world, rows))


def out_of_projects(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return whom a case manager takes out of the project of an organisation (s1 C4).

    Their removal or transfer is worked on, and they don't prepare their own departure with
    papers. How many case managers keep to that rule is `project_withdrawal_share`.
    """
    share = world.now.number("project_withdrawal_share")
    if share <= 0.0 or not len(rows):
        return np.zeros(len(rows), dtype=np.bool_)
    in_hand = can_be_removed(world, rows) | awaits_transfer(world, rows)
    in_time = (world.people.stage[rows] == Stage.PREPARING) & world.has_papers(rows)
    drawn = world.draw_once(Decision.PROJECT_WITHDRAWN, rows)
    return permission_lost(disturbs(in_hand, in_time), drawn, share)


def without_data(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return on whom data are missing: fewer since data are exchanged at once (s4 F17)."""
    now = world.now
    share = now.number("data_gap_share" if now.flag("sigma_in_use") else "data_gap_share_before")
    return lacks_data(world.draw_once(Decision.DATA_GAP, rows), share)
