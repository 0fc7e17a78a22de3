"""From what happened to what the published tables would show."""
