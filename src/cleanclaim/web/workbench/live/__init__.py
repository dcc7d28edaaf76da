"""The page records filled from the capabilities, within what the signed-in person may see."""
