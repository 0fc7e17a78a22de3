"""Persons as columns, and as Mesa agents when somebody asks for them."""
