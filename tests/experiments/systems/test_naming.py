"""Which system is meant by a name or by words."""

from __future__ import annotations

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.experiments.systems.naming import meant
from terugkeer.experiments.systems.system import systems

LISTED = systems()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("plans", "plans"),
        ("Bridge to Better", "bridge_to_better"),
        ("Met Opgeheven Hoofd", "opgeheven_hoofd"),
        ("art. 64", "medical_deferral"),
        ("LVV", "lvv"),
        ("borgsom", "deposit"),
        ("buitenschuld", "no_fault_permit"),
        ("AVR-FC", "avr_fc"),  # its name comes before the brackets of another title
        ("Loket", "municipal_desk"),
        ("family location", "family_locations"),
        ("gezinslocatie", "family_locations"),
        ("pardon", "child_pardon"),
        ("procedure", "procedure_length"),
        ("28-day term", "departure_term"),
        ("native counselling", "native_counsellors"),
        ("night shelter", "night_shelter"),
        ("nachtopvang", "night_shelter"),
        ("bed-bad-brood", "night_shelter"),
        ("guided shelter", "amsterdam_programme"),
        ("begeleide opvang", "amsterdam_programme"),
        ("bewaring", "detention"),
        ("detentie", "detention"),
        ("herhaalde aanvraag", "repeat_applications"),
        ("HASA", "repeat_applications"),
        ("Wigk", "wigk"),
        ("Sigma", "sigma"),
        ("REAN", "rean"),
        ("VBL", "vbl"),
        ("leefgeld", "living_allowance"),
        ("laissez-passer", "laissez_passer"),
        ("VRIS", "criminal_chain"),
        ("T-kamer", "t_rooms"),
        ("inreisverbod", "entry_ban"),
        ("meldplicht", "reporting"),
    ],
)
def test_a_system_is_found_by_its_name_by_others_and_by_words(asked: str, name: str) -> None:
    assert meant(LISTED, asked, "en").name == name


@pytest.mark.parametrize("system", LISTED, ids=lambda each: each.name)
def test_every_name_title_and_other_name_finds_its_system(system: object) -> None:
    each = next(one for one in LISTED if one == system)
    for asked in (each.name, *each.also):
        assert meant(LISTED, asked, "en") == each, asked
    titles = [one.title for one in LISTED]
    assert titles.count(each.title) == 1
    assert meant(LISTED, each.title, "nl") == each
    assert meant(LISTED, each.title_nl, "nl") == each


def test_a_word_of_more_than_one_title_names_them() -> None:
    with pytest.raises(InputError, match=r"'inreisverbod terug': unknown\."):
        meant(LISTED, "inreisverbod terug", "en")
    with pytest.raises(InputError, match=r"'counsellors': more than one\. It could be n"):
        meant(LISTED, "counsellors", "en")
    with pytest.raises(InputError, match=r"'family': meer dan één\. Het kan other_permits, "):
        meant(LISTED, "family", "nl")


@pytest.mark.parametrize("asked", ["plns", "", "..."])
def test_an_unknown_system_is_refused(asked: str) -> None:
    with pytest.raises(InputError, match=r"unknown\."):
        meant(LISTED, asked, "en")


def test_the_nearest_name_is_told() -> None:
    with pytest.raises(InputError, match=r"system 'plns': unknown\. Did you mean 'plans'\?"):
        meant(LISTED, "plns", "en")
