"""Golden stories played through the real services in a company of their own."""
