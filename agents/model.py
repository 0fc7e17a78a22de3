"""The model, as far as countries, counsellors and case managers need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

Own: TypeAlias = Any  # what the world hands out and takes back: agents don't look inside


class Conditions(Protocol):
    """Conditions in the countries of origin."""

    @property
    def safety(self) -> NDArray[np.float64]:
        """Safety by code of the country, from 0 to 1."""

    @property
    def livelihood(self) -> NDArray[np.float64]:
        """Livelihood by code of the country, from 0 to 1."""


class Effects(Protocol):
    """Effects of countries of origin, and what is documented of them."""

    @property
    def cooperation(self) -> NDArray[np.float64]:
        """Ratio of the hazard of a document without consent, by code of the country."""

    @property
    def covariates(self) -> NDArray[np.float64]:
        """What is documented by code of the country and `Covariate`, from 0 to 1."""


class Values(Protocol):
    """The values in force."""

    def number(self, name: str) -> float:
        """Return the value of a record of one number."""

    def vector(self, name: str) -> NDArray[np.float64]:
        """Return the values of a record of several numbers, in its own order."""


class CaseManagers(Protocol):
    """Case managers by setting."""

    @property
    def memory(self) -> NDArray[np.float64]:
        """Presence of organisations, shape (settings, organisations), from 0 to 1."""

    @property
    def trust(self) -> NDArray[np.float64]:
        """Trust in organisations, shape (settings, organisations), from 0 to 1."""

    @property
    def caseload(self) -> NDArray[np.float64]:
        """Files of each setting, in real persons."""

    def staff(self, now: Own) -> NDArray[np.float64]:
        """Return the case managers of each setting, in real persons."""

    @property
    def so_far(self) -> NDArray[np.float64]:
        """What came of referrals: arrived, lost, left; by setting and organisation."""


class Counsellors(Protocol):
    """The table of counsellors, with a row for each."""

    @property
    def organisation(self) -> NDArray[np.uint8]:
        """Codes of organisations."""

    @property
    def slot(self) -> NDArray[np.int64]:
        """Numbers within the organisation, from 0."""

    @property
    def country(self) -> NDArray[np.int16]:
        """Codes of countries of native counsellors; -1 for others."""

    @property
    def present(self) -> NDArray[np.bool_]:
        """Whether the organisation has the counsellor now."""

    @property
    def trained(self) -> NDArray[np.bool_]:
        """Whether the counsellor is trained to speak of the future."""

    @property
    def experience(self) -> NDArray[np.float64]:
        """Sessions held so far, in real households."""

    @property
    def memory(self) -> NDArray[np.float64]:
        """Share of referrals that arrive, as remembered, shape (counsellors, organisations)."""

    @property
    def room(self) -> NDArray[np.float64]:
        """Clients that each can have, in real persons."""

    def clients(self, people: Own) -> NDArray[np.int64]:
        """Return the clients of each counsellor, in simulated persons."""

    def skill(self, world: Own, base: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the skill of each counsellor this week."""


class Organisations(Protocol):
    """Organisations that help."""

    @property
    def stance(self) -> NDArray[np.uint8]:
        """Codes of `Stance`, by code of the organisation."""

    @property
    def counsellors(self) -> Counsellors:
        """The table of counsellors."""

    def numbers(self, now: Own, name: str) -> NDArray[np.float64]:
        """Return a record of kinds of organisations by code of the organisation."""


class People(Protocol):
    """The columns of persons."""

    @property
    def country(self) -> NDArray[np.uint8]:
        """Codes of countries of origin."""


class World(Protocol):
    """The present state of everything."""

    @property
    def now(self) -> Values:
        """The values in force."""

    @property
    def scale(self) -> float:
        """Real persons for each simulated person."""

    @property
    def people(self) -> People:
        """The columns of persons."""

    @property
    def origin(self) -> Conditions:
        """Conditions in the countries of origin."""

    @property
    def effects(self) -> Effects:
        """Effects of countries of origin."""

    @property
    def organisations(self) -> Organisations:
        """Organisations that help."""

    @property
    def case_managers(self) -> CaseManagers:
        """Case managers by setting."""


class Model(Protocol):
    """The model that an agent belongs to."""

    @property
    def world(self) -> World:
        """The present state of everything."""

    @property
    def countries(self) -> Sequence[str]:
        """Names of the country codes."""
