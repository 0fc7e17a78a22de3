"""Weighing: what each option is worth to each adult, and to its household.

`V = constants + X @ W`, with X the adults' variables and W the catalogue's weights
by option. The same product gives the four forces: the parts of return against wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import ndtri

from ....agents.codes import Background, Force, LegalPhase, Option, Place
from ....agents.places import HELD, IS_IN_VIEW, table
from ....agents.rules.options import choose
from ....agents.rules.transforms import TRANSFORMS
from ..blocks import starts
from ..chance import Decision
from ..switches import chosen
from ..values import Derived
from .adults import Adults
from .variables import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ...evidence.record import Record
    from ..moment import Moment, Rows
    from ..values import Values
    from .variables import Array

    Term = tuple[str, Callable[[Array], Array], list[tuple[int, float]]]

NOISE: Final = {
    Option.WAIT: Decision.NOISE_WAIT,
    Option.RETURN: Decision.NOISE_RETURN,
    Option.OUT_OF_SIGHT: Decision.NOISE_OUT_OF_SIGHT,
    Option.MOVE_ON: Decision.NOISE_MOVE_ON,
}
# not held and not at origin
AT_LIBERTY: Final = ~table(*HELD, Place.ORIGIN)
HELPED: Final = len(Option) + len(Force)  # the last column of weights: assistance alone
SIGN: Final = {Force.PUSH: 1.0, Force.PULL: 1.0, Force.STAY: -1.0, Force.DETER: -1.0}


class Weights:
    """The weights of the factor catalogue under the values in force.

    Parameters
    ----------
    factors : sequence of Record
        Records with a `factor`, as `Registry.factors` returns them.
    """

    def __init__(self, factors: Sequence[Record]) -> None:
        self._factors = list(factors)
        self._terms = Derived(self._acting)

    def terms(self, now: Values) -> list[Term]:
        """Return the factors that act under the values in force.

        Returns
        -------
        list of tuple
            For each factor the name of its variable, its transform, and its weights other than
            0, as pairs of a column and log-odds for the full range of the variable. Columns
            are the four options, the four forces, and assistance; a force holds
            `+-(w_return - w_wait)` of its own factors, and the last column that of assistance.
        """
        return self._terms.at(now)

    def _acting(self, now: Values) -> list[Term]:
        made = (self._term(now, each) for each in self._factors)
        return [term for term in made if term[2]]

    def product(self, world: Moment, rows: Rows, *, forces: bool = True) -> NDArray[np.float64]:
        """Return the product of adults' transformed variables and the weights.

        It is summed factor by factor: most weights are 0, so that is quicker than
        a dense product, and the same to the last bit on any number of cores.

        Returns
        -------
        ndarray of float, shape (9, n)
            Log-odds: the four options, then the four forces and what assistance adds to return,
            which are 0 if not calculated.
        """
        adults = Adults(world, rows)
        found = np.zeros((HELPED + 1, len(rows)))
        sums = list(found) if forces else list(found[: len(Option)])
        for variable, transform, weights in self.terms(world.now):
            value = transform(VARIABLES[variable](adults))
            for each, weight in weights:
                if each < len(sums):
                    sums[each] += weight * value
        return found

    @staticmethod
    def _term(now: Values, record: Record) -> Term:
        factor = record.factor
        assert factor is not None  # noqa: S101 (`Registry.factors` returns no other)
        ladder = now.vector("ranking_ladder")
        weight = now.number(record.name)
        if record.kind != "derived":  # a size that a source gives has no rank
            weight *= chosen(now, "ranking")(factor.concerns, ladder)
        row = np.zeros(HELPED + 1)
        for name, multiple in factor.options.items():
            row[Option[name.upper()]] = weight * multiple
        force = Force[factor.force.upper()]
        pressed = row[Option.RETURN] - row[Option.WAIT]
        row[len(Option) + force] = SIGN[force] * pressed
        row[HELPED] = pressed * (factor.variable == "assistance")
        weights = [(int(column), float(row[column])) for column in np.flatnonzero(row)]
        return factor.variable, TRANSFORMS[factor.transform], weights


@dataclass(frozen=True)
class Weighed:
    """What the options are worth to adults and households in one week.

    Parameters
    ----------
    adults : ndarray of intp, shape (m,)
        Rows of adults, households side by side.
    first : ndarray of intp, shape (k,)
        Index in `adults` of each household's first adult.
    utilities : ndarray of float, shape (4, m)
        Each adult's own utilities by `Option`.
    forces : ndarray of float, shape (4, m)
        Each adult's own forces by `Force`.
    household : ndarray of float, shape (4, k)
        Utilities of each household under the rule in force.
    helped : ndarray of float, shape (m,)
        What help adds to each adult's utility of return, in log odds.
    """

    adults: Rows
    first: Rows
    utilities: NDArray[np.float64]
    forces: NDArray[np.float64]
    household: NDArray[np.float64]
    helped: NDArray[np.float64]


def weigh_options(world: Moment, weights: Weights, rows: Rows) -> Weighed:
    """Let adults value their options, and households combine these values by rule.

    `rows` holds whole households, ascending.
    """
    adults = rows[world.adult(rows)]
    first = np.flatnonzero(starts(world.people.household[adults]))
    if len(rows) and world.household_of(rows)[-1] + 1 != len(first):
        raise RuntimeError("a household without an adult can't weigh its options")
    product = weights.product(world, adults)
    utilities, forces = product[: len(Option)], product[len(Option) : HELPED]
    utilities += constants(world, adults)
    rule = chosen(world.now, "household")
    return Weighed(adults, first, utilities, forces, rule(utilities, first), product[HELPED])


def constants(world: Moment, adults: Rows) -> NDArray[np.float64]:
    """Return what each option is worth apart from all factors.

    For return it differs by background, by a disposition that nothing in the model
    explains (normal, the same for life), and by talks in the present detention; for return
    and for going out of sight by country of origin.

    Returns
    -------
    ndarray of float, shape (4, m)
        Log-odds against waiting.
    """
    people, now = world.people, world.now
    found = np.zeros((len(Option), len(adults)))
    other = people.background[adults] == Background.OTHER
    found[Option.RETURN] = np.where(
        other, now.number("constant_return_other"), now.number("constant_return_asylum")
    )
    uniform = world.chance.uniform(Decision.DISPOSITION, 0, people.key[adults])
    found[Option.RETURN] += now.number("disposition_sd") * ndtri(uniform)
    found[Option.RETURN] += _felt_compulsion(world, adults)
    country = people.country[adults]
    found[Option.RETURN] += world.effects.to_return[country]
    found[Option.OUT_OF_SIGHT] += world.effects.out_of_sight[country]
    return found + constants_of_options(world)


def _felt_compulsion(world: Moment, adults: Rows) -> NDArray[np.float64]:
    """Return what talks in the present detention add to the log-odds of return.

    They make people feel forced and change no attitude (s4 B15). The sizes come from
    people in detention, who are a selected group.
    """
    people, now = world.people, world.now
    added = np.zeros(len(adults))
    here = np.flatnonzero(people.place[adults] == Place.DETENTION)
    held = adults[here]
    talks = np.where(
        people.talked_week[held] >= people.place_since[held], people.held_talks[held], 0
    )
    ratios = np.concatenate([[1.0], now.vector("felt_compulsion")])
    odds = ratios[np.minimum(talks, len(ratios) - 1)]
    added[here] = chosen(now, "detention_talks")() * np.log(odds)
    return added


def constants_of_options(world: Moment) -> NDArray[np.float64]:
    """Return the worth of options that is the same for everybody.

    Returns
    -------
    ndarray of float, shape (4, 1)
        Log-odds against waiting for hiding and moving on; 0 for waiting and return.
    """
    found = np.zeros((len(Option), 1))
    found[Option.OUT_OF_SIGHT] = world.now.number("constant_out_of_sight")
    found[Option.MOVE_ON] = world.now.number("constant_move_on")
    return found


def available(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which options are open to the household of each row.

    Returns
    -------
    ndarray of bool, shape (4, n)
        By `Option`. Waiting is always open. Return is open to everybody, also from
        detention. Households in view and at liberty can go out of sight. Households
        at liberty can move on.
    """
    place = world.people.place[rows]
    found = np.ones((len(Option), len(rows)), dtype=np.bool_)
    found[Option.OUT_OF_SIGHT] = IS_IN_VIEW[place]
    found[Option.MOVE_ON] = AT_LIBERTY[place]
    found[1:, world.people.phase[rows] == LegalPhase.RETURNED] = False
    return found


def choice(world: Moment, weighed: Weighed, barred: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return the `Option` that each household chooses, with its keyed noise of the week.

    Parameters
    ----------
    barred : ndarray of bool, shape (k,)
        Which households cannot choose to return.
    """
    rows = weighed.adults[weighed.first]
    open_to = available(world, rows)
    open_to[Option.RETURN] &= ~barred
    uniforms = np.stack([world.draw(NOISE[option], rows) for option in Option])
    return choose(weighed.household, open_to, uniforms)
