"""What a week does to health, money and outlook."""
