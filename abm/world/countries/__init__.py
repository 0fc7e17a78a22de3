"""Countries of origin: what is true and documented of them, and their effects (ODD: Countries)."""
