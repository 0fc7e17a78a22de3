"""The world: evidence, people, law, places, observation and runs."""
