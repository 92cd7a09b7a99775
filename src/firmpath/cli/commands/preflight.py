"""Check a service request (11.1, 11.3 or 11.4) before it is sent: go or no-go for every Device that it names."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from firmpath.cli.answering import accepted_json, print_accepted
from firmpath.cli.arguments import (
    accepted_notices,
    add_accept,
    add_cpl,
    add_json,
    known_at_json,
    parse_together,
    refuse_unknown_notices,
)
from firmpath.cli.commands.plan import require_engine
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.ordering import OF_PREFLIGHT, add_exclude, add_inventory, headings, whole_number
from firmpath.cli.output import print_explanation, print_json, print_wrapped, printable
from firmpath.cli.part_reading import read_for
from firmpath.cli.progress import working
from firmpath.cli.reading import naming_file, open_file, read_catalogue
from firmpath.cli.writing import refuse_to_overwrite
from firmpath.pathways.days import britains_day, day_in_words
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.naming import listing
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import ByHash, Reference

if TYPE_CHECKING:
    from firmpath.images.assurances import Assurances
    from firmpath.images.known_devices import Inventoried
    from firmpath.images.preflight import Preflight
    from firmpath.images.service_request import ServiceRequest
    from firmpath.pathways.catalogue import Catalogue

_MOST = 10_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("request", metavar="REQUEST.xml", help="the service request")
    parser.add_argument(
        "--inventory",
        metavar="INVENTORY",
        required=True,
        help="what Devices run: Parquet or CSV (.gz, .zst), or a folder of such files",
    )
    add_inventory(parser)
    add_exclude(parser)
    parser.add_argument(
        "--stale-after", metavar="DAYS", default="30", help="what was read longer ago is stale (default: 30)"
    )
    _add_assurances(parser)
    parser.add_argument(
        "--most-devices", metavar="N", default="50000", help="Device IDs in a request at most (default: 50000)"
    )
    parser.add_argument(
        "--repaired",
        metavar="FILE",
        dest="out",
        help="write the Device IDs that may take the image, one on each line",
    )
    parser.add_argument("--replace", action="store_true", help="write over that file if it is there already")
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def _add_assurances(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what you answer for, each with the reason, which is printed with the answer")
    group.add_argument(
        "--status-not-known-because",
        metavar="WHY",
        default=NOT_KNOWN,
        help="count Devices as in use whose device_status the inventory does not have",
    )
    group.add_argument(
        "--age-not-known-because",
        metavar="WHY",
        default=NOT_KNOWN,
        help="count rows as read lately whose read_on the inventory does not have",
    )
    group.add_argument(
        "--in-use",
        metavar="STATUS=WHY",
        action="append",
        default=[],
        help="count Devices with this status as in use, besides Commissioned (repeatable)",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Judge the request, and say what came of it."""
    if (
        arguments.on is None
    ):  # a go is a promise for Devices in Britain, whose day is ahead of UTC's on summer nights
        arguments.on = britains_day(datetime.now(UTC)).isoformat()
    columns, accepted, stale_after, most_devices, assurances = parse_together(
        arguments,
        lambda: headings(arguments, OF_PREFLIGHT),
        lambda: accepted_notices(arguments),
        lambda: whole_number("--stale-after", arguments.stale_after, _MOST),
        lambda: whole_number("--most-devices", arguments.most_devices, _MOST),
        lambda: _assurances(arguments),
    )
    require_engine()
    if arguments.out:
        refuse_to_overwrite(arguments)
    from firmpath.fleet.excluding import find_excluded
    from firmpath.images.preflight import Terms, preflight

    request, inventoried = _read(arguments, columns)
    catalogue = _catalogue(arguments, request, inventoried)
    refuse_unknown_notices(catalogue, accepted)
    if arguments.exclude:
        catalogue = catalogue.excluding(find_excluded(catalogue, arguments.exclude, accepted).entries)
    terms = Terms(accepted, most_devices, stale_after, assurances)
    found = preflight(catalogue, request, inventoried, terms)
    if arguments.out:
        from firmpath.tables.files import write_octets

        write_octets(arguments.out, "".join(f"{each}\n" for each in found.repaired).encode())
    _print(arguments, found)
    return ExitCode.YES if found.is_go else ExitCode.NO


def _assurances(arguments: argparse.Namespace) -> "Assurances":
    from firmpath.images.assurances import parse_assurances

    in_use = list(map(_status, arguments.in_use))
    return parse_assurances(arguments.status_not_known_because, arguments.age_not_known_because, in_use)


def _status(written: str) -> tuple[str, str]:
    status, equals, because = written.partition("=")
    if not equals:
        right = "write it as STATUS=WHY, such as 'InstalledNotCommissioned=on the wall since May'"
        raise FirmpathError(Fault("Status", written, "is in use without a reason", right))
    return status, because


def _read(arguments: argparse.Namespace, columns: dict[str, str]) -> tuple["ServiceRequest", "Inventoried"]:
    from firmpath.images.inventory_rows import read_known_devices
    from firmpath.images.request_reading import read_request

    path = arguments.request
    with naming_file(path), working(f"Reading {path}"), open_file(path) as file:
        request = read_request(file)
    with working(f"Reading {arguments.inventory}"):
        return request, read_known_devices(arguments.inventory, columns, request.device_ids)


def _catalogue(arguments: argparse.Namespace, request: "ServiceRequest", inventoried: "Inventoried") -> "Catalogue":
    """Read what the answer needs of the CPL; what is excluded can be anywhere on it, and then that is all of it."""
    if arguments.exclude:
        return read_catalogue(arguments)
    return read_for(arguments, _references(request, inventoried))


def _references(request: "ServiceRequest", inventoried: "Inventoried") -> list[Reference]:
    """Give all that the answer is about, so that no more of the CPL is read than that."""
    from firmpath.images.known_devices import references_of

    readings = {device.reading for device in inventoried.devices.values()}
    return [*map(ByHash, request.hashes), *(each for reading in readings for each in references_of(reading))]


def _print(arguments: argparse.Namespace, found: "Preflight") -> None:
    if arguments.json:
        from firmpath.images.preflight_json import preflight_json

        print_json(preflight_json(found) | known_at_json(arguments) | accepted_json(arguments))
        return
    from firmpath.images.preflight_words import explain_preflight, find_groups

    print_explanation(explain_preflight(found, find_groups(found)), hanging=2)
    if arguments.out:
        print_wrapped(f"The Devices that may take it are in {printable(arguments.out)}.")
    print_wrapped(f"As at {day_in_words(found.catalogue.as_at)}. Check again before it is sent: a list can change.")
    if found.catalogue.excluded:
        left_out = listing(found.catalogue, sorted(found.catalogue.excluded))
        print_wrapped(f"Left out: no Device is taken to {left_out}.")
    print_accepted(arguments)
