"""The world that persons live in, week by week."""
