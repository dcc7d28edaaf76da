"""What payers permitted and answered before a claim: authorizations, referrals, eligibility."""
