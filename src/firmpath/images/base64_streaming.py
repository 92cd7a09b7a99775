"""Base64 that comes piece by piece, as in the text of an XML element; white space in it is of no account.

Source: RFC 4648; XML Schema, `base64Binary`.
"""

from binascii import Error, a2b_base64, b2a_base64
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError

_SPACE: Final = b" \t\r\n"


class Base64Reader:
    """Decodes Base64 of any length, and keeps at most three characters of it."""

    def __init__(self, term: str) -> None:
        self._term = term
        self._rest = b""
        self._has_ended = False

    def feed(self, text: str) -> bytes:
        """Decode the next piece, but for what is left over for the one after.

        :raises FirmpathError: it has a character that Base64 does not have, or goes on after its end.
        """
        try:
            octets = self._rest + text.encode("ascii").translate(None, _SPACE)
            if self._has_ended and octets:
                raise Error
            cut = len(octets) - len(octets) % 4
            decoded = a2b_base64(octets[:cut], strict_mode=True)
            if b2a_base64(decoded, newline=False) != octets[:cut]:  # more signs of its end than one end has
                raise Error
        except (Error, UnicodeEncodeError):
            raise FirmpathError(self._fault("is not Base64")) from None
        self._rest = octets[cut:]
        self._has_ended |= octets[:cut].endswith(b"=")
        return decoded

    def finish(self) -> None:
        """See that nothing is left over.

        :raises FirmpathError: it was cut off.
        """
        if self._rest:
            raise FirmpathError(self._fault("is Base64 that was cut off"))

    def _fault(self, wrong: str) -> Fault:
        return Fault(self._term, "", wrong, "give the OTA file in Base64, whole", quoted=False)
