"""From the guides' tables to states and expressions, and from a failing segment to its fault."""
