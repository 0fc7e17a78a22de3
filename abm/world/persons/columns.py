"""The columns of persons, listed once: type, unit, and the phases that may change each.

The block of persons, their views, the plan of the week and the log are made from this list.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final, get_args, get_type_hints

from .column import (
    ENDING,
    GOING_HOME,
    GUIDING,
    Bool,
    Column,
    Float32,
    Int32,
    UInt8,
    UInt16,
    UInt32,
)
from .own_columns import OwnColumns


class Columns(OwnColumns):
    """One array for each attribute of persons, all of equal length."""

    # guidance and help; the same for all members of a household
    talks: Annotated[
        UInt8, Column("talks with a case manager in the open or last file", moved_by=GUIDING)
    ]
    refusals: Annotated[
        UInt8, Column("refusals counted in the open or last file", moved_by=GUIDING)
    ]
    reading: Annotated[UInt8, Column("code", enum="Reading", moved_by=GUIDING)]
    talked_week: Annotated[
        Int32, Column("week of the last talk with a case manager, or 0", moved_by=("meet",))
    ]
    first_talk_week: Annotated[
        Int32,
        Column("week of the first talk in the last file that had any, or 0", moved_by=("meet",)),
    ]
    held_talks: Annotated[
        UInt8, Column("talks in the last detention that had any", moved_by=("meet",))
    ]
    ticket: Annotated[
        Bool,
        Column(
            "whether a ticket that the state pays is arranged in the present file",
            moved_by=GUIDING,
        ),
    ]
    discretionary_eur: Annotated[
        Float32, Column("euro that a case manager has promised", moved_by=("meet", *GOING_HOME))
    ]
    helper: Annotated[UInt8, Column("code", enum="Organisation", moved_by=("meet",))]
    helper_since: Annotated[
        Int32, Column("week in which the present helper began", moved_by=("meet",))
    ]
    counsellor: Annotated[
        UInt16, Column("row of the present counsellor, from 1; or 0", moved_by=("meet",))
    ]
    sessions: Annotated[UInt8, Column("sessions with the present helper", moved_by=("meet",))]
    bond: Annotated[Float32, Column("bond with the present helper, 0 to 1", moved_by=("meet",))]
    method: Annotated[UInt8, Column("code", enum="Method", moved_by=("meet",))]
    method_step: Annotated[
        UInt8, Column("steps of the present or last method that are finished", moved_by=("meet",))
    ]
    method_talks: Annotated[
        UInt8, Column("talks held in the next step of the method", moved_by=("meet",))
    ]
    method_week: Annotated[
        Int32, Column("week of the last talk of the method, or 0", moved_by=("meet",))
    ]
    decides_week: Annotated[
        Int32,
        Column("week in which a method last came to a provisional decision", moved_by=("meet",)),
    ]
    horizon: Annotated[
        Float32,
        Column("how far methods have lengthened the time horizon, 0 to 1", moved_by=("meet",)),
    ]
    told: Annotated[
        Float32,
        Column(
            "knowledge of support from sessions alone, where these move no intention, 0 to 1",
            moved_by=("meet",),
        ),
    ]
    heard: Annotated[
        Float32,
        Column(
            "felt justice from sessions alone, where these move no intention, 0 to 1",
            moved_by=("meet",),
        ),
    ]
    kin_sought: Annotated[
        Bool, Column("whether an organisation has sought contact with kin", moved_by=("meet",))
    ]
    met: Annotated[
        UInt16, Column("organisations met so far, a bit for each code", moved_by=("meet",))
    ]
    first_contact: Annotated[
        Int32, Column("week of the first session with a helper, or 0", moved_by=("meet",))
    ]
    awaits: Annotated[
        UInt8,
        Column("code of the organisation waited for", enum="Organisation", moved_by=("meet",)),
    ]
    referred: Annotated[
        UInt8,
        Column(
            "code of the organisation referred to, if pending",
            enum="Organisation",
            moved_by=("meet",),
        ),
    ]
    sender: Annotated[
        UInt8,
        Column(
            "code of the sender of the pending referral", enum="Organisation", moved_by=("meet",)
        ),
    ]
    referred_by: Annotated[
        UInt8,
        Column(
            "code of the sender of the last referral followed",
            enum="Organisation",
            moved_by=("meet",),
        ),
    ]
    applied: Annotated[UInt8, Column("schemes applied for, a bit for each", moved_by=("prepare",))]
    applied_week: Annotated[
        Int32, Column("week of the last application, or 0", moved_by=("prepare",))
    ]
    application: Annotated[UInt8, Column("code", enum="Application", moved_by=("prepare",))]
    awaits_place: Annotated[
        Bool,
        Column("whether an application waits for a place of help in kind", moved_by=("prepare",)),
    ]
    cash_eur: Annotated[
        Float32, Column("euro in cash granted to each adult", moved_by=("prepare",))
    ]
    planned: Annotated[
        Bool,
        Column(
            "whether the household has a plan for its life after return",
            moved_by=("meet", "prepare"),
        ),
    ]
    in_kind_eur: Annotated[
        Float32, Column("euro in kind granted to each adult", moved_by=("prepare",))
    ]
    scheme_steps: Annotated[
        UInt32,
        Column(
            "steps toward each scheme reached so far, six bits of schemes for each step",
            moved_by=("weigh", "prepare"),
        ),
    ]
    closed_week: Annotated[
        Int32, Column("week in which the last file was closed, or -1", moved_by=ENDING)
    ]
    gone: Annotated[
        Bool,
        Column(
            "whether the person has left the model this week",
            moved_by=("decide_law", "place", "enforce", "exit", "resettle"),
        ),
    ]


def _listed() -> dict[str, Column]:
    """Return the columns by name, each with the type of its array."""
    found = {}
    for name, hint in get_type_hints(Columns, include_extras=True).items():
        array, column = get_args(hint)
        (dtype,) = get_args(get_args(array)[1])
        found[name] = replace(column, dtype=dtype)
    return found


COLUMNS: Final = _listed()


def written_in(phase: str) -> tuple[str, ...]:
    """Return the columns that a phase may change."""
    return tuple(name for name, column in COLUMNS.items() if phase in column.moved_by)
