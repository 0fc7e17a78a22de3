"""Shelter that municipalities give: places by lottery, on condition, or by health; and money.

The phase `place` calls it, and keeps the places of the state itself.
"""
