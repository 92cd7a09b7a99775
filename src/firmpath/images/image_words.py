"""What an OTA file is, in plain English, and as JSON."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.images.manufacturer_image import Extent, Image
from firmpath.images.matching import Match, find_matches, has_other_image_type
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.identifiers import CPLEntryID, ManufacturerImageHash
from firmpath.pathways.json_form.entries import Json, known
from firmpath.pathways.naming import full_name, listing, whom_to_ask
from firmpath.pathways.not_known import NotKnown


class ImageAnswer(StrEnum):
    """What comes of comparing OTA files with a CPL, the better first."""

    READ = "read"
    MATCHED = "matched"
    CERTIFICATE_ENDED = "certificate_ended"
    WITHDRAWN = "withdrawn"
    NOT_ON_THE_CPL = "not_on_the_cpl"
    CONTRADICTED = "contradicted"


class Compared(NamedTuple):
    """An OTA file by its name, what was read of it, and the entries that have its hash."""

    name: str
    image: Image
    matches: tuple[Match, ...]
    answer: ImageAnswer


EXTENT_WORDS: Final = {
    Extent.TO_THE_END: "all that follows the header",
    Extent.WITHOUT_SIGNATURE_BLOCK: "without the last 66, which look like a signature block: 00 40 and 64 more",
}
_STACK_GENERATIONS: Final = {"0002": "ZigBee PRO"}


def compare(catalogue: Catalogue | NotKnown, name: str, image: Image) -> Compared:
    """Find the entries of an image, where there is a CPL to compare it with."""
    if isinstance(catalogue, NotKnown):
        return Compared(name, image, (), ImageAnswer.READ)
    matches = find_matches(catalogue, image)
    if not matches:
        return Compared(name, image, (), ImageAnswer.NOT_ON_THE_CPL)
    agreeing = _agreeing(matches)
    if not agreeing:
        return Compared(name, image, matches, ImageAnswer.CONTRADICTED)
    entries = [catalogue[each] for each in agreeing]
    answer = ImageAnswer.MATCHED
    if all(entry.withdrawn_on for entry in entries):
        answer = ImageAnswer.WITHDRAWN
    elif all(entry.withdrawn_on or entry.has_lapsed(catalogue.as_at) for entry in entries):
        answer = ImageAnswer.CERTIFICATE_ENDED
    return Compared(name, image, matches, answer)


def _agreeing(matches: tuple[Match, ...]) -> tuple[CPLEntryID, ...]:
    """Give the entries that the header agrees with, each once."""
    return tuple(dict.fromkeys(match.cpl_entry_id for match in matches if not match.contradictions))


def header_in_words(image: Image) -> Iterator[tuple[str, str]]:
    """Yield each field of the header with what it says."""
    header = image.header
    yield "Manufacturer identifier", header.manufacturer_id
    yield "Image type", header.image_type
    yield "Firmware version", str(header.file_version)
    if header.minimum_hardware_version and header.maximum_hardware_version:
        yield "Hardware", f"{header.minimum_hardware_version} to {header.maximum_hardware_version}"
    yield "Header string", header.header_string
    generation = _STACK_GENERATIONS.get(header.zigbee_stack_version, "a generation of the protocol")
    yield "Protocol", f"{header.zigbee_stack_version} ({generation}); this is not the ZigBee stack version of MP231"
    if header.upgrade_file_destination:
        yield "For one Device", header.upgrade_file_destination
    if not isinstance(header.security_credential_version, NotKnown):
        yield "Security credential", str(header.security_credential_version)
    yield "Size", f"{image.octets:,} octets, as the header says, of which {header.header_length} are the header"


def explain_image(catalogue: Catalogue | NotKnown, compared: Compared) -> Explanation:
    """Say which entry the file is the image of, what contradicts that, and what to do next."""
    lines = tuple(_hash_lines(compared))
    if isinstance(catalogue, NotKnown):
        return Explanation(
            f"{compared.name} is a whole OTA file. It was compared with no CPL.",
            lines,
            "Next: give the CPL too (--cpl FILE) to see which entry it is the image of.",
        )
    lines += tuple(dict.fromkeys(_entry_lines(catalogue, compared)))
    return Explanation(_headline(catalogue, compared), lines, _next_step(catalogue, compared))


def image_json(catalogue: Catalogue | NotKnown, compared: Compared) -> Json:
    """Give a file with its header, its hashes and its entries."""
    header = known(compared.image.header._asdict())
    header["file_version"] = str(header["file_version"])
    matches = [
        {
            "cpl_entry_id": match.cpl_entry_id,
            "device_type": catalogue[match.cpl_entry_id].hardware_model.device_type.value,
            "extent": match.extent.value,
            "contradictions": [{**each._asdict(), "text": str(each)} for each in match.contradictions],
        }
        for match in compared.matches
        if not isinstance(catalogue, NotKnown)
    ]
    return {
        "file": compared.name,
        "answer": compared.answer.value,
        "octets": compared.image.octets,
        "header": header,
        "hashes": [each._asdict() for each in compared.image.hashes],
        "matches": matches,
        "explanation": explain_image(catalogue, compared)._asdict(),
    }


def _hash_lines(compared: Compared) -> Iterator[str]:
    hashes = compared.image.hashes
    matched = {match.extent for match in compared.matches}
    for each in hashes:
        extent = f", {EXTENT_WORDS[each.extent]}" if len(hashes) > 1 else ""
        here = " It is the one on the CPL." if len(hashes) > 1 and each.extent in matched else ""
        yield f"Manufacturer Image hash {each.manufacturer_image_hash} ({each.octets:,} octets{extent}).{here}"


def _entry_lines(catalogue: Catalogue, compared: Compared) -> Iterator[str]:
    for match in compared.matches:
        entry = catalogue[match.cpl_entry_id]
        agrees = " The header agrees with it." if not match.contradictions else ""
        yield f"{_hardware_words(catalogue, match.cpl_entry_id)}{agrees}"
        for each in match.contradictions:
            yield f"Contradiction: {each} ({match.cpl_entry_id})."
        yield from _closed_words(catalogue, match.cpl_entry_id)
        if has_other_image_type(compared.image.header, entry):
            kind, model = compared.image.header.image_type, entry.hardware_model.model_id
            yield f"The image type {kind} is not the model identifier {model}. Makers need not make them the same."


def hash_in_words(catalogue: Catalogue, image_hash: ManufacturerImageHash) -> Iterator[str]:
    """Yield what the CPL says of a hash by itself: which entries have it, and which are closed to Devices."""
    for each in catalogue.by_hash.get(image_hash, ()):
        yield _hardware_words(catalogue, each)
        yield from _closed_words(catalogue, each)


def _hardware_words(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    hardware = catalogue[cpl_entry_id].hardware_model
    return f"{full_name(catalogue, cpl_entry_id)} is for {hardware.device_type} {hardware}."


def _closed_words(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> Iterator[str]:
    entry, name = catalogue[cpl_entry_id], full_name(catalogue, cpl_entry_id)
    if entry.withdrawn_on:
        yield f"{name} was withdrawn on {day_in_words(entry.withdrawn_on)}: no Device may be taken to it."
    if entry.cpa_valid_until and entry.has_lapsed(catalogue.as_at):
        ended = day_in_words(entry.cpa_valid_until)
        yield f"The CPA certificate of {name} ended on {ended}: no Device may be taken to it."


def _headline(catalogue: Catalogue, compared: Compared) -> str:
    agreeing = _agreeing(compared.matches)
    every = dict.fromkeys(match.cpl_entry_id for match in compared.matches)
    match compared.answer:
        case ImageAnswer.WITHDRAWN:
            gone = f"{listing(catalogue, agreeing)}, which {'was' if len(agreeing) == 1 else 'were all'} withdrawn"
            return f"No. {compared.name} is the image of CPL entry {gone}."
        case ImageAnswer.CERTIFICATE_ENDED:
            ended = "whose CPA certificate has ended"
            if any(catalogue[each].withdrawn_on for each in agreeing):
                ended = "each of which was withdrawn or has a CPA certificate that has ended"
            return f"No. {compared.name} is the image of CPL entry {listing(catalogue, agreeing)}, {ended}."
        case ImageAnswer.MATCHED if len(agreeing) == 1:
            return f"Yes. {compared.name} is the image of {full_name(catalogue, agreeing[0])}."
        case ImageAnswer.MATCHED:
            which = f"{listing(catalogue, agreeing)}; the file does not say which of these it is for"
            return f"Yes. {compared.name} is the image of {len(agreeing)} CPL entries: {which}."
        case ImageAnswer.CONTRADICTED:
            hashed = listing(catalogue, every)
            return f"No. {compared.name} has the hash of CPL entry {hashed}, but its header contradicts the CPL."
        case _:
            as_at = day_in_words(catalogue.as_at)
            return f"No. The Manufacturer Image of {compared.name} is not on this CPL as at {as_at}."


def _next_step(catalogue: Catalogue, compared: Compared) -> str:
    match compared.answer:
        case ImageAnswer.WITHDRAWN:
            return "Next: do not send it. What it is the image of was withdrawn."
        case ImageAnswer.CERTIFICATE_ENDED:
            return "Next: do not send it. No Device may be taken to what it is the image of."
        case ImageAnswer.MATCHED:
            return "Next: before a request with it is sent, check that with `firmpath preflight`."
        case ImageAnswer.CONTRADICTED:
            maker = whom_to_ask(catalogue[compared.matches[0].cpl_entry_id])
            return f"Next: do not send it. Ask {maker} which is right, the file or the CPL."
        case _:
            return "Next: do not send it. See that this CPL is the newest, and ask whoever gave you the file."
