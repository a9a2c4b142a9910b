"""`python -m auzolan` is `auzolan`."""

from auzolan.cli import main

if __name__ == "__main__":
    main()
