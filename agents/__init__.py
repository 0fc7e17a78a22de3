"""Agents as Mesa knows them, the codes and sets that all rooms share, and rules of the model.

Agents: `migrant`, `counsellor`, `case_manager`, `country`, and what the few have in common.
Codes: `codes`, `places`, `column`, `traits`, `age`. Rules, as pure functions of arrays: `rules`.
"""
