"""One counsellor's life, week by week, in a run of the baseline."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ...abm.errors import InputError
from ...abm.evidence.mistakes import did_you_mean
from ...abm.evidence.timeline import Timeline
from ...abm.world.calendar import first_week, monday, sunday, week_of
from ...abm.world.events import Event
from ...abm.world.help.kinds import CAPACITY, capacities, counsellors_of
from ...abm.world.values import Values
from ...agents.codes import Destination, Place, label
from ...agents.kinds import HELPERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...abm.evidence.registry import Registry
    from ...abm.world.model import ReturnModel
    from ...agents.codes import Organisation

NAMES: Final = {
    "iom": "IOM",
    "vwn": "VWN",
    "bridge_to_better": "Bridge to Better",
    "maatwerk": "Maatwerk bij Terugkeer",
    "askv": "ASKV",
    "coa": "COA",
    "municipal_desk": "a municipal desk",
    "tip": "VWN's talks on the future (TIP)",
    "nieuw_hoofdstuk": "Een Nieuw Hoofdstuk",
    "opgeheven_hoofd": "Met Opgeheven Hoofd",
    "goedwerk": "Goedwerk",
    "wereldwijd": "WereldWijd",
    "green_way": "Green Way",
}
SUMMED: Final = ("new", "sessions", "referred", "arrived", "lost")
HOME: Final = (Destination.ORIGIN, Destination.HOME_UNOBSERVED)


@dataclass(frozen=True)
class Week:
    """A week of a counsellor, in real persons; sessions and referrals in real households.

    Parameters
    ----------
    monday : str
        First day of the week.
    clients, new : float
        Clients at the end of the week, and those who came in it.
    sessions : float
        Sessions held.
    referred, arrived, lost : float
        Referrals made, and referrals that came to an end: of clients who are still there.
    help_ended : float
        Clients whose help ended: they stayed away, moved out of reach, had all sessions, or went
        on to another organisation.
    went_home, left_otherwise : float
        Clients who left the Netherlands for home, and who left the model otherwise, for example
        with a permit.
    skill, experience : float
        Skill at the end of the week, from 0 to 1, and sessions held so far.
    present : bool
        Whether the organisation still has the counsellor.
    """

    monday: str
    clients: float
    new: float
    sessions: float
    referred: float
    arrived: float
    lost: float
    help_ended: float
    went_home: float
    left_otherwise: float
    skill: float
    experience: float
    present: bool


def organisation_of(name: str) -> Organisation:
    """Return an organisation by its label, in any case, with spaces or underscores.

    Raises
    ------
    InputError
        If there is none of that name; it tells the known ones.
    """
    known = {label(each): each for each in HELPERS}
    asked = name.casefold().replace(" ", "_")
    if asked not in known:
        raise InputError(
            f"organisation {name!r}: there is none of that name.{did_you_mean(asked, known)} "
            f"Known: {', '.join(known)}."
        )
    return known[asked]


def refused(
    registry: Registry, organisation: Organisation, number: int, year: int, weeks: int, last: int
) -> list[str]:
    """Return a sentence for each thing that cannot be shown.

    Parameters
    ----------
    number : int
        Of the counsellor, from 1.
    year : int
        Year at whose beginning the weeks begin.
    weeks : int
        How many.
    last : int
        Last year of the data.
    """
    found = []
    most = first_week(last + 1) - first_week(year)
    if not 1 <= weeks <= most:
        found.append(
            f"--weeks {weeks}: give 1 to {most}, the weeks from the beginning of {year} to the end "
            f"of {last}."
        )
    timeline = Timeline(registry)

    def staff(week: int) -> int:
        now = Values(timeline.at(sunday(week)))
        return int(counsellors_of(now, capacities(now))[organisation])

    there = staff(first_week(year))
    name = NAMES[label(organisation)]
    if not there:
        days = {week_of(day) for day in timeline.changes()}
        opens = [week for week in sorted(days) if week > first_week(year) and staff(week)]
        later = f" It opens in the week of {monday(opens[0])}." if opens else ""
        found.append(
            f"{label(organisation)}: {name} has no counsellors at the beginning of {year} "
            f"({CAPACITY[organisation]} is 0).{later} Give another year with --from."
        )
    elif not 1 <= number <= there:
        found.append(
            f"--number {number}: {name} has {there} counsellor{'s' * (there > 1)} at the "
            f"beginning of {year}; give 1 to {there}."
        )
    return found


def lived(
    model: ReturnModel,
    organisation: Organisation,
    number: int,
    weeks: int,
    check: Callable[[], None],
) -> dict[str, Any]:
    """Run a model to its first year, then watch one counsellor.

    Parameters
    ----------
    check : callable
        Called each week; it may raise to stop.

    Returns
    -------
    dict
        Who the counsellor is, `weeks` as a list of what `Week` holds, and what is remembered of
        referrals in the end.
    """
    while model.week < model.report_from:
        model.step()
        check()
    table = model.world.organisations.counsellors
    (row,) = np.flatnonzero((table.organisation == organisation) & (table.slot == number - 1))
    told = []
    for _ in range(weeks):
        told.append(_week(model, int(row)))
        check()
    country = int(table.country[row])
    remembered = table.memory[row]
    plain = np.median(remembered[list(HELPERS)])  # of organisations nobody was sent to
    return {
        "organisation": label(organisation),
        "number": number,
        "native_of": None if country < 0 else model.countries[country],
        "trained": bool(table.trained[row]),
        "room": float(table.room[row]),
        "weeks": [asdict(each) for each in told],
        "expects": round(float(plain), 3),
        "remembers": {
            label(each): round(float(remembered[each]), 3)
            for each in HELPERS
            if abs(remembered[each] - plain) > 0.001  # noqa: PLR2004 - a thousandth is not seen
        },
    }


def _week(model: ReturnModel, row: int) -> Week:
    """Live one week and tell of it."""
    world = model.world
    table = world.organisations.counsellors
    day = monday(model.week)
    before = _clients(model, row)
    logged = model.log.size
    model.step()
    after = _clients(model, row)
    gone = np.setdiff1d(before, after)
    log = model.log
    left = log.column("kind")[logged:] == Event.LEFT
    who = log.column("person")[logged:][left]
    home = np.isin(log.column("destination")[logged:][left], HOME)
    went_home = np.isin(gone, who[home]).sum()
    otherwise = np.isin(gone, who[~home]).sum()
    base = world.organisations.numbers(world.now, "helper_skill")
    scale = world.scale
    return Week(
        monday=str(day),
        clients=len(after) * scale,
        new=len(np.setdiff1d(after, before)) * scale,
        sessions=float(table.sessions[row]),
        referred=float(table.sent[row]),
        arrived=float(table.arrived[row]),
        lost=float(table.lost[row]),
        help_ended=float(len(gone) - went_home - otherwise) * scale,
        went_home=float(went_home) * scale,
        left_otherwise=float(otherwise) * scale,
        skill=round(float(table.skill(world, base)[row]), 4),
        experience=float(table.experience[row]),
        present=bool(table.present[row]),
    )


def _clients(model: ReturnModel, row: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the numbers of the persons who are clients of a counsellor."""
    people = model.people
    own = (people.counsellor == row + 1) & (people.place != Place.ORIGIN)
    return np.asarray(people.person[own])


