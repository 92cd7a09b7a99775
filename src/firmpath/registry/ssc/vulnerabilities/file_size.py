"""How large a file of vulnerabilities may be, whatever its form and by whichever way it comes."""

from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import LARGEST_SENT_OCTETS

RIGHT: Final = "send it in parts, each with all that it says of its vulnerabilities"


def refuse_large(octets: int) -> None:
    """Let a file pass of so many octets.

    :raises FirmpathError: they are too many.
    """
    if octets > LARGEST_SENT_OCTETS:
        wrong = f"is larger than {LARGEST_SENT_OCTETS // 2**20} MiB"
        raise FirmpathError(Fault("File", "", wrong, RIGHT, quoted=False))
