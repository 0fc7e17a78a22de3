from __future__ import annotations

import pytest
from terugkeer.abm.evidence.registry import Registry, load_registry

from tests.conftest import write_evidence


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The sound folder of evidence, loaded once; nobody can change a registry."""
    return load_registry(write_evidence(tmp_path_factory.mktemp("sound") / "evidence"))
