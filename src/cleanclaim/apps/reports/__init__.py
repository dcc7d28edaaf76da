"""Reports: sums of ledger lines, each with the lines behind it."""
