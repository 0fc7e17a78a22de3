"""A model as small as countries, counsellors and case managers allow."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np
from terugkeer.agents.codes import Organisation, Setting


class Values:
    """Values in force, made by hand."""


class Counsellors:
    """Two counsellors: the third of IOM, from Georgia, and one of a desk that has closed."""

    organisation = np.array([Organisation.IOM, Organisation.MUNICIPAL_DESK], dtype=np.uint8)
    slot = np.array([2, 0])
    country = np.array([1, -1], dtype=np.int16)
    trained = present = np.array([True, False])
    experience = np.array([40.0, 0.0])
    room = np.array([60.0, 0.0])
    memory = np.arange(2)[:, None] / 10 + np.arange(len(Organisation)) / 100

    def clients(self, people: Any) -> np.ndarray:  # noqa: ANN401 - made by hand
        return np.bincount(people.counsellor, minlength=3)[1:]

    def skill(self, world: Any, base: np.ndarray) -> np.ndarray:  # noqa: ANN401 - made by hand
        assert world.scale == 20.0
        return base[self.organisation] * 0.9


class Organisations:
    """Stances and skills by code of the organisation."""

    stance = np.array([2, 2, 0, 2, 2, 0, 1, 1, 2], dtype=np.uint8)
    counsellors = Counsellors()

    def numbers(self, now: Values, name: str) -> np.ndarray:
        assert isinstance(now, Values)
        return {"helper_skill": np.array([0, 0.5, 0.6, 0, 0, 0, 0, 0.9, 0])}[name]


class CaseManagers:
    """Numbers by setting and organisation."""

    caseload = 100.0 * np.arange(len(Setting))
    memory = np.arange(len(Setting))[:, None] / 10 + np.arange(len(Organisation)) / 100
    trust = 1.0 - memory
    so_far = np.zeros((3, len(Setting), len(Organisation)))
    so_far[:, Setting.FAMILY_LOCATION, Organisation.IOM] = 3.0, 7.0, 1.0

    def staff(self, now: Values) -> np.ndarray:
        assert isinstance(now, Values)
        return 10.0 + np.arange(len(Setting))


class Few(mesa.Model):
    """As much of a model as few agents need."""

    countries = ("Iraq", "Georgia", "Afghanistan")

    def __init__(self) -> None:
        super().__init__(rng=1)
        self.world = SimpleNamespace(
            now=Values(),
            scale=20.0,
            people=SimpleNamespace(
                country=np.array([0, 1, 1, 2, 1], dtype=np.uint8),
                counsellor=np.array([1, 1, 2, 0, 0], dtype=np.uint16),
            ),
            origin=SimpleNamespace(
                safety=np.array([0.1, 0.7, 0.2]), livelihood=np.array([0.3, 0.6, 0.4])
            ),
            effects=SimpleNamespace(
                cooperation=np.array([0.9, 1.5, 1.1]),
                covariates=np.array(
                    [[0, 0, 0, 1, 1, 1], [1, 1, 0, 0, 0.5, 0], [0, 0, 1, 1, 1.0, 0]]
                ),
            ),
            organisations=Organisations(),
            case_managers=CaseManagers(),
        )
