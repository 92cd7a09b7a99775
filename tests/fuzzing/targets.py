"""What hostile input is given to; each ends in an answer, or in an error of Firmpath."""

import io
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from firmpath.fleet.readings import Reading
from firmpath.images.answer_parts import PAYLOAD
from firmpath.images.answer_reading import read_answer
from firmpath.images.gbcs_payload import parse_version_read
from firmpath.images.identifying import Identifying
from firmpath.images.image_words import compare, image_json
from firmpath.images.inventory_text import decode_inventory, read_inventory_text
from firmpath.images.known_devices import Inventoried, KnownDevice
from firmpath.images.manufacturer_image import read_image
from firmpath.images.preflight import preflight
from firmpath.images.preflight_json import preflight_json
from firmpath.images.request_reading import parse_request
from firmpath.pathways.reference import Newest
from tests.fuzzing.seeds import ANSWERS, IMAGE, INVENTORIES, OTA_FILES, REQUESTS, TABLES
from tests.images.making import device, hash_of
from tests.notation import catalogue

_CPL: Final = catalogue(f"1 <- 2 <- 3; 2 version=0002012F hash={hash_of(IMAGE)}; 4 type=PPMID version=00000001")
_DEVICES: Final = Inventoried(
    {device(at): KnownDevice(Reading(str(at)), "Commissioned", "2026-05-30") for at in (1, 2)}, True, True
)
_MOST_ROWS: Final = 100
_ASKED: Final = parse_request([REQUESTS[0]])


class Target(NamedTuple):
    """What reads input, and the inputs that are right, from which hostile ones are made."""

    run: Callable[[bytes], object]
    seeds: Sequence[bytes]


def _image(octets: bytes) -> object:
    return image_json(_CPL, compare(_CPL, "a.ota", read_image(io.BytesIO(octets))))


def _request(octets: bytes) -> object:
    return preflight_json(preflight(_CPL, parse_request([octets[:37], octets[37:]]), _DEVICES))


def _answer(octets: bytes) -> object:
    devices = read_answer(octets.decode("utf-8", "surrogateescape")).devices
    return list(map(Identifying(_CPL, Newest()).as_json, devices))


def _inventory(octets: bytes) -> object:
    inventoried = read_inventory_text(decode_inventory(octets), _ASKED.device_ids, _MOST_ROWS)
    return preflight_json(preflight(_CPL, _ASKED, inventoried))


def _payload(octets: bytes) -> object:
    return parse_version_read(octets.decode("latin-1"))


_PAYLOADS: Final = tuple(each.partition(f"<{PAYLOAD}>".encode())[2].partition(b"<")[0] for each in ANSWERS[3:])

TARGETS: Final = {
    "image": Target(_image, OTA_FILES),
    "request": Target(_request, REQUESTS),
    "answer": Target(_answer, ANSWERS),
    "table": Target(_answer, TABLES),
    "inventory": Target(_inventory, INVENTORIES),
    "payload": Target(_payload, _PAYLOADS),
}
