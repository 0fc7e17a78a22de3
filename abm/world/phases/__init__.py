"""The thirteen phases of a week, one file for each; `plan` has their order.

A phase says when things happen, and changes lives only through the methods of `World` and the
columns that `persons.columns` lists for it. What it needs to know is in the rooms before this.
"""
