"""A service request for each file of a wave, and an activation for each of its Devices, in a new folder.

Source: FEATURES F52.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, NamedTuple

from firmpath.fleet.manifest_form import ManifestWave
from firmpath.fleet.manifest_reading import read_device_ids
from firmpath.images.duis_header import SCHEMA_VERSION
from firmpath.images.manufacturer_image import CopiedImage, Image
from firmpath.images.matching import contradictions_of
from firmpath.images.request_writing import Addressed, write_activation, write_distribution
from firmpath.images.requests_list import LIST, MadeWith, write_list
from firmpath.images.service_request import (
    ACCESS_CONTROL_BROKER,
    ACTIVATE_FIRMWARE,
    LARGEST_COUNTER,
    UPDATE_FIRMWARE,
    UPDATE_PPMID_FIRMWARE,
    RequestID,
    is_device_id,
    write_execution,
)
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, refuse_first, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.tables.files import unreachable

_MOST_FAULTS: Final = 20
_MOST_SHOWN: Final = 10


class Given(NamedTuple):
    """An OTA file that was given for requests, for one entry if that was said."""

    path: str
    image: Image
    cpl_entry_id: CPLEntryID | NotKnown = NOT_KNOWN

    def is_of(self, wave: ManifestWave) -> bool:
        """Say whether it is the image of a wave's entry, and given for no other."""
        hashes = {each.manufacturer_image_hash for each in self.image.hashes}
        is_meant = not self.cpl_entry_id or self.cpl_entry_id == wave.cpl_entry_id
        return is_meant and wave.manufacturer_image_hash in hashes


class Asked(NamedTuple):
    """What requests to write: which of 11.1, 11.3 and 11.4, what their RequestIDs are made of, and for whom.

    `device_ids` are the only Devices that are meant, if some of them are; such as a repaired list.
    """

    originator: str
    counter: int
    broker: str = ACCESS_CONTROL_BROKER
    references: tuple[str, ...] = (UPDATE_FIRMWARE, ACTIVATE_FIRMWARE, UPDATE_PPMID_FIRMWARE)
    executes_at: datetime | NotKnown = NOT_KNOWN
    schema_version: str = SCHEMA_VERSION
    device_ids: frozenset[str] | NotKnown = NOT_KNOWN


class Written(NamedTuple):
    """A request that was written, or a folder of activations: where, of which kind, and for how many Devices.

    `counter` is that of its RequestID, or of the first in the folder.
    """

    name: str
    service_request: str
    cpl_entry_id: CPLEntryID
    counter: int
    devices: int


class Requests(NamedTuple):
    """All that was written, the first counter that none of it has, and for how many Devices it is."""

    written: tuple[Written, ...]
    next_counter: int
    devices: int


def read_device_list(file: BinaryIO) -> frozenset[str]:
    """Read Device IDs, one on each line, as `firmpath preflight --repaired` writes them.

    :raises FirmpathError: there are none, or a line is none; the first faults.
    """
    octets = file.read()
    if b"\0" in octets:
        right = "save it in UTF-8"  # some shells write UTF-16
        raise FirmpathError(Fault("List of Devices", "", "is in UTF-16, or is no text", right, quoted=False))
    octets = octets.removeprefix(b"\xef\xbb\xbf")
    lines = [each.decode("utf-8", "replace") for each in octets.split()]  # no space but that of ASCII parts them
    wrong = (each for each in lines if not is_device_id(each))
    right = "write it as in 00-DB-12-34-56-78-90-A0"
    faults = (Fault("Device ID", each, "is not an EUI-64", right) for each in wrong)
    refuse_first(faults, _MOST_FAULTS, "List of Devices")
    if not lines:
        right = "give one Device ID on each line"
        raise FirmpathError(Fault("List of Devices", "", "is empty", right, quoted=False))
    return frozenset(lines)


