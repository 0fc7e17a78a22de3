"""What varies between runs: factors, ranges, samples, measured outcomes, emulators."""
