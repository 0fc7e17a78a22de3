"""Who enters, when, and what they bring."""
