"""Ways to a partner: each declares what it can carry, and says whether a failed send is sure."""
