"""Every decision of the product, pure: no framework, clock, chance or wire."""
