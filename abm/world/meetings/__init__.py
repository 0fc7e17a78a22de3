"""Meetings: talks with case managers, sessions with counsellors, applications for assistance.

The phase `meet` calls `talks` and `counsel`, the phase `prepare` calls `applications`. What the
helpers themselves can do and hold is in `help`.
"""
