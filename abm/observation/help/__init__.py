"""Help that was given, asked and refused: schemes, methods, case managers, counted."""
