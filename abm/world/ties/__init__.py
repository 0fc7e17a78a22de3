"""Ties between households, and the news and rumours that travel over them.

What news does to beliefs is in the phase `hear`.
"""
