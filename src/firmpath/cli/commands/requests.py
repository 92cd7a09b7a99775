"""Write unsigned service requests for the waves of a plan: 11.1 or 11.4 for each file, 11.3 for each Device."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from firmpath.cli.arguments import add_json, parse_all
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_command, print_json, print_wrapped, printable
from firmpath.cli.progress import progress
from firmpath.cli.reading import naming_file, open_file
from firmpath.cli.request_files import find_request_files
from firmpath.cli.typed import as_file, as_typed
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.pathways.not_known import NOT_KNOWN

if TYPE_CHECKING:
    from firmpath.fleet.manifest_form import ManifestWave
    from firmpath.images.wave_requests import Asked, Given, Requests

_MOST_SHOWN = 20
_REFERENCES = ("11.1", "11.3", "11.4")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("plan", metavar="PLAN_DIR", help="the folder that `firmpath plan` made")
    parser.add_argument("--out", metavar="DIR", required=True, help="the folder to make")
    parser.add_argument("--originator", metavar="EUI-64", required=True, help="who asks, for the RequestIDs")
    parser.add_argument("--counter", metavar="N", required=True, help="the counter of the first RequestID")
    parser.add_argument(
        "--image",
        metavar="[ENTRY=]FILE",
        action="append",
        default=[],
        help="an OTA file; its hash says which entry it is for, unless ENTRY does (repeatable)",
    )
    parser.add_argument(
        "--entry",
        metavar="ENTRY",
        action="append",
        default=[],
        help="the wave to this CPL entry alone (repeatable; default: every wave)",
    )
    parser.add_argument(
        "--devices",
        metavar="LIST",
        help="these Devices alone: a file with one Device ID on each line, or a folder of such files, as `firmpath "
        "preflight --repaired` writes them",
    )
    parser.add_argument("--only", choices=_REFERENCES, help="requests of this kind alone")
    parser.add_argument("--execute", metavar="WHEN", help="when each 11.3 is executed (default: at once)")
    parser.add_argument("--broker", metavar="EUI-64", help="whom 11.1 and 11.4 are addressed to")
    parser.add_argument("--schema-version", metavar="VERSION", help="the version of the DUIS (default: 5.4)")
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the requests, and say what was written."""
    from firmpath.fleet.manifest_reading import read_manifest
    from firmpath.fleet.unfinished import complete_or_nothing
    from firmpath.images.wave_requests import choose_images, needs_image, refuse_overrun, write_requests

    now = datetime.now(UTC)
    asked, entries, waves, given = parse_all(
        lambda: _asked(arguments, now),
        lambda: [parse_cpl_entry_id(each) for each in arguments.entry],
        lambda: read_manifest(arguments.plan).waves,
        lambda: parse_all(*(lambda each=each: _given(each) for each in arguments.image)),
    )
    chosen = _chosen_waves(waves, entries, arguments.only or "")
    _refuse_unused(arguments, chosen, asked)
    images = choose_images(waves, [each for each in chosen if needs_image(each, asked)], given, asked)
    refuse_overrun(chosen, asked)
    devices = sum(file.devices for wave in chosen for file in wave.files)
    with (
        complete_or_nothing(Path(arguments.out).absolute(), "Folder") as folder,
        progress("Writing requests", devices) as more,
    ):
        made = write_requests(folder, arguments.plan, chosen, images, asked, more)
    _print(arguments, made, asked)
    return ExitCode.YES


def _asked(arguments: argparse.Namespace, now: datetime) -> "Asked":
    from firmpath.images.duis_header import SCHEMA_VERSION
    from firmpath.images.service_request import ACCESS_CONTROL_BROKER, parse_device_id
    from firmpath.images.wave_requests import Asked

    originator, broker, counter, version, executes_at, device_ids = parse_all(
        lambda: parse_device_id(arguments.originator, "Originator"),
        lambda: parse_device_id(arguments.broker or ACCESS_CONTROL_BROKER, "Broker"),
        lambda: _counter(arguments.counter),
        lambda: _schema_version(arguments.schema_version or SCHEMA_VERSION),
        lambda: _execution(arguments.execute, now) if arguments.execute else NOT_KNOWN,
        lambda: _devices(arguments.devices) if arguments.devices else NOT_KNOWN,
    )
    if broker == originator:
        right = "give whom 11.1 and 11.4 are addressed to, or leave it out"
        raise FirmpathError(Fault("Broker", broker, "is the originator too", right, quoted=False))
    references = (arguments.only,) if arguments.only else _REFERENCES
    return Asked(originator, counter, broker, references, executes_at, version, device_ids)


def _execution(written: str, now: datetime) -> datetime:
    from firmpath.images.service_request import is_mistyped_cancellation, mistyped_cancellation, parse_execution
    from firmpath.images.targets import has_passed

    at = parse_execution(written)
    if at <= now:
        right = "give an instant to come, or leave --execute out to have it executed at once"
        raise FirmpathError(has_passed(at, now, right))
    if is_mistyped_cancellation(at):
        raise FirmpathError(mistyped_cancellation(at))
    return at


def _devices(path: str) -> frozenset[str]:
    from firmpath.images.wave_requests import read_device_list

    found: set[str] = set()
    for each in find_request_files([path], "list"):
        with naming_file(each), open_file(each) as file:
            found |= read_device_list(file)
    return frozenset(found)


