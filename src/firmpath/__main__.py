"""What `python -m firmpath` runs: the command line, where its script is not on the path."""

from firmpath.cli.main import run

if __name__ == "__main__":
    run()
