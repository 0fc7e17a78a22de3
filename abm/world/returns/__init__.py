"""How returns go, and what follow-ups tell of them.

Rules and codes are in `agents.after_return`; the phase `resettle` calls this room.
"""
