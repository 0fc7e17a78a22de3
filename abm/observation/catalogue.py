"""All tables in one list: those that the model produces, and why it produces no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from .caseload import CASELOAD
from .cohorts import COHORT_TABLES
from .departures import DEPARTURE_TABLES
from .events import Events
from .families import FAMILY_TABLES
from .flows import PATH_TABLES
from .harm import HARM_TABLES
from .help.assistance import ASSISTANCE_TABLES
from .help.case_managers import CASE_MANAGER_TABLES
from .help.journey_home import JOURNEY_HOME_TABLES
from .help.methods import METHOD_TABLES
from .help.scheme_funnel import SCHEME_TABLES
from .journeys import JOURNEY_TABLES
from .law.agreements import AGREEMENT_TABLES
from .law.municipal_shelter import SHELTER_TABLES
from .law.procedures import PROCEDURE_TABLES
from .law.removals import REMOVAL_TABLES
from .lived import LIVED_TABLES
from .measures import MEASURES_TABLES
from .observer import NotProduced, Observed, Observer
from .reintegration import REINTEGRATION_TABLES
from .returns import RETURN_TABLES
from .spending import SPENDING_TABLES
from .stays import STAY_TABLES
from .voluntariness import VOLUNTARINESS_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..world.events import EventLog

OBSERVERS: Final[tuple[Observer, ...]] = (
    *CASELOAD,
    *MEASURES_TABLES,
    *AGREEMENT_TABLES,
    *DEPARTURE_TABLES,
    *HARM_TABLES,
    *SHELTER_TABLES,
    *STAY_TABLES,
    *VOLUNTARINESS_TABLES,
    *PATH_TABLES,
    *ASSISTANCE_TABLES,
    *JOURNEY_TABLES,
    *CASE_MANAGER_TABLES,
    *PROCEDURE_TABLES,
    *REMOVAL_TABLES,
    *METHOD_TABLES,
    *JOURNEY_HOME_TABLES,
    *SCHEME_TABLES,
    *RETURN_TABLES,
    *REINTEGRATION_TABLES,
    *LIVED_TABLES,
    *FAMILY_TABLES,
    *COHORT_TABLES,
    *SPENDING_TABLES,
)

NOT_PRODUCED: Final = (
    NotProduced(
        "asylum_applications_2013_2017_by_nationality",
        "input",
        "drives who enters; departures include people who never asked for asylum, so no ratio "
        "of the two is a rate of return",
    ),
    NotProduced("asylum_inflow_monthly", "input", "drives when persons of asylum background enter"),
    NotProduced("asylum_requests_and_grants", "input", "drives how many enter after a rejection"),
    NotProduced(
        "departures_by_nationality_all_types",
        "input",
        "the mix of nationalities that enters is borrowed from it",
    ),
    NotProduced(
        "dtv_expenditure_keur",
        "context",
        "budgets of one service; unit prices are drawn from it (records that begin with price_), "
        "so agreement with the table spending would be no success",
    ),
    NotProduced("first_applicants_sex_child", "input", "drives sex and age at entry"),
    NotProduced(
        "hrt_users",
        "context",
        "covers 2009 and nine months of 2010, before the years that are reported; users of later "
        "years stand under hrt_cash in the table iom_support_received",
    ),
    NotProduced(
        "irregular_residents_estimates",
        "input",
        "bounds the prior of older hidden persons; it counts many people who never met DT&V",
    ),
    NotProduced(
        "must_leave_vs_demonstrable",
        "context",
        "counts every duty to leave, also through police and border, which the model leaves out",
    ),
    NotProduced(
        "national_departures_by_type",
        "context",
        "also counts departures through police and border and after a sentence, and conflicts with "
        "the table by "
        "origin; the table national_independent holds what the model knows of its first row",
    ),
    NotProduced(
        "national_departures_total_by_origin_group",
        "context",
        "also counts departures through police and border",
    ),
    NotProduced("origin_conditions", "input", "drives conditions at origin"),
    NotProduced(
        "safe_country_share_of_first_applications", "input", "drives the share of safe origin"
    ),
    NotProduced("country_codes", "input", "says under which codes effects of countries stand"),
    NotProduced("country_practice", "input", "says what is documented of countries, by day"),
    NotProduced("scheme_countries", "input", "says which nationals may use which scheme"),
    NotProduced(
        "sdt_2010_activity",
        "context",
        "counts contacts, not persons, and covers months before the years that are reported; "
        "persons who leave with the pilot stand under departed:pilot in the table assistance",
    ),
)


def observe(
    log: EventLog,
    weekly: pd.DataFrame,
    first_year: int,
    last_year: int,
    scale: float,
    *,
    observers: Sequence[Observer] = OBSERVERS,
    circumstances: pd.DataFrame | None = None,
    spending: pd.DataFrame | None = None,
    undecided: Mapping[int, float] | None = None,
) -> pd.DataFrame:
    """Count every table of a run.

    Parameters
    ----------
    log : EventLog
        What happened, the spin-up included.
    weekly : pandas.DataFrame
        `RunResult.weekly`.
    first_year, last_year : int
        Years to report, both included.
    observers : sequence of Observer, optional
        The tables to count.
    circumstances, spending : pandas.DataFrame, optional
        `RunResult.circumstances` and `RunResult.spending`.
    undecided : mapping of int to float, optional
        `RunResult.undecided`.

    Returns
    -------
    pandas.DataFrame
        Columns `year` (int), `table, item, group` (str) and `persons`
        (float; persons, except where the observer says otherwise). Every item
        stands in every year and group, also with nobody in it; its value is
        missing where the run can't tell.
    """
    observed = Observed(Events(log), weekly, scale, circumstances, spending, undecided)
    return pd.concat(
        [observer.rows(observed, first_year, last_year) for observer in observers],
        ignore_index=True,
    )
