"""Schemes of assistance: what is open to a household, what it takes, and what that is worth.

Only what a household can see counts here: dates, lists, windows, places, family. What is
checked when an application is verified is in `meetings.applications`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Application, Background, Organisation, Place, Route, Scheme, Stage
from ....agents.places import IS_PROCEDURE
from ....agents.rules.assistance import before_departure, paid_later
from ....agents.rules.schemes import (
    combinations,
    eligible,
    ends_procedures,
    for_each_adult,
    on_list,
    trajectory_fits,
    weeks_to_prepare,
)
from ..chance import Decision
from ..countries.practice import LISTS
from ..switches import chosen
from .journey import can_pay
from .pilot import handed_over, in_window, is_back_at_vbl, with_one_of, within_days

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from ..values import Values

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Bits = NDArray[np.uint8]

_REAN, _HRT, _FAMILIES, _IN_KIND, _PILOT = (
    np.uint8(scheme)
    for scheme in (Scheme.REAN, Scheme.HRT, Scheme.FAMILIES, Scheme.IN_KIND, Scheme.PILOT)
)
# VWN's general work and talks refer on; its project of October 2015 gives help in kind itself
GIVES_IN_KIND: Final = (
    Organisation.IOM,
    Organisation.BRIDGE_TO_BETTER,  # s0 B4
    Organisation.MAATWERK,  # s0 C3 L2274-2305; s3 C.1
    Organisation.OPGEHEVEN_HOOFD,  # s0 J; s1 C1
    Organisation.WERELDWIJD,  # s0 C3 L2258-2272
    Organisation.GREEN_WAY,  # s4 F7 L4399-4410
)


@dataclass(frozen=True)
class Offer:
    """The schemes that households take of those open to them.

    Parameters
    ----------
    schemes : ndarray of uint8, shape (n,)
        Bits of `Scheme`.
    cash, in_kind : ndarray of float, shape (n,)
        EUR for each adult; amounts for children are shared over the adults.
    worth : ndarray of float, shape (n,)
        EUR for each adult, as if all of it came in the preferred form.
    """

    schemes: Bits
    cash: Array
    in_kind: Array
    worth: Array


def adults_and_children(world: Moment, rows: Rows) -> tuple[Array, Array]:
    """Return how many members of each row's household are of age, and how many are not.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Rows with at least all adults of each household, ascending: members stand side by
        side.

    Returns
    -------
    adults : ndarray of float, shape (n,)
        Persons of 18 years and older.
    children : ndarray of float, shape (n,)
        Persons under 18.
    """
    household = world.household_of(rows)
    grown = np.bincount(household, world.adult(rows))[household].astype(np.float64)
    return grown, world.people.household_size[rows] - grown


def worth(world: Moment, cash: Array, in_kind: Array) -> Array:
    """Return what cash and help in kind are worth together, under the switches.

    Cash that is paid after departure (`when_cash_is_paid`) is worth less here. The rule holds for
    all cash, also basic support and what a case manager has promised.

    Parameters
    ----------
    cash, in_kind : ndarray of float, shape (n,)
        EUR for each adult.

    Returns
    -------
    ndarray of float, shape (n,)
        EUR, as if all of it came in the preferred form.
    """
    now = world.now
    found: Array = chosen(now, "stacking")(
        before_departure(cash, cash_paid_later(now), now.number("later_cash_discount")),
        in_kind,
        preference=now.text("cash_or_in_kind"),
        discount=now.number("less_preferred_discount"),
        diminishing_share=now.number("stacking_diminishing_share"),
    )
    return found


def cash_paid_later(now: Values) -> float:
    """Return the share of cash that is paid after departure, by the rule of `when_cash_is_paid`."""
    return paid_later(now.text("when_cash_is_paid"), now.number("cash_later_share"))


def sees_in_kind(world: Moment, rows: Rows) -> Flags:
    """Return which households can see help in kind.

    They consider return, or have met somebody who gives it.
    """
    considers = world.people.stage[rows] >= Stage.CONSIDERING
    return np.asarray(considers | with_one_of(world, rows, GIVES_IN_KIND))


def open_to(world: Moment, rows: Rows, *, in_sight: bool = True) -> Bits:
    """Return which schemes are open to households, as far as they can see.

    Parameters
    ----------
    in_sight : bool, optional
        Whether help in kind that a household cannot see (`sees_in_kind`) is closed to it.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Bits of `Scheme`. REAN: by its list, for persons who came to settle. HRT on top of it:
        by its own list, for asylum background unless a lever opens it to others; for persons
        back at a VBL only within some days where `hrt_again_in_window` says so. Goods for
        families: on top of HRT. Help in kind: by its list, for households that consider return
        or have met an organisation that gives it, where its preparation still fits; whether there
        is a place shows when the application is decided. The pilot: by its list and window,
        for persons who reach it.
    """
    people, now = world.people, world.now
    dublin = people.dublin[rows].astype(np.intp)
    shares = world.listed[:, dublin, people.country[rows]]
    inside = world.draw_once(Decision.WITHIN_REST, rows)
    listed = dict(zip(LISTS, on_list(shares, inside), strict=True))
    asylum = people.background[rows] == Background.ASYLUM
    settles = people.route[rows] != Route.BORDER  # holds for every scheme: s0 C4 (3), C2 S7
    pending = IS_PROCEDURE[people.phase[rows]] | people.appeals[rows]
    ended = ends_procedures(pending, may_apply_during=now.flag("apply_during_procedure"))
    rean = eligible(listed=listed["rean"], ended=ended, settles=settles)
    hrt = eligible(
        running=now.flag("hrt_open"),
        listed=listed["hrt"],
        rean=rean,
        background=asylum | now.flag("hrt_for_other_background"),
        in_time=_cash_in_time(world, rows),
    )
    families = hrt & world.with_minor(rows) & now.flag("families_open")
    in_kind = eligible(
        running=now.flag("in_kind_open"),
        listed=listed["in_kind"],
        settles=settles,
        ended=~pending,  # no procedure may be pending (s1 L2914-2928)
        background=asylum | now.flag("in_kind_for_other_background"),
        in_sight=sees_in_kind(world, rows) if in_sight else True,
        fits=trajectory_fits(
            _weeks_of_state_shelter(world, rows),
            _weeks_to_prepare(world, rows),
            now.number("in_kind_within_weeks"),
        ),
    )
    found = (rean & now.flag("rean_open")) * _REAN
    found |= hrt * _HRT
    found |= families * _FAMILIES
    found |= in_kind * _IN_KIND
    if now.flag("pilot_open"):
        pilot = eligible(
            listed=listed["pilot"],
            ended=ended,
            settles=settles,
            asked_asylum=asylum,
            in_time=in_window(world, rows),
            handed_over=handed_over(world, rows, barred_from_cash=~hrt),
        )
        found |= pilot * _PILOT
    return found


def _cash_in_time(world: Moment, rows: Rows) -> Flags:
    """Return for whom it is not too late to ask for cash for reintegration."""
    if not world.now.flag("hrt_again_in_window"):
        return np.ones(len(rows), dtype=np.bool_)
    return np.asarray(~is_back_at_vbl(world, rows) | within_days(world, rows))


def choose(world: Moment, rows: Rows, schemes: Bits) -> Offer:
    """Return which of the schemes open to them households take.

    Basic support comes on top of everything. A household takes at most one of the
    schemes in kind, beside cash or instead of it as the rule of that scheme allows, in the
    combination that is worth most to it: so what it may take is never worth less where more may
    be combined. At equal worth it keeps the cash, and takes what comes beside it if that costs no
    weeks: not help in kind that adds nothing.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Rows with at least all adults of each household.
    schemes : ndarray of uint8, shape (n,)
        Bits of `Scheme` that are open.

    Returns
    -------
    Offer
        The same for all members of a household.
    """
    now = world.now
    adults, children = adults_and_children(world, rows)

    def paid(scheme: np.uint8, adult: float, child: float) -> Array:
        has = (schemes & scheme) > 0
        return np.asarray(has * for_each_adult(adult, child, adults, children))

    basic = paid(_REAN, now.number("rean_adult"), now.number("rean_child"))
    hrt = paid(_HRT, now.number("assistance_cash_adult"), now.number("assistance_cash_child"))
    most = now.number("capped_total_eur")
    prices = now.vector("cap_price_level")[world.people.origin_group[rows]]
    cap = prices * for_each_adult(most, most, adults, children)
    person, pilot = now.number("assistance_in_kind"), now.number("pilot_in_kind_eur")
    has_goods = (schemes & _FAMILIES) > 0
    kinds = (
        (_IN_KIND, "rule_of_in_kind", paid(_IN_KIND, person, person)),
        (_PILOT, "rule_of_pilot", paid(_PILOT, pilot, pilot)),
        (_FAMILIES, "rule_of_families", has_goods * now.number("families_goods_eur") / adults),
    )
    cash, in_kind = hrt, np.zeros(len(rows))
    best = worth(world, basic + cash, in_kind)
    which = np.zeros(len(rows), dtype=np.uint8)
    for scheme, rule, amount in kinds:
        if not amount.any():
            continue
        for beside, own in combinations(now.text(rule), hrt, amount, cap=cap):
            together = worth(world, basic + beside, own)
            if scheme == _IN_KIND:  # its preparation takes weeks
                gains = (which == scheme) & (beside > cash)
            else:
                gains = (beside >= cash) & ((which != scheme) | (own > in_kind))
            better = (own > 0.0) & ((together > best) | ((together == best) & gains))
            cash, in_kind = np.where(better, beside, cash), np.where(better, own, in_kind)
            best, which = np.where(better, together, best), np.where(better, scheme, which)
    taken = (schemes & _REAN) | which
    taken |= (cash > 0.0) * _HRT
    return Offer(taken, basic + cash, in_kind, best)


def offered(world: Moment, rows: Rows) -> Offer:
    """Return which open schemes households would take.

    None after a refusal, and none for those that never ask: they leave by their own means, or
    without telling anyone. `rows` must hold at least all adults of each household.
    """
    schemes = open_to(world, rows)
    refused = world.people.application[rows] == Application.REFUSED
    schemes[refused | by_own_means(world, rows) | goes_unseen(world, rows)] = 0
    return choose(world, rows, schemes)


def goes_unseen(world: Moment, rows: Rows) -> Flags:
    """Return which households would leave without telling anyone, and so never ask for support.

    They have no open file, can pay for the journey, and are among the share that does so.
    """
    unseen = world.draw_once(Decision.UNREGISTERED, rows) < world.now.number("unregistered_share")
    return np.asarray(unseen & ~world.people.spell_open[rows] & can_pay(world, rows))


def by_own_means(world: Moment, rows: Rows) -> Flags:
    """Return which households never turn to IOM: most of other background (s4 B7).

    The answer is the same for a whole household and in every week.
    """
    other = world.people.background[rows] == Background.OTHER
    drawn = world.draw_once(Decision.IOM, rows)
    return np.asarray(other & (drawn >= world.now.number("iom_share_other")))


def promised_cash(world: Moment, rows: Rows) -> Array:
    """Return the euro for each adult that a case manager has promised the household.

    `rows` must hold at least all adults of each household.
    """
    promise = world.people.discretionary_eur[rows].astype(np.float64)
    return promise / adults_and_children(world, rows)[0] if promise.any() else promise


def has_met_somebody(world: Moment, rows: Rows) -> Flags:
    """Return which households have met an organisation, or talked with a case manager."""
    people = world.people
    return np.asarray((people.met[rows] > 0) | (people.talks[rows] > 0))


def has_asked(world: Moment, rows: Rows) -> Flags:
    """Return whose application for assistance waits or stands granted."""
    application = world.people.application[rows]
    waits = application == Application.PENDING
    return np.asarray(waits | (application == Application.GRANTED))


def prepares_in_kind(world: Moment, rows: Rows) -> Flags:
    """Return which households still have granted help in kind prepared in the Netherlands.

    Courses, plans and partners take weeks before departure (`in_kind_weeks`), from the application
    on: beside the decision and the documents. The pilot gives its help after the return
    (s3 L.7), and goods for families come there too, beside cash.
    """
    people = world.people
    found = people.application[rows] == Application.GRANTED
    found &= (people.applied[rows] & _IN_KIND) > 0
    since = world.week - people.applied_week[rows]
    return np.asarray(found & (weeks_to_prepare(since, world.now.number("in_kind_weeks")) > 0.0))


def _weeks_to_prepare(world: Moment, rows: Rows) -> Array:
    """Return the weeks that preparation still takes; it has begun where an application waits."""
    people = world.people
    pending = people.application[rows] == Application.PENDING
    since = np.where(pending, world.week - people.applied_week[rows], 0)
    return weeks_to_prepare(since, world.now.number("in_kind_weeks"))


def _weeks_of_state_shelter(world: Moment, rows: Rows) -> Array:
    """Return weeks of state shelter since the refusal; minus infinity outside such shelter."""
    place = world.people.place[rows]
    term = world.now.number("departure_term_weeks")
    used = np.where(place == Place.VBL, term + world.weeks_at_place(rows), -np.inf)
    in_term = world.weeks_in_phase(rows) + term * world.deferred(rows)  # it is over for them
    return np.where(place == Place.AZC_DEPARTURE_TERM, in_term, used)
