"""Example pages as in the pictures of the design; every person, payer and number is made up."""
