"""Code tables on disk: official files in, releases kept side by side, one set in force."""
