"""`python -m wardline.cli`, for where the command `wardline` is not on the path."""

import sys

from wardline.cli import main

if __name__ == "__main__":
    sys.exit(main())
