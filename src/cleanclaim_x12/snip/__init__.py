"""The seven SNIP types: envelopes here, the guide in `grammar`, business rules in the others."""
