"""Talks, counselling sessions, applications for assistance."""
