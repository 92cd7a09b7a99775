"""The public names of submissions: short, easy to read out, and not to be guessed one from another."""

import secrets
from typing import Final

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for one another, as 0 and O."""


def new_reference() -> str:
    """Give a reference as in `S-7K3M2Q`, one of 729 million."""
    return "S-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
