"""Hostile input by the million: `python -m tests.fuzzing`, or `tests.fuzzing.guided` by what it reaches."""
