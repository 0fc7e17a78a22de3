"""Tables transcribed from the evidence sheets."""
