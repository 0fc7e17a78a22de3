"""What runs cost: a person-week beside an empty Mesa step, and many runs an hour."""
