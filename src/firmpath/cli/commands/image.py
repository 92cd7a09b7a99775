"""Read OTA files, or those in service requests (11.1, 11.4): their headers, their hashes, and their CPL entries."""

import argparse
import os
from typing import TYPE_CHECKING, BinaryIO

from firmpath.cli.arguments import add_cpl, add_json, known_at_json, parse_all, parse_together
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_field, print_json, print_wrapped, printable
from firmpath.cli.part_reading import read_for
from firmpath.cli.progress import working
from firmpath.cli.reading import naming_file, open_file
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByHash

if TYPE_CHECKING:
    from firmpath.images.image_words import Compared
    from firmpath.images.manufacturer_image import Image

_WIDTH = 25
_LOOKED_AT = 64
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Octets that can stand before the first `<` of XML: byte order marks, half of a character, and white space."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="an OTA file, or an 11.1 or 11.4 that carries one")
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read the files, compare them with the CPL where one is given, and say what they are."""
    from firmpath.images.image_words import ImageAnswer, compare

    has_cpl = bool(arguments.cpl or os.environ.get("FIRMPATH_CPL"))
    if has_cpl:
        parse_together(arguments)
    else:
        _refuse_unused(arguments)
    images = parse_all(*(lambda path=path: _read(path) for path in arguments.files))
    catalogue: Catalogue | NotKnown = NOT_KNOWN
    if has_cpl:
        hashes = {hashed.manufacturer_image_hash for image in images for hashed in image.hashes}
        catalogue = read_for(arguments, map(ByHash, sorted(hashes)))
    found = [
        compare(catalogue, printable(path), image) for path, image in zip(arguments.files, images, strict=True)
    ]
    if arguments.json:
        _print_json(arguments, catalogue, found)
    else:
        for at, each in enumerate(found):
            print("\n" * bool(at), end="")
            _print(catalogue, each)
    good = (ImageAnswer.READ, ImageAnswer.MATCHED)
    return ExitCode.YES if all(each.answer in good for each in found) else ExitCode.NO


def _refuse_unused(arguments: argparse.Namespace) -> None:
    """Refuse what is said of a CPL where none is given."""
    given = {name: getattr(arguments, name) for name in ("on", "known_at", "mapping", "ignore", "sheet")}
    refuse_if_any(
        Fault(
            f"--{name.replace('_', '-')}",
            ", ".join(value) if isinstance(value, list) else value,
            "goes with a CPL, and none is given",
            "add --cpl FILE, or leave it out",
        )
        for name, value in given.items()
        if value
    )


def _read(path: str) -> "Image":
    from firmpath.images.manufacturer_image import read_image

    with naming_file(path), working(f"Reading {path}"), open_file(path) as file:
        begins = file.read(_LOOKED_AT).lstrip(_BEFORE_XML)
        file.seek(0)
        return _carried(file) if begins.startswith(b"<") else read_image(file)


def _carried(file: BinaryIO) -> "Image":
    """Read the image that a service request carries; whether the request may be sent is for a preflight to say."""
    from firmpath.images.request_reading import read_request
    from firmpath.images.service_request import Distribution

    request = read_request(file)
    if isinstance(request.body, Distribution):
        return request.body.image
    right = "give an 11.1 or 11.4, or the OTA file itself"
    raise FirmpathError(
        Fault("Service request", request.service_reference, "carries no image", right, quoted=False)
    )


def _print(catalogue: Catalogue | NotKnown, compared: "Compared") -> None:
    from firmpath.images.image_words import explain_image, header_in_words

    explanation = explain_image(catalogue, compared)
    print_wrapped(explanation.headline, strong=True)
    print()
    for label, value in header_in_words(compared.image):
        print_field(label, printable(value), _WIDTH)
    print()
    for line in explanation.lines:
        print_wrapped(line, indent=2)
    print()
    print_wrapped(explanation.next_step)
    if not isinstance(catalogue, NotKnown):
        print_wrapped(f"As at {day_in_words(catalogue.as_at)}.")


def _print_json(arguments: argparse.Namespace, catalogue: Catalogue | NotKnown, found: list["Compared"]) -> None:
    from firmpath.images.image_words import ImageAnswer, image_json
    from firmpath.pathways.json_form.mentioned import named_json

    order = list(ImageAnswer)
    fields = {
        "version": 1,
        "answer": max((each.answer for each in found), key=order.index).value,
        "images": [image_json(catalogue, each) for each in found],
    }
    if isinstance(catalogue, NotKnown):
        print_json(fields)
        return
    fields["as_at"] = catalogue.as_at.isoformat()
    print_json(fields | {"entries": named_json(fields, catalogue)} | known_at_json(arguments))
