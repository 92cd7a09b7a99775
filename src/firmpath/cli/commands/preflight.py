"""Check service requests (11.1, 11.3 or 11.4) before they are sent: go or no-go for every Device that they name."""

import argparse
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from firmpath.cli.answering import accepted_json, print_accepted
from firmpath.cli.arguments import (
    accepted_notices,
    add_accept,
    add_cpl,
    add_json,
    known_at_json,
    parse_all,
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
from firmpath.cli.repaired_lists import list_names, print_lists, refuse_lists, wants_folder, write_lists
from firmpath.cli.request_files import find_request_files
from firmpath.pathways.days import britains_day, day_in_words
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.naming import listing
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import ByHash, Reference

if TYPE_CHECKING:
    from firmpath.images.assurances import Assurances
    from firmpath.images.known_devices import Inventoried
    from firmpath.images.preflight import Terms
    from firmpath.images.service_request import ServiceRequest
    from firmpath.images.together import Together
    from firmpath.images.ways import Ways
    from firmpath.pathways.catalogue import Catalogue

_MOST = 10_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("request", metavar="REQUEST.xml", nargs="+", help="a service request, or a folder of them")
    parser.add_argument(
        "--inventory",
        metavar="INVENTORY",
        required=True,
        help="what Devices run: Parquet or CSV (.gz, .zst), or a folder of such files",
    )
    add_inventory(parser)
    add_exclude(parser)
    parser.add_argument(
        "--stale-after",
        metavar="DAYS",
        default="30",
        help="what was read longer ago, or will have been by the ExecutionDateTime, is stale (default: 30)",
    )
    _add_assurances(parser)
    parser.add_argument(
        "--most-devices", metavar="N", default="50000", help="Device IDs in a request at most (default: 50000)"
    )
    parser.add_argument(
        "--repaired",
        metavar="OUT",
        dest="out",
        help="write the Device IDs that may take the image, one on each line: into this file, or for several "
        "requests, or a folder of them, into a new folder, with a list for each",
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
    """Judge the requests, and say what came of it."""
    now = datetime.now(UTC)
    today = britains_day(now)  # of the instant that an ExecutionDateTime is held against
    arguments.on = today.isoformat() if arguments.on is None else arguments.on
    named = arguments.request
    arguments.request, columns, accepted, stale_after, most_devices, assurances = parse_together(
        arguments,
        lambda: find_request_files(named),
        lambda: headings(arguments, OF_PREFLIGHT),
        lambda: accepted_notices(arguments),
        lambda: whole_number("--stale-after", arguments.stale_after, _MOST),
        lambda: whole_number("--most-devices", arguments.most_devices, _MOST),
        lambda: _assurances(arguments),
    )
    require_engine()
    names = None
    if arguments.out:
        refuse_lists(arguments, named)
        names = list_names(named) if wants_folder(named) else None
    from firmpath.fleet.excluding import find_excluded
    from firmpath.images.preflight import Terms

    requests, inventoried = _read(arguments, columns)
    catalogue = _catalogue(arguments, requests, inventoried)
    refuse_unknown_notices(catalogue, accepted)
    if arguments.exclude:
        catalogue = catalogue.excluding(find_excluded(catalogue, arguments.exclude, accepted).entries)
    at = now if catalogue.as_at == today else NOT_KNOWN
    terms = Terms(accepted, most_devices, stale_after, assurances, at)
    together = _judge(arguments.request, requests, catalogue, inventoried, terms)
    if arguments.out:
        write_lists(arguments.out, names, together)
    _print(arguments, together, named, names)
    return ExitCode.YES if together.is_go else ExitCode.NO


def _judge(
    paths: list[str],
    requests: list["ServiceRequest"],
    catalogue: "Catalogue",
    inventoried: "Inventoried",
    terms: "Terms",
) -> "Together":
    from firmpath.images.preflight import preflight
    from firmpath.images.together import Judged, judge_together

    def judged(path: str, request: "ServiceRequest") -> Judged:
        with naming_file(path):
            return Judged(printable(path), preflight(catalogue, request, inventoried, terms))

    return judge_together(parse_all(*(partial(judged, *each) for each in zip(paths, requests, strict=True))))


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


def _read(arguments: argparse.Namespace, columns: dict[str, str]) -> tuple[list["ServiceRequest"], "Inventoried"]:
    from firmpath.images.inventory_rows import read_known_devices

    requests = parse_all(*(partial(_read_request, path) for path in arguments.request))
    device_ids = {each for request in requests for each in request.device_ids}
    with working(f"Reading {arguments.inventory}"):
        return requests, read_known_devices(arguments.inventory, columns, device_ids)


def _read_request(path: str) -> "ServiceRequest":
    from firmpath.images.ota_header import BEGINS
    from firmpath.images.request_reading import read_request

    with naming_file(path), working(f"Reading {path}"), open_file(path) as file:
        if file.read(len(BEGINS)) == BEGINS:
            right = "see what it is with `firmpath image`, and give the request that carries it"
            raise FirmpathError(Fault("Service request", "", "is an OTA file", right, quoted=False))
        file.seek(0)
        return read_request(file)


def _catalogue(
    arguments: argparse.Namespace, requests: list["ServiceRequest"], inventoried: "Inventoried"
) -> "Catalogue":
    """Read what the answer needs of the CPL; what is excluded can be anywhere on it, and then that is all of it."""
    if arguments.exclude:
        return read_catalogue(arguments)
    return read_for(arguments, _references(requests, inventoried))


def _references(requests: list["ServiceRequest"], inventoried: "Inventoried") -> list[Reference]:
    """Give all that the answer is about, so that no more of the CPL is read than that."""
    from firmpath.images.known_devices import references_of

    hashes = dict.fromkeys(each for request in requests for each in request.hashes)
    readings = {device.reading for device in inventoried.devices.values()}
    return [*map(ByHash, hashes), *(each for reading in readings for each in references_of(reading))]


def _print(arguments: argparse.Namespace, together: "Together", named: list[str], names: list[str] | None) -> None:
    found = together.judged[0].found
    is_alone = len(together.judged) == 1
    if arguments.json:
        from firmpath.images.preflight_json import preflight_json, together_json

        fields = preflight_json(found) if is_alone else together_json(together)
        print_json(fields | known_at_json(arguments) | accepted_json(arguments))
        return
    from firmpath.images.ways import BY_COMMAND, WITH_THE_LIST

    ways = WITH_THE_LIST if arguments.out else BY_COMMAND
    (_print_one if is_alone else _print_several)(together, ways)
    if arguments.out:
        print_lists(named, arguments.out, names, together)
    print_wrapped(f"As at {day_in_words(found.catalogue.as_at)}. Check again before it is sent: a list can change.")
    if found.catalogue.excluded:
        left_out = listing(found.catalogue, sorted(found.catalogue.excluded))
        print_wrapped(f"Left out: no Device is taken to {left_out}.")
    print_accepted(arguments)


def _print_one(together: "Together", ways: "Ways") -> None:
    from firmpath.images.preflight_words import explain_preflight, find_groups

    found = together.judged[0].found
    print_explanation(explain_preflight(found, find_groups(found, ways), ways), hanging=2)


def _print_several(together: "Together", ways: "Ways") -> None:
    from firmpath.images.together_words import tell_each

    print_wrapped(together.headline, strong=True)
    for fault in together.faults:
        print_wrapped(f"{fault}.", indent=2, hanging=2)
    for names, explanation in tell_each(together, ways):
        print()
        print_wrapped(f"{names}:")
        print_explanation(explanation, hanging=2)
