"""What was done, by whom, why and with what outcome: append only, chained, verifiable."""
