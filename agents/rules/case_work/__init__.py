"""Rules of case managers: what they read, ask, decide, promise and remember."""
