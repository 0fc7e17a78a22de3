"""Every number of the model, with its source."""
