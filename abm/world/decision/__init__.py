"""How households weigh their options, and what follows from a choice."""
