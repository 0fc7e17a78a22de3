"""Runs of the model and the folders they leave."""
