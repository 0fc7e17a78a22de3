"""The commands of `terugkeer`, one file each."""