def choose_images(
    waves: Sequence[ManifestWave], chosen: Sequence[ManifestWave], given: Sequence[Given], asked: Asked
) -> dict[CPLEntryID, Given]:
    """Say which file is the image of which of the waves chosen from those of a plan.

    :raises FirmpathError: a wave has none or several, a file is for none, or contradicts its wave; every fault.
    """
    faults: list[Fault] = []
    images: dict[CPLEntryID, Given] = {}
    without: list[ManifestWave] = []
    for wave in chosen:
        fits = [each for each in given if each.is_of(wave)]
        is_shared = any(not each.cpl_entry_id and sum(map(each.is_of, waves)) > 1 for each in fits)
        if len(fits) == 1 and not is_shared:
            images[wave.cpl_entry_id] = fits[0]
            faults += _contradictions(wave, fits[0], asked)
        elif fits:
            wrong = "shares its hash with another wave, or has several files"
            right = f"say which file is for it: --image {wave.cpl_entry_id}=FILE"
            faults.append(Fault("CPL entry", _named(wave), wrong, right, quoted=False))
        else:
            without.append(wave)
    faults += _no_images(without, list(images), asked)
    for each in given:
        if not any(map(each.is_of, chosen)):
            what = f"CPL entry {each.cpl_entry_id}" if each.cpl_entry_id else "any wave that is asked for"
            right = "see what it is with `firmpath image`"
            faults.append(Fault("File", each.path, f"is not the image of {what}", right))
    refuse_if_any(faults)
    return images


def refuse_overrun(waves: Sequence[ManifestWave], asked: Asked) -> None:
    """Refuse a counter that would run over before all requests have theirs, or leave none for the next.

    :raises FirmpathError: there may not be enough; where only some Devices are meant, they count as all of theirs.
    """
    number = sum(
        file.devices if reference == ACTIVATE_FIRMWARE else 1
        for wave in waves
        for reference in references_of(wave, asked)
        for file in wave.files
    )
    if number > LARGEST_COUNTER - asked.counter:
        left = counted(LARGEST_COUNTER - asked.counter, "request")
        wrong = f"leaves room for {left} up to {LARGEST_COUNTER}, and there can be {number:,}"
        right = "give a lower one that is not used yet"
        raise FirmpathError(Fault("Counter", str(asked.counter), wrong, right, quoted=False))


def write_requests(
    folder: Path,
    plan: str,
    waves: Sequence[ManifestWave],
    images: Mapping[CPLEntryID, Given],
    asked: Asked,
    told: Callable[[int], object],
) -> Requests:
    """Write the requests of some waves of a plan into a folder, and a list of them; from the same, the same bytes.

    Cost: an image is read once for each file of its wave; memory for the Device IDs of a file, and those asked for.
    :raises FirmpathError: a file of the plan, or an image, is not what it was, or a Device asked for is in none.
    """
    written: list[Written] = []
    counter, devices, others = asked.counter, 0, set(asked.device_ids or ())
    for wave in waves:
        for file in wave.files:
            device_ids = tuple(each for each in read_device_ids(plan, file) if _is_meant(each, asked))
            told(file.devices)
            devices += len(device_ids)
            others.difference_update(device_ids)
            if not device_ids:
                continue
            (folder / file.name).parent.mkdir(exist_ok=True)
            for reference in references_of(wave, asked):
                name = f"{PurePosixPath(file.name).with_suffix('')}.{reference}"
                if reference == ACTIVATE_FIRMWARE:
                    _write_activations(folder / name, wave, device_ids, asked._replace(counter=counter))
                else:
                    name += ".xml"
                    request_id = RequestID(asked.originator, asked.broker, counter)
                    addressed = Addressed(request_id, reference, asked.schema_version)
                    _write_distribution(folder / name, addressed, wave, images[wave.cpl_entry_id], device_ids)
                written.append(Written(name, reference, wave.cpl_entry_id, counter, len(device_ids)))
                counter += len(device_ids) if reference == ACTIVATE_FIRMWARE else 1
    _refuse_others(others)
    listed = write_list(_made_with(plan, images, asked), asked.counter, counter, written)
    (folder / LIST).write_text(listed, encoding="utf-8")
    return Requests(tuple(written), counter, devices)


def _is_meant(device_id: str, asked: Asked) -> bool:
    return isinstance(asked.device_ids, NotKnown) or device_id in asked.device_ids


def _refuse_others(others: set[str]) -> None:
    if others:
        more = f" (and {len(others) - 1:,} more)" if len(others) > 1 else ""
        wrong = f"is in no wave that is asked for{more}"
        raise FirmpathError(Fault("Device ID", min(others), wrong, "take it off the list, or plan it first"))


