"""Tools on top of Django and the machine that know no word of billing."""
