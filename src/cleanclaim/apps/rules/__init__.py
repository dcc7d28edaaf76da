"""Own rules: what a billing company checks beyond the product, in versions with dates."""
