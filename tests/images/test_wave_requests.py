"""Requests for the waves of a plan, of which a large one has millions of Devices."""

import io
import tracemalloc
from hashlib import sha256
from pathlib import Path

from firmpath.fleet.manifest_form import NAME, ManifestFile, ManifestWave
from firmpath.images.manufacturer_image import read_image
from firmpath.images.service_request import UPDATE_FIRMWARE
from firmpath.images.wave_requests import Asked, Given, write_requests
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerImageHash
from firmpath.pathways.not_known import NOT_KNOWN
from tests.images.making import ORIGINATOR, device, hash_of, ota_file

FILES, DEVICES = 8, 500


def wave(folder: Path) -> ManifestWave:
    files = []
    for at in range(FILES):
        octets = "".join(f"{device(at * DEVICES + each)}\n" for each in range(DEVICES)).encode()
        name = f"to-2-{at + 1:04}.txt"
        (folder / name).write_bytes(octets)
        files.append(ManifestFile(name, DEVICES, sha256(octets).hexdigest(), 0, NOT_KNOWN))
    version, image_hash = FirmwareVersion("0002012F"), ManufacturerImageHash(hash_of(b"an invented image"))
    of_entry = (DeviceType.ESME, "F001", "00050203", version, NOT_KNOWN, image_hash)
    return ManifestWave(CPLEntryID(2), "11.1 + 11.3", *of_entry, FILES * DEVICES, tuple(files))


def test_memory_is_for_the_devices_of_a_file_however_many_files_there_are(tmp_path: Path) -> None:
    only, image, folder = wave(tmp_path), tmp_path / "image.ota", tmp_path / "requests"
    (tmp_path / NAME).touch()
    image.write_bytes(ota_file())
    with image.open("rb") as file:
        images = {only.cpl_entry_id: Given(str(image), read_image(file))}
    folder.mkdir()
    asked, held = Asked(ORIGINATOR, 1, references=(UPDATE_FIRMWARE,)), list[int]()
    tracemalloc.start()
    try:
        made = write_requests(
            folder, str(tmp_path), [only], images, asked, lambda _: held.append(tracemalloc.get_traced_memory()[0])
        )
    finally:
        tracemalloc.stop()
    assert (len(made.written), made.devices) == (FILES, FILES * DEVICES)
    assert held[-1] < 2 * held[0]


def test_an_image_is_of_a_wave_by_every_digit_of_its_hash(tmp_path: Path) -> None:
    own = wave(tmp_path)
    given = Given("image.ota", read_image(io.BytesIO(ota_file())))
    assert given.is_of(own)
    for at in (0, 31, 63):
        image_hash = str(own.manufacturer_image_hash)
        other = f"{image_hash[:at]}{'0' if image_hash[at] != '0' else '1'}{image_hash[at + 1 :]}"
        assert not given.is_of(own._replace(manufacturer_image_hash=ManufacturerImageHash(other)))
    assert given._replace(cpl_entry_id=CPLEntryID(2)).is_of(own)
    assert not given._replace(cpl_entry_id=CPLEntryID(22)).is_of(own)
