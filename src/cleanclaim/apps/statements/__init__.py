"""What patients owe, pay and get back, and what persons decide about balances."""
