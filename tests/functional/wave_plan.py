"""A plan with a wave for meters and one for displays, and what is asked of it."""

from tests.images.making import hash_of

ON = ("--on", "2026-06-01")
ESME, PPMID = b"for a meter", b"for a display"
METERS_AND_DISPLAYS = (
    f"1 <- 2; 2 version=0002012F hash={hash_of(ESME)}; "
    f"3 <- 4; 3 type=PPMID; 4 type=PPMID version=0002012F hash={hash_of(PPMID)}"
)
ASKS = ("--originator", "02-00-00-00-00-00-0A-01", "--counter", "41")
IMAGES = ("--image", "esme.ota", "--image", "ppmid.ota")