def references_of(wave: ManifestWave, asked: Asked) -> Iterator[str]:
    """Give the service requests that a wave takes and that are asked for."""
    return (each for each in wave.service_request.split(" + ") if each in asked.references)


def needs_image(wave: ManifestWave, asked: Asked) -> bool:
    """Say whether a wave has requests with an image in them."""
    return any(each != ACTIVATE_FIRMWARE for each in references_of(wave, asked))


def _write_distribution(
    path: Path, addressed: Addressed, wave: ManifestWave, given: Given, device_ids: tuple[str, ...]
) -> None:
    try:
        opened = open(given.path, "rb")  # noqa: SIM115  # it is closed below
    except OSError as error:  # or it would be told of the folder that is written
        raise FirmpathError(unreachable(given.path, "cannot be read any more", error)) from None
    with opened as image, open(path, "wb") as file:
        copied = CopiedImage(image)
        try:  # what is judged are the octets that were written, whatever becomes of the file meanwhile
            file.writelines(write_distribution(addressed, copied, wave.firmware_version, device_ids))
            is_same = copied.finish() == given.image
        except FirmpathError:
            is_same = False
    if not is_same:
        raise FirmpathError(Fault("File", given.path, "was changed meanwhile", "try again"))


def _write_activations(folder: Path, wave: ManifestWave, device_ids: tuple[str, ...], asked: Asked) -> None:
    folder.mkdir()
    for counter, device_id in enumerate(device_ids, asked.counter):
        request_id = RequestID(asked.originator, device_id, counter)
        addressed = Addressed(request_id, ACTIVATE_FIRMWARE, asked.schema_version)
        octets = write_activation(addressed, wave.manufacturer_image_hash, asked.executes_at)
        (folder / f"{device_id}.xml").write_bytes(octets)


def _made_with(plan: str, images: Mapping[CPLEntryID, Given], asked: Asked) -> MadeWith:
    settings = {
        "broker": asked.broker if asked.broker != ACCESS_CONTROL_BROKER else "",
        "execute": write_execution(asked.executes_at) if asked.executes_at else "",
        "only": asked.references[0] if len(asked.references) == 1 else "",
        "schema_version": asked.schema_version if asked.schema_version != SCHEMA_VERSION else "",
    }
    return MadeWith(plan, {each: given.path for each, given in images.items()}, asked.originator, settings)


def _contradictions(wave: ManifestWave, given: Given, asked: Asked) -> Iterator[Fault]:
    header = given.image.header
    only = header.upgrade_file_destination
    if only and asked.device_ids != frozenset((only,)):
        wrong = f"in the header of {given.path} is one Device alone, and others are asked for"
        right = "name it alone with --devices, or ask the manufacturer for a file without it"
        yield Fault("Upgrade file destination", only, wrong, right, quoted=False)
    for each in contradictions_of(header, wave.manufacturer_id, wave.model, wave.firmware_version):
        wrong = f"in the header of {given.path} contradicts the plan, {each.entry_says}"
        right = f"ask the manufacturer which is right for CPL entry {wave.cpl_entry_id}"
        yield Fault(each.term, each.header_says, wrong, right, quoted=False)


def _named(wave: ManifestWave) -> str:
    return f"{wave.cpl_entry_id} (firmware {wave.firmware_version}) for {wave.device_type}"


def _no_images(without: Sequence[ManifestWave], have: Sequence[CPLEntryID], asked: Asked) -> Iterator[Fault]:
    """Yield which waves have no image, the first of them each by itself, and what can be written without theirs."""
    for wave in without[:_MOST_SHOWN]:
        right = f"give its OTA file: --image {wave.cpl_entry_id}=FILE"
        yield Fault("CPL entry", _named(wave), "has no image", right, quoted=False)
    if not without:
        return
    ways = ["give every image"]
    if have:
        entries = " ".join(f"--entry {each}" for each in have)
        ways.append(f"{entries} for no wave but those whose image is given")
    if any(ACTIVATE_FIRMWARE in references_of(wave, asked) for wave in without):
        ways.append(f"--only {ACTIVATE_FIRMWARE} for activations, which carry none")
    waves = counted(len(without) + len(have), "wave")
    yield Fault("Image", "", f"is missing for {len(without):,} of {waves}", ", or ".join(ways), quoted=False)
