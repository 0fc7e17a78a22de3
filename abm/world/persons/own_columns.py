"""The columns of what persons are, have, believe and weigh; `columns` adds guidance and help."""

from __future__ import annotations

from typing import Annotated

from .column import (
    ENDING,
    GOING_HOME,
    GUIDING,
    MOVING,
    OPENING,
    Bool,
    Column,
    Float32,
    Int32,
    Int64,
    UInt8,
    UInt64,
)


class OwnColumns:
    """One array for each attribute of persons but those of guidance and help."""

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
    phase: Annotated[UInt8, Column("code", enum="LegalPhase", moved_by=ENDING)]
    phase_since: Annotated[Int32, Column("week in which the legal phase began", moved_by=ENDING)]
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
    effort_since: Annotated[
        Int32,
        Column(
            "week since which the household, obliged to leave, makes every effort without papers, "
            "or 0",
            moved_by=("decide_law", "prepare"),
        ),
    ]
    deferred_until: Annotated[
        Int32,
        Column(
            "week in which a deferral of departure on medical grounds ends, or 0",
            moved_by=ENDING,
        ),
    ]
    place: Annotated[UInt8, Column("code", enum="Place", moved_by=MOVING)]
    place_since: Annotated[
        Int32, Column("week in which the stay at the place began", moved_by=MOVING)
    ]
    night_turn: Annotated[
        Int32,
        Column(
            "week in which weeks in a night shelter on condition began, or 0 if never",
            moved_by=("place",),
        ),
    ]
    living_allowance: Annotated[
        Bool,
        Column("whether the municipal desk pays a living allowance", moved_by=("place",)),
    ]
    spell_open: Annotated[Bool, Column("whether a DT&V file is open", moved_by=ENDING)]
    spell_since: Annotated[
        Int32, Column("week in which the open or last file was opened", moved_by=OPENING)
    ]
    spells: Annotated[UInt8, Column("files opened so far", moved_by=OPENING)]
    cooperates: Annotated[
        Bool, Column("whether the household works on its departure", moved_by=GUIDING)
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
    savings_eur: Annotated[Float32, Column("euro saved", moved_by=("change", *GOING_HOME))]
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
    stage: Annotated[UInt8, Column("code", enum="Stage", moved_by=("place", "weigh", "prepare"))]
    stage_since: Annotated[
        Int32, Column("week in which the stage began", moved_by=("place", "weigh", "prepare"))
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
