"""Effects of countries of origin in force: on return, on hiding, on forced departure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import Covariate, OriginGroup
from ....agents.rules.country_effects import cooperation, pooled_effect, scaled_scores
from ....agents.rules.exits import centred_contrast
from ..switches import chosen
from .practice import DATED, FROM_LISTS, LISTS, ROOM, CountryPractice, by_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ...evidence.registry import Registry
    from ..values import Values

NAMED_GROUPS: Final = (OriginGroup.SAFE, OriginGroup.NOT_SAFE)  # as records write them
_OF_LISTS: Final = [LISTS.index(name) for name in FROM_LISTS]
_DATED: Final = [Covariate[name.upper()] for name in DATED]
_LISTED: Final = [Covariate[name.upper()] for name in FROM_LISTS]
_OF_THEIR_OWN: Final = (Covariate.READMISSION, Covariate.STRATEGIC)  # each has a record
_OTHERS: Final = [each for each in Covariate if each not in _OF_THEIR_OWN]
# the strategic approach asks states to take people back: it bears on cooperation alone
_ON_OPTIONS: Final = [each for each in Covariate if each is not Covariate.STRATEGIC]


class OfOption(NamedTuple):
    """Names of the records that make up the effect on an option."""

    covariates: str
    group_scale: str
    group_scores: str
    scale: str
    scores: str


RETURN: Final = OfOption(
    "country_return_covariates",
    "country_return_group_scale",
    "country_return_group_scores",
    "country_return_scale",
    "country_return_scores",
)
HIDING: Final = OfOption(
    "country_hiding_covariates",
    "country_hiding_group_scale",
    "country_hiding_group_scores",
    "country_hiding_scale",
    "country_hiding_scores",
)


class Effects(NamedTuple):
    """Effects by code of the country, and what they are made of.

    Parameters
    ----------
    to_return, out_of_sight : ndarray of float, shape (countries,)
        Log odds of the option against waiting.
    cooperation : ndarray of float, shape (countries,)
        Ratio of the hazard of a document for people who do not cooperate.
    covariates : ndarray of float, shape (countries, 6)
        What is documented, by `Covariate`.
    """

    to_return: NDArray[np.float64]
    out_of_sight: NDArray[np.float64]
    cooperation: NDArray[np.float64]
    covariates: NDArray[np.float64]


ALIKE: Final = Effects(
    np.zeros(ROOM), np.zeros(ROOM), np.ones(ROOM), np.zeros((ROOM, len(Covariate)))
)


class CountryEffects:
    """Effects of countries, partially pooled: what is documented, then group, then country.

    Parameters
    ----------
    countries : sequence of str
        Names in the order of their codes in a run.
    groups : ndarray of uint8, shape (countries,)
        `OriginGroup` of each.
    """

    def __init__(
        self, registry: Registry, countries: Sequence[str], groups: NDArray[np.uint8]
    ) -> None:
        self._practice = CountryPractice(registry, countries)
        self._codes = by_code(registry, countries)
        self._group = np.array([NAMED_GROUPS.index(OriginGroup(each)) for each in groups])

    def at(self, week: int, now: Values, listed: NDArray[np.float64]) -> Effects:
        """Return the effects of a week.

        Where nobody weighs, the contrast between groups is all that acts.

        Parameters
        ----------
        week : int
            The week.
        listed : ndarray of float, shape (4, 2, countries or more)
            Shares of nationals on each list, as `SchemeLists.at` returns them.
        """
        covariates = np.zeros((len(self._codes), len(Covariate)))
        covariates[:, _DATED] = self._practice.at(week)
        covariates[:, _LISTED] = listed[_OF_LISTS, 0, : len(self._codes)].T
        contrast = np.array(
            centred_contrast(now.number("safe_ratio_forced"), now.number("safe_country_weight"))
        )[self._group]
        none = np.zeros(len(self._codes))
        if not chosen(now, "decision")():
            return Effects(none, none, contrast, covariates)
        to_return = self._on_option(now, covariates, RETURN)
        hiding = self._on_option(now, covariates, HIDING)
        coefficients = np.zeros(len(Covariate))
        coefficients[_OTHERS] = now.vector("country_cooperation_covariates")
        coefficients[Covariate.READMISSION] = now.number("country_cooperation_agreement")
        coefficients[Covariate.STRATEGIC] = now.number("country_cooperation_strategic")
        own = self._own(now, "country_cooperation_scale", "country_cooperation_scores")
        agrees = cooperation(
            pooled_effect(covariates, coefficients, none, own),
            contrast,
            now.vector("origin_cooperation_factor")[self._group],
        )
        return Effects(to_return, hiding, agrees, covariates)

    def _on_option(
        self, now: Values, covariates: NDArray[np.float64], names: OfOption
    ) -> NDArray[np.float64]:
        """Return the effect of each country on an option, in log odds against waiting."""
        scores = now.vector(names.group_scores)
        of_group = scaled_scores(now.number(names.group_scale), scores)[self._group]
        own = self._own(now, names.scale, names.scores)
        documented = covariates[:, _ON_OPTIONS]
        return pooled_effect(documented, now.vector(names.covariates), of_group, own)

    def _own(self, now: Values, scale: str, scores: str) -> NDArray[np.float64]:
        """Return the part of each country itself, from records of scale and scores."""
        return np.asarray(scaled_scores(now.number(scale), now.vector(scores))[self._codes])
