"""What a practice charges, and what its payers have agreed to pay."""
