"""What the page keeps of lived weeks, and the worlds that live them."""
