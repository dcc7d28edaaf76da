"""`python -m cleanclaim_x12` is the command `x12`."""

import sys

from cleanclaim_x12.cli import main

if __name__ == "__main__":
    sys.exit(main())
