"""Evidence records, one TOML file a subject."""
