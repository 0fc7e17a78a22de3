"""How returns go, and what is seen of them."""
