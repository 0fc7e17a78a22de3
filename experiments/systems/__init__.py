"""What each system of the documents does in the model: measured effects, list and page."""
