"""Persons as columns, and as Mesa agents when somebody asks for them.

`columns` lists the columns, `people` holds them. The other files make Mesa's agent sets of
them; the phases never use those. What happens to persons is in other rooms.
"""
