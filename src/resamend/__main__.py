"""Run the command line: ``python -m resamend``."""

from resamend.cli import main

if __name__ == "__main__":
    main()
