"""Words that every floor shares: money, findings, ids, identifiers, dates. Pure."""
