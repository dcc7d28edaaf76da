"""Claims: one for each payer level, their versions, findings and timeline."""
