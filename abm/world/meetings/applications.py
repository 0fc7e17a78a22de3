"""Applications for assistance, by households that prepare to leave, and decisions on them.

A running procedure ends when a household leaves with support. That loss counts once, as hope
of a permit, when the household weighs its options; it does not count again here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Application, LegalPhase, Scheme, Stage
from ....agents.rules.schemes import waited_out, weeks_since_earlier, without_means
from ..calendar import WEEKS_PER_YEAR
from ..chance import Decision
from ..events import Event
from ..help.knowledge import mean_of_adults
from ..help.schemes import by_own_means, choose, has_met_somebody, offered, open_to
from .steps import note_application

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def apply(world: World) -> None:
    """Withdraw, decide and make applications, in this order; only where people weigh."""
    people = world.people
    asked = np.flatnonzero(
        (people.application == Application.PENDING) | (people.application == Application.GRANTED)
    )
    asked = asked[people.phase[asked] != LegalPhase.RETURNED]
    prepares = people.stage[asked] == Stage.PREPARING
    withdraw(world, asked[~prepares])
    pending = asked[prepares & (people.application[asked] == Application.PENDING)]
    waited = world.week - people.applied_week[pending]
    decide(world, pending[waited >= world.now.number("application_weeks")])
    _apply(world)


def withdraw(world: World, rows: Rows) -> None:
    """Withdraw applications and grants of whole households that no longer prepare."""
    if not len(rows):
        return
    people = world.people
    world.note(Event.WITHDRAWN, rows)
    people.application[rows] = Application.WITHDRAWN
    people.cash_eur[rows] = people.in_kind_eur[rows] = 0.0


def decide(world: World, rows: Rows) -> None:
    """Verify applications of whole households: refuse some, grant what is still open to others.

    The pilot counts if it was chosen in time. The case manager withdraws help in kind whose
    preparation no longer fits into the weeks of state shelter; the household then chooses
    again from what is open (it may change from kind to cash up to the last moment: s3 C.2).
    """
    if not len(rows):
        return
    people = world.people
    opened, asked = open_to(world, rows), people.applied[rows]
    kept = asked & (opened | np.uint8(Scheme.PILOT))
    lapsed = ((asked & ~kept) & np.uint8(Scheme.IN_KIND | Scheme.FAMILIES)) > 0
    offer = choose(world, rows, np.where(lapsed, opened, kept))
    granted = verified(world, rows) & (offer.schemes > 0)
    refused, given = rows[~granted], rows[granted]
    world.note(Event.REFUSED, refused)
    people.application[refused] = Application.REFUSED
    people.application[given] = Application.GRANTED
    people.applied[given] = offer.schemes[granted]
    people.granted_week[given] = world.week
    people.cash_eur[given] = offer.cash[granted]
    people.in_kind_eur[given] = offer.in_kind[granted]
    note_application(world, given, offer.schemes[granted])
    world.note(Event.GRANTED, given)


def verified(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return which applications pass what only verification looks at.

    The household left with no public support in the years before, has no means for the journey,
    and nothing else is in the way. `rows` holds whole households.
    """
    people, now = world.people, world.now
    since = weeks_since_earlier(
        world.draw_once(Decision.EARLIER_SUPPORT, rows),
        now.number("earlier_support_share"),
        world.week - people.arrival_week[rows],
        now.number("earlier_support_span_years") * WEEKS_PER_YEAR,
    )
    waited = waited_out(since, now.number("support_wait_years") * WEEKS_PER_YEAR)
    saved = mean_of_adults(world, rows, people.savings_eur[rows])
    poor = without_means(saved, now.number("journey_home_eur"))
    otherwise = world.draw(Decision.REFUSED_OTHERWISE, rows) < now.number("refused_otherwise_share")
    return np.asarray(waited & poor & ~otherwise)


def _apply(world: World) -> None:
    """Let households apply that prepare and know of support, or have met a helper.

    They need an identity that can be shown, or a document (s0 C4 (7)). Households to which no
    scheme is open ask for basic support. Households that will leave without telling anyone do
    not ask, nor do those that leave by their own means. A household that has withdrawn asks again
    only after it has begun to prepare anew.
    """
    people, now = world.people, world.now
    rows: Rows = np.flatnonzero((people.stage == Stage.PREPARING) & ~people.gone)
    rows = rows[world.shows_identity(rows)]
    rows = rows[people.phase[rows] != LegalPhase.RETURNED]
    state = people.application[rows]
    anew = people.stage_since[rows] > people.applied_week[rows]
    rows = rows[(state == Application.NONE) | ((state == Application.WITHDRAWN) & anew)]
    unseen = world.draw_once(Decision.UNREGISTERED, rows) < now.number("unregistered_share")
    rows = rows[(people.spell_open[rows] | ~unseen) & ~by_own_means(world, rows)]
    if not len(rows):
        return
    known = mean_of_adults(world, rows, people.knowledge[rows])
    known[has_met_somebody(world, rows)] = 1.0
    asking = world.happens(Decision.APPLY, rows, now.number("application_hazard") * known)
    if not len(asking):
        return
    wanted = offered(world, asking).schemes
    people.applied[asking] = np.where(wanted > 0, wanted, np.uint8(Scheme.REAN))
    people.applied_week[asking] = world.week
    people.application[asking] = Application.PENDING
    note_application(world, asking, wanted)
    world.note(Event.APPLIED, asking)
