"""Who is tied to whom, and the news that travels over ties."""
