"""Applications for assistance, by households that prepare to leave, and decisions on them.

Each refusal and withdrawal carries its reason. Where several hold, the first counts: no scheme is
open, public support in the years before, means, other reasons; after that being barred from cash.

A running procedure ends when a household leaves with support. That loss counts once, as hope
of a permit, when the household weighs its options; it does not count again here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Application, Background, LegalPhase, Reason, Scheme, Stage
from ....agents.rules.schemes import waited_out, weeks_since_earlier, without_means
from ..calendar import WEEKS_PER_YEAR
from ..chance import Decision
from ..events import Event
from ..help.journey import price_of_journey, saved_together
from ..help.knowledge import known_of_support, mean_of_adults
from ..help.schemes import (
    adults_and_children,
    by_own_means,
    choose,
    goes_unseen,
    has_asked,
    has_met_somebody,
    open_to,
)
from .preparation import plan_with_grant
from .steps import note_application

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..help.schemes import Offer
    from ..moment import Rows
    from ..state import World

_IN_KIND: Final = np.uint8(Scheme.IN_KIND)
# what a household that hoped for cash stays for: cash itself, or help in kind instead
_BETTER: Final = np.uint8(Scheme.HRT | Scheme.IN_KIND | Scheme.PILOT)


def apply(world: World) -> None:
    """Withdraw, decide and make applications, in this order; only where people weigh.

    Places of help in kind come in first.
    """
    people = world.people
    world.in_kind_places.fill(world.now, world.week, world.scale)
    asked: Rows = np.flatnonzero(people.phase != LegalPhase.RETURNED)
    asked = asked[has_asked(world, asked)]
    prepares = people.stage[asked] == Stage.PREPARING
    withdraw(world, asked[~prepares], Reason.CHANGED_MIND)
    pending = asked[prepares & (people.application[asked] == Application.PENDING)]
    waited = world.week - people.applied_week[pending]
    decide(world, pending[waited >= world.now.number("application_weeks")])
    _apply(world)


def withdraw(world: World, rows: Rows, reason: Reason) -> None:
    """Withdraw applications and grants of whole households."""
    if not len(rows):
        return
    people = world.people
    world.note(Event.WITHDRAWN, rows, reason=int(reason))
    people.application[rows] = Application.WITHDRAWN
    people.awaits_place[rows] = False
    people.cash_eur[rows] = people.in_kind_eur[rows] = 0.0


def decide(world: World, rows: Rows) -> None:
    """Verify applications of whole households: refuse some, grant what is still open to others.

    The pilot counts if it was chosen in time. The case manager withdraws help in kind whose
    preparation no longer fits into the weeks of state shelter; the household then chooses
    again from what is open (it may change from kind to cash up to the last moment: s3 C.2). So
    does a household that finds no place of help in kind, once its patience is over; until then
    it waits. Some that hoped for cash and can have nothing but basic support withdraw.
    """
    if not len(rows):
        return
    people = world.people
    opened, asked = open_to(world, rows), people.applied[rows]
    kept = asked & (opened | np.uint8(Scheme.PILOT))
    lapsed = ((asked & ~kept) & np.uint8(Scheme.IN_KIND | Scheme.FAMILIES)) > 0
    schemes = np.where(lapsed, opened, kept)
    offer = choose(world, rows, schemes)
    reason = why_refused(world, rows)
    left_out = _without_place(world, rows, offer, reason)
    patience = world.now.number("application_patience_weeks")
    waits = left_out & (world.week - people.applied_week[rows] < patience)
    _wait(world, rows[waits])
    if left_out.any():
        schemes = np.where(left_out, opened & ~_IN_KIND, schemes)
        offer = choose(world, rows, schemes)
    reason[offer.schemes == 0] = Reason.NOTHING_OPEN
    refused = ~waits & (reason != Reason.NONE)
    _refuse(world, rows[refused], reason[refused])
    barred = ~waits & ~refused & _gives_up_without_cash(world, rows, asked, offer)
    withdraw(world, rows[barred], Reason.BARRED_FROM_CASH)
    granted = ~waits & ~refused & ~barred
    given = rows[granted]
    people.application[given] = Application.GRANTED
    people.awaits_place[given] = False
    people.applied[given] = offer.schemes[granted]
    people.cash_eur[given] = offer.cash[granted]
    people.in_kind_eur[given] = offer.in_kind[granted]
    plan_with_grant(world, given)
    note_application(world, given, offer.schemes[granted])
    without = np.where(left_out[granted], int(Reason.NO_PLACE), int(Reason.NONE))
    world.note(Event.GRANTED, given, reason=without)


def _without_place(
    world: World, rows: Rows, offer: Offer, reason: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Give places to households that are to be granted help in kind; return those without."""
    seeks = ((offer.schemes & _IN_KIND) > 0) & (reason == Reason.NONE)
    found = seeks.copy()
    found[seeks] = ~world.in_kind_places.give(world, rows[seeks])
    return np.asarray(found)