def _counter(written: str) -> int:
    from firmpath.images.service_request import LARGEST_COUNTER

    is_short = len(written) <= len(str(LARGEST_COUNTER))
    if written.isascii() and written.isdecimal() and is_short and int(written) <= LARGEST_COUNTER:
        return int(written)
    wrong = f"is not a whole number up to {LARGEST_COUNTER}"
    raise FirmpathError(Fault("Counter", written, wrong, "give the first that is not used yet"))


def _schema_version(written: str) -> str:
    from firmpath.images.duis_header import is_schema_version

    if is_schema_version(written):
        return written
    raise FirmpathError(Fault("Version of the DUIS", written, "is not a version", "write it as in 5.4"))


def _given(written: str) -> "Given":
    """Read an image, which may have the CPL Entry ID that it is for before its name."""
    from firmpath.images.manufacturer_image import read_image
    from firmpath.images.wave_requests import Given

    entry, equals, path = written.partition("=")
    cpl_entry_id = parse_cpl_entry_id(entry) if equals and entry.isdecimal() else NOT_KNOWN
    name = path if cpl_entry_id else written
    with naming_file(name), open_file(name) as file:
        return Given(name, read_image(file), cpl_entry_id)


def _chosen_waves(waves: "tuple[ManifestWave, ...]", entries: list[int], only: str) -> "list[ManifestWave]":
    there = sorted({wave.cpl_entry_id for wave in waves})
    refuse_if_any(
        Fault("CPL entry", str(each), "is the next step of no Device in this plan", _those_of(there), quoted=False)
        for each in entries
        if each not in there
    )
    named = [wave for wave in waves if not entries or wave.cpl_entry_id in entries]
    chosen = [wave for wave in named if only in wave.service_request]
    if not chosen:
        wrong = f"has no wave that takes {only or 'a request'}"
        raise FirmpathError(Fault("Plan", "", wrong, "see its report.html for what is planned", quoted=False))
    refuse_if_any(
        Fault("CPL entry", str(wave.cpl_entry_id), f"takes no {only}", "leave it out of --entry", quoted=False)
        for wave in named
        if entries and wave not in chosen
    )
    return chosen


def _those_of(entries: list[CPLEntryID]) -> str:
    if not entries:
        return "it has no wave; its report.html says why"
    others = f" and {len(entries) - _MOST_SHOWN:,} more" if len(entries) > _MOST_SHOWN else ""
    return f"it has waves to {', '.join(map(str, entries[:_MOST_SHOWN]))}{others}"


def _refuse_unused(arguments: argparse.Namespace, chosen: "list[ManifestWave]", asked: "Asked") -> None:
    """Refuse a setting that would be taken and not used: an 11.4 activates as soon as it has come."""
    from firmpath.images.service_request import CANCELS_AT
    from firmpath.images.wave_requests import references_of

    references = {each for wave in chosen for each in references_of(wave, asked)}
    faults = []
    if arguments.execute and "11.4" in references:
        right = "name the other waves with --entry, and write those for PPMIDs without it"
        faults.append(Fault("--execute", arguments.execute, "cannot put off an 11.4, which activates too", right))
    elif arguments.execute and "11.3" not in references:
        wrong = "goes with an 11.3, and none is asked for"
        faults.append(Fault("--execute", arguments.execute, wrong, "leave it out"))
    if asked.executes_at == CANCELS_AT and references != {"11.3"}:
        right = "add --only 11.3 if you mean to cancel"
        wrong = "cancels activations, and more than 11.3 is asked for"
        faults.append(Fault("--execute", arguments.execute, wrong, right))
    if arguments.broker and references == {"11.3"}:
        wrong = "is whom 11.1 and 11.4 are addressed to, and neither is asked for"
        faults.append(Fault("--broker", arguments.broker, wrong, "leave it out"))
    refuse_if_any(faults)


def _print(arguments: argparse.Namespace, made: "Requests", asked: "Asked") -> None:
    from firmpath.images.service_request import CANCELS_AT

    numbers = {each: _number(each, made) for each in _REFERENCES}
    if arguments.json:
        fields = {
            "version": 1,
            "answer": "done",
            "folder": arguments.out,
            "requests": {each: number for each, number in numbers.items() if number},
            "devices": made.devices,
            "cancels": asked.executes_at == CANCELS_AT,
            "next_counter": made.next_counter,
        }
        print_json(fields)
        return
    listed = ", ".join(f"{number:,} of {each}" for each, number in numbers.items() if number)
    print_wrapped(
        f"Written. Unsigned service requests for {counted(made.devices, 'Device')}: {listed}.", strong=True
    )
    if asked.executes_at == CANCELS_AT:
        print_wrapped("Each cancels an activation that was to come, and brings no firmware to a Device.")
    print_wrapped(f"They are in {printable(arguments.out)}, and requests.json lists them.")
    print_wrapped(f"The first counter that is free is {made.next_counter}.")
    print_wrapped("Next: check them by an inventory, and have them signed with your own tool. To check them:")
    print_command(as_typed(("firmpath", "preflight", as_file(arguments.out), "--inventory", "INVENTORY")))


def _number(reference: str, made: "Requests") -> int:
    own = [each for each in made.written if each.service_request == reference]
    return sum(each.devices for each in own) if reference == "11.3" else len(own)
