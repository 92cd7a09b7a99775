"""Requests that are judged together: what speaks against sending all of them."""

from firmpath.images.known_devices import Inventoried
from firmpath.images.preflight import preflight
from firmpath.images.request_reading import parse_request
from firmpath.images.together import Judged, Together, judge_together
from firmpath.pathways.catalogue import Catalogue
from tests.images.making import SIGNATURE_BLOCK, activate_request, device, hash_of, ota_file, update_request
from tests.images.test_preflight import CPL, IMAGE, by_id
from tests.notation import catalogue

ONE, TWO = device(1), device(2)
BOTH_ENDS = catalogue(
    f"1 <- 2; 1 <- 3; 2 version=0002012F hash={hash_of(IMAGE)}; "
    f"3 version=0002012F hash={hash_of(IMAGE + SIGNATURE_BLOCK)}"
)


def together(*requests: bytes, cpl: Catalogue = CPL) -> Together:
    inventoried = Inventoried({ONE: by_id(1), TWO: by_id(1)}, True, True)
    counted = (octets.replace(b":1000<", b":%d<" % (1000 + at)) for at, octets in enumerate(requests))
    judged = [preflight(cpl, parse_request([octets]), inventoried) for octets in counted]
    return judge_together([Judged(f"{at}.xml", found) for at, found in enumerate(judged)])


def test_an_image_that_can_end_in_two_places_is_activated_as_one_of_them() -> None:
    image = update_request([ONE], ota_file(IMAGE, SIGNATURE_BLOCK))
    to_2 = activate_request(ONE, hash_of(IMAGE))
    to_3 = activate_request(ONE, hash_of(IMAGE + SIGNATURE_BLOCK))
    assert together(image, to_2, cpl=BOTH_ENDS).is_go
    assert together(image, to_3, cpl=BOTH_ENDS).is_go
    found = together(image, to_2, to_3, cpl=BOTH_ENDS)
    assert list(map(str, found.faults)) == [
        "1 Device would be taken to different firmware by 1.xml and 2.xml; send one of them, and check the other "
        "once that is done"
    ]


def test_an_activation_and_its_cancellation_are_not_sent_together() -> None:
    activation = activate_request(ONE, hash_of(IMAGE), "2026-06-20T09:00:00.00Z")
    cancellation = activate_request(ONE, hash_of(IMAGE), "3000-12-31T00:00:00.00Z")
    for pair in ((activation, cancellation), (cancellation, activation)):
        found = together(*pair)
        at = pair.index(cancellation)
        assert not found.is_go
        assert list(map(str, found.faults)) == [
            "1 Device would be activated by one and cancelled by the other of "
            f"{at}.xml and {1 - at}.xml; send one of them, and check the other once that is done"
        ]
    assert together(update_request([ONE]), cancellation).is_go
    assert together(activate_request(TWO, hash_of(IMAGE)), cancellation).is_go
