"""The exchange: connections, control numbers, files out and in."""
