"""What readers look at: figures from tidy tables."""