def _wait(world: World, rows: Rows) -> None:
    """Let households wait for a place of help in kind; it is noted once."""
    first = rows[~world.people.awaits_place[rows]]
    world.people.awaits_place[first] = True
    world.note(Event.AWAITS_PLACE, first)


def _refuse(world: World, rows: Rows, reason: NDArray[np.uint8]) -> None:
    """Refuse applications of whole households."""
    world.note(Event.REFUSED, rows, reason=reason)
    world.people.application[rows] = Application.REFUSED
    world.people.awaits_place[rows] = False


def _gives_up_without_cash(
    world: World, rows: Rows, asked: NDArray[np.uint8], offer: Offer
) -> NDArray[np.bool_]:
    """Return which households withdraw since they asked for cash and cannot have it (s4 G7).

    Those who can have help in kind instead stay: IOM leads them on (s3 L4115-4117).
    """
    barred = ((asked & np.uint8(Scheme.HRT)) > 0) & ((offer.schemes & _BETTER) == 0)
    barred[barred] = world.draw(Decision.BARRED_WITHDRAWS, rows[barred]) < world.now.number(
        "barred_withdraws_share"
    )
    return np.asarray(barred)


def why_refused(world: World, rows: Rows) -> NDArray[np.uint8]:
    """Return why applications do not pass what only verification looks at.

    The household left with public support in the years before, has means for the journey, or
    something else is in the way, which is drawn once for each application. `rows` holds whole
    households.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Code of `Reason`, the first that holds; none for applications that pass.
    """
    people, now = world.people, world.now
    since = weeks_since_earlier(
        world.draw_once(Decision.EARLIER_SUPPORT, rows),
        now.number("earlier_support_share"),
        world.week - people.arrival_week[rows],
        now.number("earlier_support_span_years") * WEEKS_PER_YEAR,
    )
    waited = waited_out(since, now.number("support_wait_years") * WEEKS_PER_YEAR)
    poor = without_means(
        saved_together(world, rows),
        now.number("means_limit_eur") * adults_and_children(world, rows)[0],
        price_of_journey(world, rows),
    )
    drawn = world.chance.uniform(
        Decision.REFUSED_OTHERWISE,
        people.applied_week[rows].astype(np.int64),
        people.household_key[rows],
    )
    return np.select(
        [~waited, ~poor, drawn < now.number("refused_otherwise_share")],
        [np.uint8(Reason.EARLIER_SUPPORT), np.uint8(Reason.MEANS), np.uint8(Reason.OTHERWISE)],
        np.uint8(Reason.NONE),
    )


def _apply(world: World) -> None:
    """Let households apply that prepare and know of support, or have met a helper.

    They need an identity that can be shown, or a document (s0 C4 (7)). Households to which no
    scheme is open ask for basic support; some ask for cash in vain (`_hopes_in_vain`). Households
    that can pay for the journey and will leave without telling anyone do not ask, nor do those that
    leave by their own means. A household that has withdrawn asks again only after it has begun to
    prepare anew.
    """
    people, now = world.people, world.now
    rows: Rows = np.flatnonzero((people.stage == Stage.PREPARING) & ~people.gone)
    rows = rows[world.shows_identity(rows)]
    rows = rows[people.phase[rows] != LegalPhase.RETURNED]
    state = people.application[rows]
    anew = people.stage_since[rows] > people.applied_week[rows]
    rows = rows[(state == Application.NONE) | ((state == Application.WITHDRAWN) & anew)]
    rows = rows[~goes_unseen(world, rows) & ~by_own_means(world, rows)]
    if not len(rows):
        return
    known = mean_of_adults(world, rows, known_of_support(world, rows))
    known[has_met_somebody(world, rows)] = 1.0
    asking = world.happens(Decision.APPLY, rows, now.number("application_hazard") * known)
    if not len(asking):
        return
    wanted = choose(world, asking, open_to(world, asking)).schemes
    hopes = _hopes_in_vain(world, asking, wanted) * np.uint8(Scheme.HRT)
    people.applied[asking] = np.where(wanted > 0, wanted, np.uint8(Scheme.REAN)) | hopes
    people.applied_week[asking] = world.week
    people.application[asking] = Application.PENDING
    note_application(world, asking, wanted)
    world.note(Event.APPLIED, asking, scheme=wanted)


def _hopes_in_vain(world: World, rows: Rows, wanted: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which households ask for cash without knowing that they cannot have it.

    Those of asylum background that apply for the first time, to which nothing is open but basic
    support, while cash exists: after the end of the scheme everybody knows, and a household that
    has applied before has been told. People who never asked for asylum do not hope for cash.
    """
    people = world.people
    found = (people.background[rows] == Background.ASYLUM) & (people.applied_week[rows] == 0)
    found &= (wanted & ~np.uint8(Scheme.REAN)) == 0
    return np.asarray(found & world.now.flag("hrt_open"))
