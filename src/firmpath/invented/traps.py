"""Short histories, each of which is a trap, and the one that shows most of them at once.

Releases stand in the order of their listing; `after(0, 2)` means "on top of the releases at positions 0 and 2
of this history". Source of the traps: DOMAIN sections 2, 4 and 8.
"""

from typing import Final

from firmpath.invented import versions
from firmpath.invented.releases import FIRST, SILENT, Mark, Outline, Warned, after
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand

_OLD_BAND: Final = LegacyZigBeeBand.SINGLE_2_4_GHZ.value
_DUAL_BAND: Final = ZigBeeBand.DUAL_BAND.value

SHOWCASE: Final = Outline(
    (DeviceType.ESME,),
    (
        FIRST,
        after(0),
        after(0, 1),
        after(0, 1, 2)._replace(mark=Mark.STONE, notes="New bootloader; stop here"),
        after(3),
        after(3, 4),
        after(3, 4, 5)._replace(mark=Mark.STONE, notes="New key store; stop here"),
        after(6)._replace(notes="Built for the older radio module"),
        after(6)._replace(version_of=7, warned=Warned.EXTENDED, notes="Built for the newer radio module"),
        after(6, 7)._replace(notes="Named the first of two images with one firmware version"),
        after(7, 8, 9),
        after(9)._replace(mark=Mark.DEAD_END, notes="Field trial in one town"),
        SILENT,
        after(12),
    ),
    opens_in=(2018, 2018),
)
"""A meter's pathway from 0 to 10 by the stones 3 and 6, twins 7 and 8, the dead end 11, and silence at 12.

The newest, 13, goes on top of 12 alone, and nobody has said what 12 goes on top of.
"""

OLD_METER: Final = Outline(
    (DeviceType.GSME,),
    (
        FIRST._replace(bare=True, band=_OLD_BAND),
        after(0)._replace(bare=True, band=_DUAL_BAND, removed=True),
        after(1)._replace(band=_OLD_BAND),
        SILENT._replace(bare=True),
        after(2)._replace(removed=True),
    ),
    opens_in=(2016, 2016),
    version_style=versions.like_an_exponent,
)
"""Old band values; the middle and the newest removed; 2 names the removed 1 alone; 3 stands alone."""

SHARED_IMAGE: Final = Outline(
    (DeviceType.ESME, DeviceType.PPMID),
    (
        FIRST,
        FIRST._replace(device=1),
        after(0),
        after(1)._replace(device=1, image_of=2, version_of=2, gap=0),
    ),
    version_style=versions.decimal_digits,
)
"""One Manufacturer Image, listed for a meter and for a PPMID."""

DOWNGRADE: Final = Outline(
    (DeviceType.ESME,),
    (FIRST, after(0), after(3)._replace(notes="Returns a meter to the version for prepayment"), after(1)),
    version_style=versions.day_first,
)
"""2 goes on top of 3, which is listed later."""

CYCLE: Final = Outline((DeviceType.GSME,), (FIRST, after(0, 2), after(1)))
"""1 goes on top of 2, and 2 on top of 1."""

FRESH_START: Final = Outline(
    (DeviceType.ESME,), (FIRST, after(0), FIRST, after(2)), version_style=versions.day_first
)
"""2 says N/A though its model has earlier entries; from 1 nothing leads to 2 or 3."""

SEVERAL_NEWEST: Final = Outline(
    (DeviceType.GSME,),
    (FIRST, after(0)._replace(notes="North variant"), after(0)._replace(gap=0, notes="South variant")),
)
"""1 and 2 are listed on the same day, and neither goes on top of the other."""

REVISION: Final = Outline(
    (DeviceType.PPMID,),
    (
        FIRST,
        after(0)._replace(mark=Mark.STONE_IN_ERROR),
        after(0, 1)._replace(revision=1, notes="For PPMIDs whose display was exchanged"),
    ),
)
"""2 is for a later hardware revision than its bases; 1 is called a stepping stone, and 2 goes around it."""

HUB: Final = Outline(
    (DeviceType.COMMUNICATIONS_HUB,),
    (
        FIRST._replace(band=_DUAL_BAND),
        after(0)._replace(band=_DUAL_BAND),
        after(1)._replace(band=_DUAL_BAND, warned=Warned.CLOSED),
        after(1, 2)._replace(band=_DUAL_BAND, warned=Warned.OPENED),
    ),
    version_style=versions.restarted,
)
"""A change of coding, after which version numbers are lower; a closed notice and an open one."""

SWITCH: Final = Outline((DeviceType.HCALCS,), (FIRST, after(0)))
"""A plain history, so that small lists have this Device type too."""

CONTROLLER: Final = Outline((DeviceType.SAPC,), (FIRST,))
"""One entry that nothing leads to or from, and of which that is no fault."""

TRAPS: Final = (
    OLD_METER,
    SHARED_IMAGE,
    DOWNGRADE,
    CYCLE,
    FRESH_START,
    SEVERAL_NEWEST,
    REVISION,
    HUB,
    SWITCH,
    CONTROLLER,
)
