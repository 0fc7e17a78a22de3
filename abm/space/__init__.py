"""What varies between runs: factors, ranges, samples, planned runs, outcomes, emulators."""
