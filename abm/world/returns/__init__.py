"""How returns go, and what follow-ups tell of them.

Rules and codes are in `agents.rules.after_return`; the phase `resettle` calls this room.
"""
