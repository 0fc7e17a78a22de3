"""Kinds of organisations: what each organisation is, so that no picture compares real ones."""

from __future__ import annotations

from typing import Final

import numpy as np

from .codes import Kind, Organisation, label

HELPERS: Final = tuple(
    each
    for each in Organisation
    if each not in (Organisation.NONE, Organisation.CASE_MANAGER)  # refers, does not counsel
)
# kinds that help, in the order of the records that list them
KINDS: Final = tuple(each for each in Kind if each not in (Kind.NONE, Kind.CASE_MANAGER))
KIND_OF: Final = np.zeros(len(Organisation), dtype=np.intp)  # by code of `Organisation`
for _organisation, _kind in {
    Organisation.IOM: Kind.IOM,
    Organisation.VWN: Kind.VWN,
    Organisation.TIP: Kind.VWN,  # s3 C.3: VWN's own talks
    Organisation.NIEUW_HOOFDSTUK: Kind.VWN,  # s0 J: guidance on choices, before departure
    Organisation.OPGEHEVEN_HOOFD: Kind.REINTEGRATION,  # s0 J: with partners at origin
    Organisation.BRIDGE_TO_BETTER: Kind.TRAINING,  # s0 C3 L215-231
    Organisation.GOEDWERK: Kind.TRAINING,  # the other return organisation of Amsterdam: s1 B1
    Organisation.MAATWERK: Kind.REINTEGRATION,  # s0 C3 L2274-2305
    Organisation.WERELDWIJD: Kind.REINTEGRATION,  # s0 C3 L2258-2272
    Organisation.GREEN_WAY: Kind.REINTEGRATION,  # s4 F7 L4399-4410: a house and training there
    Organisation.ASKV: Kind.LEGAL_AID,
    Organisation.COA: Kind.COA,
    Organisation.MUNICIPAL_DESK: Kind.MUNICIPAL_DESK,
    Organisation.CASE_MANAGER: Kind.CASE_MANAGER,
}.items():
    KIND_OF[_organisation] = _kind
# labels of kinds by those of organisations: pictures and pages compare no real organisations
KIND_LABELS: Final = {label(each): label(Kind(KIND_OF[each])) for each in HELPERS}
