"""Tables transcribed from the sources."""
