"""Who acts; their rules are pure functions of arrays."""
