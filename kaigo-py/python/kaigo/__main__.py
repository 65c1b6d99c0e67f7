"""``python -m kaigo``: for people at a terminal, and for pipes."""

from ._cli import main

if __name__ == "__main__":
    raise SystemExit(main())
