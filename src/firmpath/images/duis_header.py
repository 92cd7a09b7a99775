"""What a service request says of itself, the same where it is written and where it is read.

Source: the DCC's published samples.
"""

import re
from typing import Final

from firmpath.images.service_request import ACTIVATE_FIRMWARE, UPDATE_FIRMWARE, UPDATE_PPMID_FIRMWARE

COMMAND_VARIANTS: Final = {UPDATE_FIRMWARE: "8", UPDATE_PPMID_FIRMWARE: "8", ACTIVATE_FIRMWARE: "4"}
"""The CommandVariant of each service request that brings or activates firmware."""

SCHEMA_VERSION: Final = "5.4"
"""The version of the DUIS that the published samples are of; a setting."""

_SCHEMA_VERSION: Final = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,8}){1,2}")


def is_schema_version(text: str) -> bool:
    """Say whether a text is a version of the DUIS, as in `5.4`."""
    return _SCHEMA_VERSION.fullmatch(text) is not None
