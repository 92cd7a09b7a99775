"""How a Device joins the Home Area Network: six named options, and the two older values that differ.

Source: MP231 section 3 item 4 and section 7, 'ZigBee band'.
"""

from enum import StrEnum

from firmpath.pathways.faults import Fault, FirmpathError


class ZigBeeBand(StrEnum):
    """A join option of MP231."""

    ONLY_2_4_GHZ = "2.4 GHz Only"
    ONLY_SUB_GHZ = "Sub-GHz Only"
    MULTI_MAC_AUTO = "Multi MAC Selection – Auto"
    MULTI_MAC_MANUAL = "Multi MAC Selection – Manual"
    MULTI_MAC_EITHER = "Multi MAC Selection – Either"
    DUAL_BAND = "Dual Band"

    @property
    def description(self) -> str:
        """What a Device with this join option does, in plain words."""
        return _DESCRIPTIONS[self]


class LegacyZigBeeBand(StrEnum):
    """A value of the optional field that MP231 replaces; what it means today has to be asked.

    The third old value, `Dual Band`, is spelt like the new one. Which of them is meant cannot be read off
    the text, so rule R22 asks wherever the Device is not a Communications Hub.
    """

    SINGLE_2_4_GHZ = "Single Band (2.4GHz)"
    SINGLE_SUB_GHZ = "Single Band (Sub-GHz)"


_DESCRIPTIONS = {
    ZigBeeBand.ONLY_2_4_GHZ: "Works on the 2.4 GHz band only",
    ZigBeeBand.ONLY_SUB_GHZ: "Works on the Sub-GHz band only",
    ZigBeeBand.MULTI_MAC_AUTO: "Works on either band; the Device picks one by itself when it joins",
    ZigBeeBand.MULTI_MAC_MANUAL: "Works on either band; a person picks one when the Device joins",
    ZigBeeBand.MULTI_MAC_EITHER: "Works on either band; picked by the Device or by a person",
    ZigBeeBand.DUAL_BAND: "Works on both bands at once; Communications Hubs only",
}


def _folded(text: str) -> str:
    """Forgive case, spacing, and the kind of dash."""
    return "".join(text.casefold().replace("–", "-").replace("—", "-").split())


_SPELLINGS: dict[str, ZigBeeBand | LegacyZigBeeBand] = {
    _folded(band.value): band for kind in (LegacyZigBeeBand, ZigBeeBand) for band in kind
}


def parse_zigbee_band(text: str) -> ZigBeeBand | LegacyZigBeeBand:
    """Read a ZigBee band; case, spacing and dashes are forgiven, older values are kept as what they are.

    :raises FirmpathError: neither one of the six join options nor an older value.
    """
    found = _SPELLINGS.get(_folded(text))
    if found is None:
        options = ", ".join(f"'{band.value}'" for band in ZigBeeBand)
        raise FirmpathError(
            Fault("ZigBee band", text, "is not a join option", f"choose one of {options}", rule="R08")
        )
    return found
