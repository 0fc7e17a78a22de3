"""Those who help, press and pay: schemes, organisations, case managers."""
