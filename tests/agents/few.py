"""A model as small as countries, counsellors and case managers allow."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np
from terugkeer.agents.codes import Organisation, Setting


class Values:
    """Values in force, made by hand."""

    def number(self, name: str) -> float:
        return {"training_gain": 0.5}[name]

    def vector(self, name: str) -> np.ndarray:
        return {
            "organisation_stance": np.array([2, 1, 2, 2, 0, 1, 1]),
            "helper_training": np.array([0.4, 0.2, 0, 0, 0, 0, 1.0]),
            "helper_skill": np.array([0.5, 0.6, 0, 0, 0, 0, 0.9]),
        }[name]


class Organisations:
    """Capacity that is known once it has been looked up."""

    def __init__(self) -> None:
        self.capacity = np.zeros(len(Organisation))

    def look_up(self, now: Values) -> None:
        assert isinstance(now, Values)
        self.capacity = 100.0 * np.arange(len(Organisation))

    def clients(self, people: Any) -> np.ndarray:  # noqa: ANN401 - made by hand
        return people.client


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
        iom, vwn = Organisation.IOM, Organisation.VWN
        self.world = SimpleNamespace(
            now=Values(),
            scale=20.0,
            people=SimpleNamespace(
                country=np.array([0, 1, 1, 2, 1], dtype=np.uint8),
                client=np.array([iom, iom, vwn, iom, 0], dtype=np.uint8),
            ),
            origin=SimpleNamespace(
                safety=np.array([0.1, 0.7, 0.2]), livelihood=np.array([0.3, 0.6, 0.4])
            ),
            effects=SimpleNamespace(
                cooperation=np.array([0.9, 1.5, 1.1]),
                covariates=np.array([[0, 0, 0, 1, 1], [1, 1, 0, 0, 0.5], [0, 0, 1, 1, 1.0]]),
            ),
            organisations=Organisations(),
            case_managers=CaseManagers(),
        )
