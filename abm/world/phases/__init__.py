"""The phases of a week, one file each."""
