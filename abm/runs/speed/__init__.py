"""What runs cost: weeks and persons beside an empty Mesa step, and how many runs an hour makes."""
