"""The browser page: it replays runs that the model makes ahead of it."""
