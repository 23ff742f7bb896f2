"""``python -m primemover`` is the command line."""

from primemover.cli.main import run

if __name__ == "__main__":
    raise SystemExit(run())