def in_words(life: dict[str, Any], seed: int, scale: float) -> list[str]:
    """Return the lines that tell a life.

    Parameters
    ----------
    life : dict
        From `lived`.
    """
    name = NAMES[life["organisation"]]
    native = f", comes from {life['native_of']}" if life["native_of"] else ""
    trained = "trained to speak of the future" if life["trained"] else "not trained"
    own = [each for each in life["weeks"] if each["present"]]
    sums = {key: sum(each[key] for each in own) for key in SUMMED}
    lines = [
        f"Counsellor {life['number']} of {name}: {trained}{native}.",
        f"Room for {life['room']:.0f} clients.",
        f"Invented, from a run of the baseline with seed {seed}. One person in the run stands for",
        f"{scale:g}, and so do these numbers.",
        *_too_coarse(life["room"], scale),
        "",
        *(_line(each) for each in life["weeks"]),
        "",
        f"In {len(life['weeks'])} weeks: {sums['new']:.0f} new clients,",
        f"{sums['sessions']:.0f} sessions, {sums['referred']:.0f} referrals.",
        "Of referrals that ended while the people were still clients,",
        f"{sums['arrived']:.0f} arrived and {sums['lost']:.0f} were lost.",
    ]
    if life["remembers"]:
        kept = ", ".join(f"{NAMES[key]} {share:.0%}" for key, share in life["remembers"].items())
        lines.append(
            f"Expects that {life['expects']:.0%} of the clients sent on arrive, and remembers of: "
            f"{kept}."
        )
    return lines


def _too_coarse(room: float, scale: float) -> list[str]:
    """Return what to say if a simulated person is more than a counsellor has room for."""
    if room >= scale:
        return []
    return [
        "That is more than there is room for, so weeks can be empty for that reason alone:",
        f"give --scale {max(int(room), 1)} or less.",
    ]


def _line(week: dict[str, Any]) -> str:
    """Return a week in one line, with what happened in it alone."""
    if not week["present"]:
        return f"{week['monday']}  no longer there"
    parts = [f"{week['clients']:.0f} clients", f"{week['sessions']:.0f} sessions"]
    words = {
        "new": "new",
        "referred": "sent on",
        "arrived": "arrived where they were sent",
        "lost": "lost on the way",
        "help_ended": "no longer come",
        "went_home": "went home",
        "left_otherwise": "left otherwise",
    }
    parts += [f"{week[key]:.0f} {told}" for key, told in words.items() if week[key]]
    skill = f"skill {week['skill']:.2f}, {week['experience']:,.0f} sessions so far"
    return f"{week['monday']}  {', '.join(parts)}; {skill}"
