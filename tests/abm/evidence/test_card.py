"""A card says in both languages what an alternative claims, and who claims it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from terugkeer.abm.evidence.card import Card

SOUND: dict[str, object] = {
    "label": {"en": "Each euro counts", "nl": "Elke euro telt"},
    "who": {"en": "A thesis", "nl": "Een scriptie"},
}


def test_a_card_may_have_sources() -> None:
    assert Card.model_validate(SOUND).sources == ()
    (source,) = Card.model_validate({**SOUND, "sources": [{"ref": "s0", "locator": "V3"}]}).sources
    assert (source.ref, source.locator) == ("s0", "V3")


@pytest.mark.parametrize("missing", SOUND)
def test_a_card_needs_both_texts(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        Card.model_validate({key: text for key, text in SOUND.items() if key != missing})
