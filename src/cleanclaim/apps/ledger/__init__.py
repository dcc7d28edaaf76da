"""The ledger: the journal of every practice, append only, and the balances it adds up to."""
