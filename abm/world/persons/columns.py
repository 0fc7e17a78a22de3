"""The columns of persons, listed once: type, unit, and the phases that may change each.

The block of persons, their views, the plan of the week and the log are made from this list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
UInt8 = NDArray[np.uint8]
UInt16 = NDArray[np.uint16]
UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float32 = NDArray[np.float32]

# phases that open, guide and end files, and that move persons
_OPENING: Final = ("decide_law", "place", "enforce")
_GUIDING: Final = ("decide_law", "place", "meet", "enforce")
_ENDING: Final = ("decide_law", "place", "enforce", "exit")
_GOING_HOME: Final = ("place", "enforce", "exit")
_MOVING: Final = ("decide_law", "place", "change", "enforce", "exit")


@dataclass(frozen=True)
class Column:
    """Unit, codes and type of a column, and the phases that change it.

    Parameters
    ----------
    unit : str
        Unit or meaning of the values.
    enum : str, optional
        Name of the enumeration in `agents.codes` that the values belong to.
    moved_by : tuple of str, optional
        Phases that may change it; empty if the value is given at entry for life.
    dtype : type, optional
        Numpy scalar type; filled in from the annotation of the column.
    """

    unit: str
    enum: str = ""
    moved_by: tuple[str, ...] = ()
    dtype: type[Any] = np.generic

    @property
    def fixed(self) -> bool:
        """Whether the value is given at entry and never changes."""
        return not self.moved_by


class Columns:
    """One array for each attribute of persons, all of equal length."""

    person: Annotated[Int64, Column("person number")]
    household: Annotated[Int64, Column("household number: person number // 16")]
    key: Annotated[UInt64, Column("hash of the person number, for keyed draws")]
    household_key: Annotated[UInt64, Column("hash of the household number, for keyed draws")]
    traits: Annotated[Int32, Column("packed fixed traits (agents.traits)")]
    background: Annotated[UInt8, Column("code", enum="Background")]
    origin_group: Annotated[UInt8, Column("code", enum="OriginGroup")]
    country: Annotated[UInt8, Column("index of the country of origin")]
    household_kind: Annotated[UInt8, Column("code", enum="Household")]
    route: Annotated[UInt8, Column("code", enum="Route")]
    track: Annotated[UInt8, Column("code", enum="Track")]
    dublin: Annotated[Bool, Column("whether another member state is responsible")]
    female: Annotated[Bool, Column("whether the person is a woman or girl")]
    birth_week: Annotated[Int32, Column("week of birth")]
    youngest_birth_week: Annotated[Int32, Column("week of birth of the household's youngest")]
    eldest_birth_week: Annotated[
        Int32, Column("week of birth of the eldest child, or of the first member")
    ]
    household_size: Annotated[UInt8, Column("persons")]
    arrival_week: Annotated[Int32, Column("week of arrival in the Netherlands")]
    decision_week: Annotated[Int32, Column("week of the first decision on asylum")]
    phase: Annotated[UInt8, Column("code", enum="LegalPhase", moved_by=_ENDING)]
    phase_since: Annotated[Int32, Column("week in which the legal phase began", moved_by=_ENDING)]
    appeals: Annotated[
        Bool,
        Column("whether an appeal runs without a right to stay", moved_by=("decide_law",)),
    ]
    lost_week: Annotated[
        Int32,
        Column(
            "week in which such an appeal was last lost, or 0 if never", moved_by=("decide_law",)
        ),
    ]
    place: Annotated[UInt8, Column("code", enum="Place", moved_by=_MOVING)]
    place_since: Annotated[
        Int32, Column("week in which the stay at the place began", moved_by=_MOVING)
    ]
    spell_open: Annotated[Bool, Column("whether a DT&V file is open", moved_by=_ENDING)]
    spell_since: Annotated[
        Int32, Column("week in which the open or last file was opened", moved_by=_OPENING)
    ]
    spells: Annotated[UInt8, Column("files opened so far", moved_by=_OPENING)]
    cooperates: Annotated[
        Bool, Column("whether the household works on its departure", moved_by=_GUIDING)
    ]
    document: Annotated[
        Bool,
        Column(
            "whether a travel document or agreement to take back is there", moved_by=("prepare",)
        ),
    ]
    detentions: Annotated[
        UInt8, Column("times placed in detention so far", moved_by=("place", "enforce"))
    ]
    frailty: Annotated[Float32, Column("multiplier on the hazard of papers without cooperation")]
    unsheltered_weeks: Annotated[
        Float32, Column("weeks lived without stable shelter (glossary)", moved_by=("change",))
    ]
    resilience: Annotated[Float32, Column("standard deviations, in health and agency")]
    optimism: Annotated[Float32, Column("standard deviations, in hope and prospects")]
    mental: Annotated[Float32, Column("mental health, 0 to 1", moved_by=("change",))]
    physical: Annotated[Float32, Column("physical health, 0 to 1", moved_by=("change",))]
    agency: Annotated[
        Float32, Column("own direction against passivity, 0 to 1", moved_by=("meet", "change"))
    ]
    schooling: Annotated[Float32, Column("schooling, 0 to 1; it counts once of age")]
    worked_at_origin: Annotated[
        Bool, Column("whether the adult worked or had a business at origin before leaving")
    ]
    skills: Annotated[
        Float32,
        Column(
            "skills for work or a business at origin, 0 to 1; they count once of age",
            moved_by=("meet",),
        ),
    ]
    debt_eur: Annotated[Float32, Column("euro owed", moved_by=("change",))]
    social_debt: Annotated[
        Float32, Column("what kin expect and is not met, 0 to 1", moved_by=("meet", "change"))
    ]
    savings_eur: Annotated[Float32, Column("euro saved", moved_by=("change", *_GOING_HOME))]
    income_eur: Annotated[Float32, Column("euro a week, of the last week", moved_by=("change",))]
    journey_cost_eur: Annotated[Float32, Column("euro paid for the journey")]
    ties_nl: Annotated[
        Float32, Column("ties in the Netherlands, 0 to 1", moved_by=("meet", "change"))
    ]
    ties_origin: Annotated[Float32, Column("ties at origin, 0 to 1", moved_by=("meet", "change"))]
    wanted_at_home: Annotated[
        Bool, Column("whether kin at origin want the household back", moved_by=("meet", "change"))
    ]
    identified: Annotated[
        Bool, Column("whether identity is disclosed and can be shown", moved_by=("prepare",))
    ]
    believed_safety: Annotated[
        Float32, Column("safety believed at origin, 0 to 1", moved_by=("meet", "hear", "change"))
    ]
    believed_livelihood: Annotated[
        Float32,
        Column(
            "livelihood believed possible at origin, 0 to 1", moved_by=("meet", "hear", "change")
        ),
    ]
    illegality_prospects: Annotated[
        Float32,
        Column("prospects believed of life without papers, 0 to 1", moved_by=("meet", "change")),
    ]
    threat: Annotated[
        Float32, Column("believed chance of removal, 0 to 1", moved_by=("hear", "change"))
    ]
    hope: Annotated[
        Float32, Column("believed chance of a permit, 0 to 1", moved_by=("meet", "hear", "change"))
    ]
    knowledge: Annotated[
        Float32,
        Column("knowledge of support, 0 to 1", moved_by=("meet", "hear", "change", "prepare")),
    ]
    justice: Annotated[
        Float32, Column("felt justice of the procedure, 0 to 1", moved_by=("meet", "change"))
    ]
    trust_state: Annotated[
        Float32, Column("trust in the state, 0 to 1", moved_by=("meet", "hear", "change"))
    ]
    trust_iom: Annotated[
        Float32, Column("trust in IOM, 0 to 1", moved_by=("meet", "hear", "change"))
    ]
    trust_ngo: Annotated[
        Float32, Column("trust in other organisations, 0 to 1", moved_by=("meet", "hear", "change"))
    ]
    news_week: Annotated[
        Int32,
        Column("week in which the household last heard weighty news, or 0", moved_by=("hear",)),
    ]
    price_share: Annotated[
        Float32,
        Column(
            "share of the surveyed price for which the person would return", moved_by=("change",)
        ),
    ]
    reservation_eur: Annotated[
        Float32, Column("euro at which assistance counts for half; inf: money plays no role")
    ]
    push: Annotated[
        Float32, Column("log odds of return against waiting, from push", moved_by=("weigh",))
    ]
    pull: Annotated[
        Float32, Column("log odds of return against waiting, from pull", moved_by=("weigh",))
    ]
    stay: Annotated[
        Float32, Column("log odds against return, from ties and life here", moved_by=("weigh",))
    ]
    deter: Annotated[
        Float32, Column("log odds against return, from fears of origin", moved_by=("weigh",))
    ]
    lean_hide: Annotated[
        Float32,
        Column(
            "log odds of the household for going out of sight against waiting", moved_by=("weigh",)
        ),
    ]
    lean_move_on: Annotated[
        Float32,
        Column("log odds of the household for moving on against waiting", moved_by=("weigh",)),
    ]
    stage: Annotated[UInt8, Column("code", enum="Stage", moved_by=("weigh", "prepare"))]
    stage_since: Annotated[
        Int32, Column("week in which the stage began", moved_by=("weigh", "prepare"))
    ]
    choice: Annotated[
        UInt8,
        Column(
            "code",
            enum="Option",
            moved_by=("decide_law", "place", "change", "weigh", "enforce", "exit"),
        ),
    ]
    draws_in_a_row: Annotated[
        Int32,
        Column("draws of return in a row; below 0: of other options in a row", moved_by=("weigh",)),
    ]
    tipped: Annotated[
        Bool,
        Column("whether help tipped one of the last draws of return in a row", moved_by=("weigh",)),
    ]
    # guidance and help; the same for all members of a household
    talks: Annotated[
        UInt8, Column("talks with a case manager in the open or last file", moved_by=_GUIDING)
    ]
    refusals: Annotated[
        UInt8, Column("refusals counted in the open or last file", moved_by=_GUIDING)
    ]
    reading: Annotated[UInt8, Column("code", enum="Reading", moved_by=_GUIDING)]
    talked_week: Annotated[
        Int32, Column("week of the last talk with a case manager, or 0", moved_by=("meet",))
    ]
    held_talks: Annotated[
        UInt8, Column("talks in the last detention that had any", moved_by=("meet",))
    ]
    ticket: Annotated[
        Bool,
        Column(
            "whether a ticket that the state pays is arranged in the present file",
            moved_by=_GUIDING,
        ),
    ]
    discretionary_eur: Annotated[
        Float32, Column("euro that a case manager has promised", moved_by=("meet", *_GOING_HOME))
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
        Int32, Column("week in which the last file was closed, or -1", moved_by=_ENDING)
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
