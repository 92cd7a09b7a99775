"""How whoever asks about a request does what the answer proposes: by the command, or on a page."""

from typing import Final, NamedTuple


class Ways(NamedTuple):
    """The words for where to say what one answers for, and what becomes of the repaired list.

    `in_use` has `{}` where the status and its reason stand, quoted for a shell.
    """

    status_not_known: str
    age_not_known: str
    in_use: str
    repaired: str


BY_COMMAND: Final = Ways(
    "--status-not-known-because WHY",
    "--age-not-known-because WHY",
    "--in-use {}",
    "--repaired OUT writes that list, and `firmpath requests --devices OUT` takes it",
)
WITH_THE_LIST: Final = BY_COMMAND._replace(repaired="the list and the command are below")
ON_A_PAGE: Final = Ways(
    "below, under “What you answer for”",
    "below, under “What you answer for”",
    "below, under “What you answer for”",
    "the list is below",
)
