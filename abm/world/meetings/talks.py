"""Talks of case managers: with whom, what they read of cooperation, and what follows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import (
    Application,
    Measure,
    Organisation,
    Payer,
    Place,
    Reading,
    Setting,
    Stage,
)
from ....agents.places import IS_HELD, IS_PROCEDURE
from ....agents.rules.beliefs import moved, weight_of_news
from ....agents.rules.case_work.cooperation import read, reading_chances
from ....agents.rules.case_work.discretionary_cash import amount, promise_chance
from ..blocks import starts
from ..chance import Decision
from ..decision.moderators import left_by_hope
from ..events import Event
from ..help.case_managers import FIRST_TWO, PARTNERS
from ..help.guidance import measures, out_of_projects, removable
from ..help.journey import payer
from ..help.kinds import FOR_RETURN
from ..help.referrals import SETTING_OF
from ..switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

BITS: Final = (1 << np.arange(len(Organisation))).astype(np.uint16)  # as in `met`
MOST: Final = np.iinfo(np.uint8).max
DONE: Final = np.isin(list(Measure), (Measure.STOP_GUIDANCE, Measure.CLOSE))


def talk(world: World) -> None:
    """Hold the talks of the week, as far as staff allow, and do what follows from them."""
    people, managers = world.people, world.case_managers
    managers.begin(world.now)
    files = world.rows(people.spell_open)
    setting = SETTING_OF[people.place[files]]
    counted = np.bincount(setting, minlength=len(Setting))
    managers.caseload = np.asarray(counted * world.scale, dtype=np.float64)
    rows = held(world, due(world, files))
    _read(world, rows)
    measure = measures(world, rows)
    _persuade(world, rows)
    _seen(world, rows, measure)
    _refer(world, rows)
    _promise(world, rows)
    _arrange_tickets(world, rows)
    managers.hear(world.now, world.log, world.scale)


def due(world: World, files: Rows) -> Rows:
    """Return the persons with whom a talk is due, a part of `files`.

    The first two talks are due by the age of the file. Later talks are due when the interval
    of the setting has passed. They come sooner for persons under pressure, and for persons who
    are seen to prepare and were not read as cooperating. There are no talks once guidance has
    stopped, except with the latter. `files` holds the rows with an open file.
    """
    people, now = world.people, world.now
    chances = np.stack([now.vector("first_talk_chances"), now.vector("second_talk_chances")])
    age = np.minimum(world.week - people.spell_since[files], chances.shape[1] - 1)
    talks = people.talks[files]
    early = talks < FIRST_TWO
    first = files[early]
    chance = chances[talks[early], age[early]]
    found = [first[world.draw(Decision.FIRST_TALKS, first) < chance]]
    later = files[~early]
    waited = world.week - people.talked_week[later]
    interval = now.vector("talk_interval_weeks")[SETTING_OF[people.place[later]]]
    signal = now.number("talk_after_signal_weeks")
    pressed = now.number("pressed_interval_ratio")
    sooner = np.minimum(interval * min(pressed, 1.0), signal)
    near = waited >= sooner  # for all others no talk can be due
    later, waited, interval = later[near], waited[near], interval[near]
    measure = np.full(len(later), Measure.KEEP_TERM)
    asks = np.flatnonzero(people.reading[later] > Reading.COOPERATES)  # no other measure counts
    measure[asks] = measures(world, later[asks])
    interval[measure == Measure.PRESS] *= pressed
    unseen = people.stage[later] == Stage.PREPARING
    unseen &= people.reading[later] != Reading.COOPERATES
    interval[unseen] = np.minimum(interval[unseen], signal)
    found.append(later[(waited >= interval) & (unseen | ~DONE[measure])])
    return np.sort(np.concatenate(found))


def held(world: World, rows: Rows) -> Rows:
    """Draw which talks take place: by keyed lottery as far as staff allow, first talks first.

    `rows` holds whole households, ascending, and so does the part of it that is returned.
    """
    if not len(rows):
        return rows
    people, now = world.people, world.now
    first = np.flatnonzero(starts(people.household[rows]))
    heads = rows[first]
    setting = SETTING_OF[people.place[heads]]
    can = world.case_managers.staff(now) * now.number("talks_per_week") / world.scale
    slots = np.arange(len(Setting), dtype=np.uint64)
    can = np.floor(can + world.chance.uniform(Decision.TALK_ROUNDING, world.week, slots))
    later = people.talks[heads] >= FIRST_TWO
    order = np.lexsort((world.draw(Decision.TALK_LOTTERY, heads), later, setting))
    in_order = setting[order]
    rank = np.arange(len(order)) - np.searchsorted(in_order, np.arange(len(Setting)))[in_order]
    drawn = np.empty(len(heads), dtype=np.bool_)
    drawn[order] = rank < can[in_order]
    return rows[drawn[world.household_of(rows)]]


def _read(world: World, rows: Rows) -> None:
    """Read cooperation in the signals of households, and count talks and refusals."""
    people, now = world.people, world.now
    household = world.household_of(rows)
    shown = people.identified[rows].astype(np.float64)
    shown += people.applied[rows] > 0
    shown += (people.met[rows] & ~BITS[Organisation.COA]) > 0  # COA's talks are a matter of course
    own = people.document[rows] & ~people.dublin[rows]  # no agreement of a member state
    shown += own | (people.stage[rows] == Stage.PREPARING)
    n = np.maximum(np.bincount(household), 1)
    signals = (np.bincount(household, shown) / n)[household] / 4.0  # four signals
    rates = np.stack(
        [
            now.vector("reading_of_unwilling"),
            now.vector("reading_of_wavering"),
            now.vector("reading_of_willing"),
        ]
    )
    chances = reading_chances(people.stage[rows], signals, rates, now.number("signals_weight"))
    reading = read(chances, world.draw(Decision.READING, rows))
    people.reading[rows] = reading
    people.cooperates[rows] = reading == Reading.COOPERATES
    counted = world.draw(Decision.ROOM_FOR_RESISTANCE, rows) >= _room(world)
    counted &= (reading == Reading.REFUSES) & (people.refusals[rows] < MOST)
    counted &= ~IS_PROCEDURE[people.phase[rows]]  # nobody thinks of return then (s1 L4386-4389)
    people.refusals[rows] += counted
    people.talks[rows] += people.talks[rows] < MOST
    people.first_talk_week[rows[people.talks[rows] == 1]] = world.week
    inside = rows[people.place[rows] == Place.DETENTION]
    again = people.talked_week[inside] >= people.place_since[inside]
    before = np.where(again, people.held_talks[inside], 0)
    people.held_talks[inside] = before + (before < MOST)
    people.talked_week[rows] = world.week


def _room(world: World) -> float:
    """Return the room for resistance that Wigk gives, averaged over case managers."""
    return world.now.number("wigk_share") * world.now.number("wigk_room")


def _persuade(world: World, rows: Rows) -> None:
    """Let a talk change what persons know and believe; later talks change little.

    During a procedure the switch `early_return_talk` says what a talk does. Talks with persons
    who are held give knowledge and change no attitude (s4 B15).
    """
    people, now = world.people, world.now
    weight = weight_of_news(
        people.trust_state[rows], people.justice[rows], now.number("talk_weight")
    )
    weight *= np.where(people.talks[rows] > FIRST_TWO, now.number("later_talk_weight"), 1.0)
    persuades, trusts = chosen(now, "early_return_talk")(IS_PROCEDURE[people.phase[rows]])
    free = ~IS_HELD[people.place[rows]]
    heard = weight * left_by_hope(world, people.hope[rows]) * persuades * free
    harmed = weight * np.maximum(-trusts, 0.0) * free
    people.trust_state[rows] = moved(people.trust_state[rows], 0.0, harmed)
    people.knowledge[rows] = moved(people.knowledge[rows], 1.0, weight)
    people.hope[rows] = moved(people.hope[rows], 0.0, heard)
    people.illegality_prospects[rows] = moved(
        people.illegality_prospects[rows], now.number("illegality_truth"), heard
    )


def _seen(world: World, rows: Rows, measure: NDArray[np.uint8]) -> None:
    """Let visible effort build trust and felt justice, and pressure lower trust.

    Effort builds none in detention, where talks change no attitude (s4 B15).
    """
    people, now = world.people, world.now
    worked_for = rows[people.cooperates[rows] & ~IS_HELD[people.place[rows]]]
    effort = now.number("effort_builds_trust")
    for column in (people.trust_state, people.justice):
        column[worked_for] = moved(column[worked_for], 1.0, effort)
    pressed = rows[(measure == Measure.PRESS) | (measure == Measure.COERCE)]
    people.trust_state[pressed] *= 1.0 - now.number("pressure_costs_trust") * (1.0 - _room(world))


def _refer(world: World, rows: Rows) -> None:
    """Refer to IOM or an NGO where no referral is pending.

    How often to an NGO, and to which, depends on memory and trust. Outside state shelter some
    case managers are tied to one NGO, and refer to no other. Nobody is referred to a project that
    would be refused (`out_of_projects`).
    """
    people, now, managers = world.people, world.now, world.case_managers
    world.organisations.look_up(now)
    reading = people.reading[rows]
    open_to = (reading == Reading.COOPERATES) | (reading == Reading.AMBIGUOUS)
    rows = rows[open_to & (people.referred[rows] == Organisation.NONE)]
    setting = SETTING_OF[people.place[rows]]
    chance = managers.chance(now)[setting]
    # left out: who is closed, was met before, does not reach the place, or may not have the client
    new = world.organisations.takes(world, rows)
    new &= (people.met[rows, np.newaxis] & BITS) == 0
    new &= ~(out_of_projects(world, rows)[:, np.newaxis] & FOR_RETURN)
    preference = managers.preference(now, setting, world.organisations.shares(new))
    share = managers.paired(now)
    if share > 0.0:
        drawn = world.draw_once(Decision.PAIRED_REFERRAL, rows)
        paired = np.flatnonzero((setting == Setting.MUNICIPAL) & (drawn < share))
        chance[paired] = now.number("paired_referral_chance")
        which = np.minimum(drawn[paired] / share * len(PARTNERS), len(PARTNERS) - 1).astype(int)
        preference[paired] = np.eye(len(Organisation))[np.array(PARTNERS)[which]]
    to_ngo = world.draw(Decision.REFERRAL, rows) < chance
    edges = np.cumsum(preference * new, axis=1)
    drawn = world.draw(Decision.REFERRED_TO, rows)[:, np.newaxis] * edges[:, -1:]
    target = np.minimum((edges <= drawn).sum(axis=1), len(Organisation) - 1)
    known = edges[:, -1] > 0.0
    # IOM is always referred to by those who work on their departure (s1 L4435-4437)
    works = people.reading[rows] == Reading.COOPERATES
    target = np.where(to_ngo & known, target, np.where(works, int(Organisation.IOM), 0))
    found = new[np.arange(len(rows)), target]
    rows, target = rows[found], target[found]
    people.referred[rows] = target
    people.sender[rows] = Organisation.CASE_MANAGER
    world.note(Event.REFERRED, rows, helper=target, referred_by=int(Organisation.CASE_MANAGER))


def _promise(world: World, rows: Rows) -> None:
    """Promise discretionary cash; promises made before are kept, or overturned from above.

    Chances are least for persons who can be removed, and highest for those who waver and can't.
    A promise that is overturned costs trust in the state.
    """
    people, now = world.people, world.now
    promised = people.discretionary_eur[rows] > 0.0
    earlier, rows = rows[promised], rows[~promised]
    overturned = world.draw(Decision.PROMISE_KEPT, earlier) < now.number(
        "promise_overturned_chance"
    )
    broken = earlier[overturned]
    people.discretionary_eur[broken] = 0.0
    people.trust_state[broken] *= 1.0 - now.number("broken_promise_costs_trust")
    world.note(Event.PROMISE_BROKEN, broken)
    able = removable(world, rows)
    chance = promise_chance(
        now.vector("discretionary_chance"),
        people.reading[rows],
        able,
        people.stage[rows],
        now.number("discretionary_unasked_ratio"),
    )
    given = world.draw(Decision.DISCRETIONARY, rows) < chance
    rows, able = rows[given], able[given]
    drawn = world.draw(Decision.DISCRETIONARY_ABOVE, rows)
    share = now.number("discretionary_above_share")
    approved = drawn < share * now.number("headquarters_approval_share")
    people.discretionary_eur[rows] = amount(
        now.number("discretionary_local_max_eur"),
        now.number("discretionary_above_factor"),
        drawn < share,
        approved,
        world.draw(Decision.DISCRETIONARY_EUR, rows),
    )
    got = people.discretionary_eur[rows] > 0.0
    world.note(Event.PROMISED, rows[got & ~able])
    world.note(Event.PROMISED_REMOVABLE, rows[got & able])


def _arrange_tickets(world: World, rows: Rows) -> None:
    """Arrange a ticket that the state pays for some people for whom nobody else would pay.

    They prepare to leave, are read as cooperating, and await no decision on support: their case
    manager sends others to IOM first (s1 L4435-4437).
    """
    people = world.people
    may = (people.stage[rows] == Stage.PREPARING) & (people.reading[rows] == Reading.COOPERATES)
    may &= people.application[rows] != Application.PENDING
    rows = rows[may]
    rows = rows[payer(world, rows) == Payer.NONE]
    chance = world.now.number("state_ticket_chance")
    people.ticket[rows[world.draw(Decision.STATE_TICKET, rows) < chance]] = True
