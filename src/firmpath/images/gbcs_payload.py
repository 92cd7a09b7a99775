"""The firmware version in a Device's answer to an 11.2, as the GBCS has it.

One use case is read: ECS52, by which ESME, SAPC and hubs answer. Its shape is that of the two published answers;
what is of another shape is refused. Whether the answer is authentic is not looked into.

Source: GBCS, use case ECS52.
"""

import re
from binascii import Error, a2b_base64
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import FirmwareVersion

_LONGEST: Final = 4_096
_ECS52: Final = re.compile(
    rb"\xdd\0{6}.\x11\0{4}"  # protected by a message authentication code, which is at the end
    rb"\xdf\x09\x02.{8}\x08(?P<device>.{8})\x08.{8}\0"  # an answer: from whom, and to whom
    rb"(?:\x02\0\x59|\x12\0\x59.{16})"  # the use case
    rb"\x11\xda.{4}\0\0\x01\x09\x04(?P<version>.{4})\x01\x01\0"  # one value of four octets, read with success
    rb"\0.{12}",
    re.DOTALL,
)


class VersionRead(NamedTuple):
    """What a Device answered: its Device ID and its firmware version."""

    device_id: str
    firmware_version: FirmwareVersion


def parse_version_read(text: str) -> VersionRead:
    """Read a GBCSPayload, which is Base64.

    :raises FirmpathError: it is not Base64, or not an answer by use case ECS52 that succeeded.
    """
    if len(text) > _LONGEST:  # what is left out of it would be judged by nobody
        wrong = f"has {len(text):,} characters"
        raise FirmpathError(Fault("GBCSPayload", "", wrong, f"{_LONGEST:,} are enough for any", quoted=False))
    try:
        octets = a2b_base64("".join(text.split()).encode("ascii"), strict_mode=True)
    except (Error, UnicodeEncodeError):
        raise FirmpathError(Fault("GBCSPayload", "", "is not Base64", "give it whole", quoted=False)) from None
    found = _ECS52.fullmatch(octets)
    if not found:
        wrong = "is not an answer by use case ECS52, the one that is read here"
        right = "read the version out of it with your own tool, and write it as in Firmware version: 0002012F"
        raise FirmpathError(Fault("GBCSPayload", "", wrong, right, quoted=False))
    return VersionRead(
        found["device"].hex("-").upper(),
        FirmwareVersion(found["version"].hex().upper()),
    )
