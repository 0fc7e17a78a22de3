"""What a week does to health, money and outlook of everybody in the Netherlands.

The phase `change` calls it. What meetings and news do is in `meetings` and the phase `hear`.
"""
