"""The codes that columns hold: explicit integers, never order of definition.

`label` gives the name of a code in tables and figures. A number is never used
again for another code, so files of older runs stay readable.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

import numpy as np


class Code(IntEnum):
    """Whole numbers with names, which numpy takes for plain numbers.

    Before Python 3.12 an enum answers in Python, by an exception, when numpy asks whether
    it has arithmetic of its own: three times slower in every comparison.
    """

    __array_ufunc__: Final = np.ndarray.__array_ufunc__


class Background(Code):
    """How a person came to be under a duty to leave (ODD: Population)."""

    ASYLUM = 0
    OTHER = 1


class OriginGroup(Code):
    """The grouping of countries in tables 3-5 of the policy review (s4 B2-B4)."""

    SAFE = 0
    NOT_SAFE = 1


class Covariate(Code):
    """What is documented of a country of origin, and may bear on its effects."""

    VISA_FREE = 0
    READMISSION = 1
    SAFE_LIST = 2
    HRT = 3
    IN_KIND = 4
    STRATEGIC = 5  # high on the list of countries of the strategic approach


class Household(Code):
    """Kind of household at entry."""

    SINGLE_MAN = 0
    SINGLE_WOMAN = 1
    COUPLE = 2
    ONE_PARENT = 3
    TWO_PARENTS = 4


class Track(Code):
    """Track of the asylum procedure; `NONE` for persons of other background."""

    NONE = 0
    DUBLIN = 1
    SAFE_COUNTRY = 2
    GENERAL = 4
    EXTENDED = 5


class Route(Code):
    """Route by which a person enters the model."""

    ASYLUM = 0
    APPREHENDED = 1
    BORDER = 2
    PERMIT_EXPIRED = 3
    OLDER_HIDDEN = 4


class LegalPhase(Code):
    """Legal phase."""

    PROCEDURE = 0
    APPEAL = 1
    DEPARTURE_TERM = 2
    OBLIGED = 3
    REPEAT_PROCEDURE = 4
    RETURNED = 5


class Place(Code):
    """True place of a person who is in the model."""

    AZC = 0
    AZC_DEPARTURE_TERM = 1
    VBL = 2
    FAMILY_LOCATION = 3
    CLOSED_FAMILY = 4
    REPORTING_DUTY = 5
    NIGHT_SHELTER = 6
    GUIDED_SHELTER = 7
    PRIVATE_NETWORK = 8
    STREET = 9
    DETENTION = 10
    ORIGIN = 11


class Outcome(Code):
    """Recorded outcome with which a DT&V file closes (s4 table 6)."""

    NONE = 0
    INDEPENDENT = 1
    FORCED = 2
    UNOBSERVED = 3
    PERMIT = 4
    OTHER = 5


class Destination(Code):
    """Where a person truly is after an event; `NETHERLANDS`: the person stays here."""

    NETHERLANDS = 0
    ORIGIN = 1
    MEMBER_STATE = 2
    ONWARD = 3
    HOME_UNOBSERVED = 4
    PERMIT = 5
    OTHER = 6


class Stage(Code):
    """How far a person has come on the way to leaving (ODD: Decision)."""

    NOT_CONSIDERING = 0
    CONSIDERING = 1
    INTENDING = 2
    PREPARING = 3


class Option(Code):
    """What a household can choose when it deliberates (ODD: Decision)."""

    WAIT = 0
    RETURN = 1
    OUT_OF_SIGHT = 2
    MOVE_ON = 3


class Force(Code):
    """The side on which a factor bears on returning rather than waiting."""

    PUSH = 0
    PULL = 1
    STAY = 2
    DETER = 3


class Organisation(Code):
    """An organisation that helps people, or refers them to help (ODD: Helpers).

    At most 15 codes, since the column `met` has a bit for each.
    """

    NONE = 0
    IOM = 1
    VWN = 2  # VluchtelingenWerk: its general work
    BRIDGE_TO_BETTER = 3
    MAATWERK = 4  # Maatwerk bij Terugkeer
    ASKV = 5  # with its activation project PAO
    COA = 6
    MUNICIPAL_DESK = 7  # the Vreemdelingenloket of Amsterdam
    CASE_MANAGER = 8  # DT&V: refers, does not counsel
    TIP = 9  # VWN's talks on the future, with an analysis of the flight story (VVA)
    NIEUW_HOOFDSTUK = 10  # Een Nieuw Hoofdstuk, of VWN
    OPGEHEVEN_HOOFD = 11  # Met Opgeheven Hoofd, of VWN
    GOEDWERK = 12
    WERELDWIJD = 13
    GREEN_WAY = 14  # of Solid Road


class Kind(Code):
    """What kind of organisation one is: numbers that no source gives for each go by kind."""

    NONE = 0
    IOM = 1
    VWN = 2  # VluchtelingenWerk and its projects that help to decide
    TRAINING = 3  # return organisations of a town: training, business plan, aftercare
    REINTEGRATION = 4  # return organisations with partners at origin
    LEGAL_AID = 5  # legal options first
    COA = 6
    MUNICIPAL_DESK = 7
    CASE_MANAGER = 8  # DT&V: refers, does not counsel


class Stance(Code):
    """What a counsellor starts from (ODD: Helpers)."""

    LEGAL_FIRST = 0
    ALL_OPTIONS = 1
    RETURN_ORIENTED = 2


class Timing(Code):
    """When an organisation starts to take clients (s0 E3)."""

    PARALLEL_EARLY = 0  # beside a running procedure, from arrival
    AFTER_REJECTION = 1  # from the first rejection, an appeal or not
    SEQUENTIAL_LATE = 2  # when no procedure is left


class Method(Code):
    """A method that a counsellor follows with a household, step by step (`rules.methods`)."""

    NONE = 0  # none begun with the present helper
    SAFE_FUTURE = 1
    BEWOGEN_TERUGKEER = 2
    LIFE_LINE = 3
    FUTURE_IN_PERSPECTIVE = 4  # TIP, of VWN
    OVER = 5  # one was finished or left with the present helper; no other begins


class Reading(Code):
    """What a case manager reads in the signals of a household."""

    UNREAD = 0
    COOPERATES = 1
    AMBIGUOUS = 2
    REFUSES = 3


class Setting(Code):
    """Where a case manager works: rules differ between settings, hardly between managers."""

    AZC = 0
    VBL = 1
    FAMILY_LOCATION = 2
    MUNICIPAL = 3  # outside state shelter: municipal shelter, private network, street
    DETENTION = 4


class Measure(Code):
    """What a case manager does with a file after the tree of s1 C3."""

    KEEP_TERM = 0  # the term or the talks go on as they are
    EXTEND_LOCALLY = 1  # two weeks more, agreed in the local consultation (LTO)
    EXTEND_REGIONALLY = 2  # longer, approved in the regional one (RAO)
    FREEDOM_RESTRICTING = 3  # a place in a freedom-restricting location (VBL)
    GRANT_TIME = 4  # the time asked for, with a referral
    COERCE = 5  # handed to the aliens police (AVIM): review, detention
    STOP_GUIDANCE = 6  # no more talks; shelter ends with the term
    CLOSE = 7  # the file closes without action
    PRESS = 8  # talks more often, with pressure, money or short training


class Tie(Code):
    """What joins two households that tell each other news (ODD: News)."""

    HOUSEHOLD = 0
    KIN = 1
    ARRIVAL = 2  # from one country, arrived at about the same time
    COMPATRIOT = 3  # from one country, at one kind of place
    RESIDENT = 4  # at one kind of place, from any country
    HELPER = 5  # an organisation and its clients


class News(Code):
    """What news is about; the same event can be news of two kinds."""

    RETURN = 0  # how somebody who returned fares
    REMOVAL = 1  # somebody is removed by force
    PERMIT = 2  # somebody gets a permit
    SUPPORT = 3  # somebody has found support for return


class Scheme(IntFlag):
    """Schemes of assistance; a household can have applied for several."""

    NONE = 0
    REAN = 1  # travel and a small sum
    HRT = 2  # cash for reintegration, until 1 July 2017
    IN_KIND = 4  # goods and services through an organisation
    PILOT = 8  # help in kind of the pilot of 2010, instead of cash
    FAMILIES = 16  # goods for families beside cash
    DISCRETIONARY = 32  # what a case manager may pay


class Application(Code):
    """Where an application for assistance stands."""

    NONE = 0
    PENDING = 1
    GRANTED = 2
    REFUSED = 3
    WITHDRAWN = 4


class Payer(Code):
    """Who pays for the journey of a departure."""

    NONE = 0  # nobody: the person leaves for another reason than a journey home
    OWN = 1  # the household, from its savings
    IOM = 2  # basic support, through IOM
    STATE = 3  # a ticket of the departure service


class PartOfHelp(Code):
    """What part help has in a choice to return, as people could say it in a survey."""

    NONE = 0
    INFLUENCE = 1  # it adds at least half of the most that it can add
    DECISIVE = 2  # without it the household would have chosen otherwise


class Reason(Code):
    """Why an application for assistance is refused, withdrawn, or granted in part."""

    NONE = 0
    EARLIER_SUPPORT = 1  # refused: left at public cost in the years before
    MEANS = 2  # refused: savings cover the journey
    NOTHING_OPEN = 3  # refused: no scheme is open to the household
    OTHERWISE = 4  # refused: reasons outside the model
    CHANGED_MIND = 5  # withdrawn: the household no longer prepares to leave
    BARRED_FROM_CASH = 6  # withdrawn: it hoped for cash and cannot have it
    NO_PLACE = 7  # granted, but without help in kind: no place was free


class Dimension(Code):
    """A dimension of being embedded after return (s0 J)."""

    ECONOMIC = 0
    SOCIAL = 1
    PSYCHOSOCIAL = 2


class Embeddedness(Code):
    """How embedded a person is in one dimension (s3 B.10)."""

    NONE = 0  # not judged, or left again
    LOW = 1
    AVERAGE = 2
    HIGH = 3


class Went(Code):
    """How a return went by the time of a follow-up."""

    NONE = 0
    SUSTAINED = 1  # still there, low in no dimension
    HARD = 2  # still there, low in at least one
    LEFT_AGAIN = 3


class Plan(Code):
    """A household's plan for its life after return, and what came of it (s1 B10)."""

    NONE = 0
    MADE = 1  # before the return, or by a household that has left again
    CARRIED_OUT = 2
    PARTLY = 3  # carried out in part, with good prospects
    PROSPECTS = 4  # not carried out, but with good prospects
    NOTHING = 5  # not carried out, and no good prospects


class Help(Code):
    """Help that a person had who went home independently."""

    TRAINING = 0  # for work or a business
    AFTERCARE = 1
    IN_KIND = 2
    CASH = 3


class Danger(Code):
    """Band of danger of a country of origin, as it is or as a person believes it."""

    NONE = 0
    LOW = 1
    MIDDLE = 2
    HIGH = 3


def label(code: IntEnum) -> str:
    """Return the label of a code as tables print it: its name in lower case."""
    return code.name.lower()
