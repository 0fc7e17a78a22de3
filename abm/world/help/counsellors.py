"""Counsellors: who they are, whom they have as clients, what they learn and remember."""

from __future__ import annotations

from heapq import heapify, heapreplace
from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Organisation, Place
from ....agents.rules.counselling import experienced, left_by_load, recalled, skilled
from ....agents.rules.course import halved
from ..blocks import starts
from ..chance import Decision, hash_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from ..persons.people import People

    Floats = NDArray[np.float64]

SIZE: Final = len(Organisation)
NOT_NATIVE: Final = -1
_SLOTS: Final = 1 << 16  # counsellors of an organisation that keys tell apart


class Counsellors:
    """A row for each counsellor of an organisation; rows are added, never moved.

    Parameters
    ----------
    by_size : ndarray of intp
        Codes of countries, the largest inflow first: native counsellors come from the first.

    Attributes
    ----------
    organisation : ndarray of uint8, shape (counsellors,)
        Code of `Organisation`.
    slot : ndarray of int64, shape (counsellors,)
        Number within the organisation, from 0.
    country : ndarray of int16, shape (counsellors,)
        Code of the country that a native counsellor comes from; -1 for others.
    present : ndarray of bool, shape (counsellors,)
        Whether the organisation has this counsellor now.
    trained : ndarray of bool, shape (counsellors,)
        Whether the counsellor is trained to speak of the future.
    experience : ndarray of float, shape (counsellors,)
        Sessions held so far, each with a household, in real households.
    memory : ndarray of float, shape (counsellors, organisations)
        Share of clients sent to each organisation who arrive, as the counsellor remembers it.
    room : ndarray of float, shape (counsellors,)
        Clients that each can have, in real persons.
    sessions, sent, arrived, lost : ndarray of float, shape (counsellors,)
        Of this week, in real households: sessions, referrals made, and referrals of their
        clients that have come to an end.
    """

    def __init__(self, by_size: NDArray[np.intp]) -> None:
        self._by_size = by_size
        self._key = np.zeros(0, dtype=np.uint64)
        self._neutral: Floats = np.zeros(0)
        self.organisation = np.zeros(0, dtype=np.uint8)
        self.slot = np.zeros(0, dtype=np.int64)
        self.country = np.zeros(0, dtype=np.int16)
        self.present = np.zeros(0, dtype=np.bool_)
        self.trained = np.zeros(0, dtype=np.bool_)
        self.experience: Floats = np.zeros(0)
        self.memory: Floats = np.zeros((0, SIZE))
        self.room: Floats = np.zeros(0)
        self.sessions, self.sent, self.arrived, self.lost = (np.zeros(0) for _ in range(4))

    def __len__(self) -> int:
        """Return the number of rows, with those who are not there any more."""
        return len(self.organisation)

    def employ(self, staff: NDArray[np.int64], room: Floats, arrive: Floats, natives: int) -> None:
        """Let organisations have as many counsellors as they can pay: some come, some go.

        Parameters
        ----------
        staff : ndarray of int64, shape (organisations,)
            Counsellors of each organisation.
        room : ndarray of float, shape (organisations,)
            Clients that each counsellor of it can have, in real persons.
        arrive : ndarray of float, shape (organisations,)
            Share of referrals by each organisation that arrive: what a counsellor expects who
            remembers none.
        natives : int
            Native counsellors of IOM, one for each of the first countries.
        """
        had = np.bincount(self.organisation, minlength=SIZE)
        for code in np.flatnonzero(staff > had):
            self._add(int(code), np.arange(had[code], staff[code]), arrive[code])
        self.present = self.slot < staff[self.organisation]
        self.room = np.where(self.present, room[self.organisation], 0.0)
        self._neutral = arrive[self.organisation]
        at_iom = np.flatnonzero(self.organisation == Organisation.IOM)
        self.country[at_iom] = NOT_NATIVE
        native = at_iom[self.slot[at_iom] < min(natives, len(self._by_size))]
        self.country[native] = self._by_size[self.slot[native]]

    def _add(self, code: int, slot: NDArray[np.int64], neutral: float) -> None:
        """Add counsellors of an organisation, without experience or memories."""
        n = len(slot)
        self.organisation = np.append(self.organisation, np.full(n, code, dtype=np.uint8))
        self.slot = np.append(self.slot, slot)
        self._key = np.append(self._key, hash_numbers(code * _SLOTS + slot))
        self.country = np.append(self.country, np.full(n, NOT_NATIVE, dtype=np.int16))
        self.trained = np.append(self.trained, np.zeros(n, dtype=np.bool_))
        self.experience = np.append(self.experience, np.zeros(n))
        self.memory = np.append(self.memory, np.full((n, SIZE), neutral), axis=0)
        for name in ("sessions", "sent", "arrived", "lost"):
            setattr(self, name, np.append(getattr(self, name), np.zeros(n)))

    def countries(self) -> NDArray[np.int16]:
        """Return the countries that present native counsellors come from."""
        return np.asarray(self.country[self.present & (self.country != NOT_NATIVE)])

    def clients(self, people: People) -> NDArray[np.int64]:
        """Return how many clients each counsellor has: simulated persons."""
        of_whom = np.where(people.place == Place.ORIGIN, 0, people.counsellor)
        return np.bincount(of_whom, minlength=len(self) + 1)[1:]

    def begin_week(self, world: Moment, share_trained: Floats) -> None:
        """Let memories fade, and find out who is trained and whose counsellor has gone.

        Parameters
        ----------
        share_trained : ndarray of float, shape (organisations,)
            Share of each organisation's counsellors who are trained: a draw for each, once.
        """
        people = world.people
        for counted in (self.sessions, self.sent, self.arrived, self.lost):
            counted[:] = 0.0
        drawn = world.chance.uniform(Decision.COUNSELLOR_TRAINED, 0, self._key)
        self.trained = drawn < share_trained[self.organisation]
        left = 1.0 - float(halved(1.0, world.now.number("referral_memory_half_weeks")))
        self.memory = recalled(self.memory, self._neutral[:, np.newaxis], left)
        if not self.present.all():
            there = np.append([True], self.present)
            people.counsellor[~there[people.counsellor]] = 0

    def match(self, world: Moment) -> None:
        """Give each client household without a counsellor one of its organisation.

        Households come by keyed lottery. A compatriot is first, if one has room; otherwise the
        counsellor with the fewest clients, and among these by keyed draw.
        """
        people = world.people
        rows = world.rows(
            (people.helper > 0) & (people.counsellor == 0) & (people.place != Place.ORIGIN)
        )
        if not len(rows):
            return
        heads = rows[starts(people.household[rows])]
        household = world.household_of(rows)
        size = np.bincount(household)
        found = np.zeros(len(heads), dtype=people.counsellor.dtype)
        load, room = self.clients(people), self.room / world.scale
        order = np.argsort(world.draw(Decision.COUNSELLOR_LOTTERY, heads), kind="stable")
        ties = world.chance.uniform(Decision.COUNSELLOR_LOTTERY, world.week, self._key)
        helper, country = people.helper[heads], people.country[heads]
        for code in np.unique(helper):
            own = np.flatnonzero(self.present & (self.organisation == code))
            if not len(own):
                continue
            speaks = {int(self.country[at]): int(at) for at in own if self.country[at] >= 0}
            least = [(int(load[at]), float(ties[at]), int(at)) for at in own]
            heapify(least)
            for nth in order[helper[order] == code]:
                at = speaks.get(int(country[nth]), -1)
                if at < 0 or load[at] >= room[at]:
                    while least[0][0] != load[least[0][2]]:  # has got a compatriot since
                        heapreplace(least, (int(load[least[0][2]]), *least[0][1:]))
                    at = least[0][2]
                load[at] += size[nth]
                found[nth] = at + 1
        people.counsellor[rows] = found[household]

    def hold(self, world: Moment, rows: Rows) -> None:
        """Count the sessions of the week, one for each household of `rows`, as experience."""
        self.sessions += self._counted(world, rows)
        self.experience += self.sessions

    def send(self, world: Moment, rows: Rows) -> None:
        """Count the referrals of clients, one for each household of `rows`."""
        self.sent += self._counted(world, rows)

    def hear_of(
        self, world: Moment, rows: Rows, target: NDArray[np.uint8], arrived: NDArray[np.bool_]
    ) -> None:
        """Let counsellors remember what came of referrals of people who are still their clients.

        Of others nobody tells them (s0 C5). A simulated household stands for `scale` real ones: one
        of them is the counsellor's, the others are spread evenly over the counsellors of the
        organisation. `n` outcomes move a memory by `1 - (1 - referral_memory_weight) ** n`.

        Parameters
        ----------
        rows : ndarray of intp, shape (n,)
            Persons whose referral has come to an end, referred by their present organisation.
        target : ndarray of uint8, shape (n,)
            Code of the organisation to which they were referred.
        arrived : ndarray of bool, shape (n,)
            Whether they have arrived there.
        """
        people = world.people
        first = starts(people.household[rows]) & (people.counsellor[rows] > 0)
        rows, target, arrived = rows[first], target[first], arrived[first]
        self.arrived += self._counted(world, rows[arrived])
        self.lost += self._counted(world, rows[~arrived])
        left = 1.0 - world.now.number("referral_memory_weight")
        for at, code, came in zip(
            people.counsellor[rows] - 1, target.tolist(), arrived.tolist(), strict=True
        ):
            own = self.present & (self.organisation == self.organisation[at])
            heard = own * max(world.scale - 1.0, 0.0) / max(own.sum(), 1)
            heard[at] += min(world.scale, 1.0)
            self.memory[:, code] += (1.0 - left**heard) * (float(came) - self.memory[:, code])

    def remembered(self, people: People, rows: Rows) -> Floats:
        """Return what the counsellor of each person remembers of each organisation.

        Returns
        -------
        ndarray of float, shape (n, organisations)
            1 for persons without a counsellor.
        """
        found = np.ones((len(rows), SIZE))
        has = people.counsellor[rows] > 0
        found[has] = self.memory[people.counsellor[rows[has]] - 1]
        return found

    def skill(self, world: Moment, base: Floats) -> Floats:
        """Return the skill of each counsellor this week, from 0 to 1.

        That of the kind of organisation, more with training, less without experience or with
        many clients. A simulated person stands for `scale` real ones: where not even one fits the
        room of a counsellor, all counsellors of the organisation have its load together.

        Parameters
        ----------
        base : ndarray of float, shape (organisations,)
            Skill without training, by code of `Organisation`.
        """
        now = world.now
        found = skilled(base[self.organisation], self.trained, now.number("training_gain"))
        found *= experienced(
            self.experience,
            now.number("beginner_lacks"),
            now.number("experience_half_sessions"),
        )
        clients, room = self._load(world)
        found *= left_by_load(clients, room, now.number("caseload_tires"))
        return found

    def _load(self, world: Moment) -> tuple[Floats, Floats]:
        """Return the clients of each counsellor and the room for them, in real persons.

        Both are those of the organisation where a counsellor has room for less than `scale`.
        """
        clients = self.clients(world.people) * world.scale
        of = self.organisation
        together = (self.room < world.scale) & self.present
        all_clients = np.bincount(of, clients, minlength=SIZE)[of]
        all_room = np.bincount(of, self.room, minlength=SIZE)[of]
        room = np.where(together, all_room, self.room)
        return np.where(together, all_clients, clients), np.where(room > 0.0, room, np.inf)

    def _counted(self, world: Moment, rows: Rows) -> Floats:
        """Return how many households of `rows` each counsellor has: real ones."""
        people = world.people
        heads = rows[starts(people.household[rows])]
        counted = np.bincount(people.counsellor[heads], minlength=len(self) + 1)[1:]
        return np.asarray(counted * world.scale, dtype=np.float64)
