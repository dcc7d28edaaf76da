"""Files in and out, kept whole, encrypted, named by their content."""
