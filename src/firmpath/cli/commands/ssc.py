"""Ask and tell a running register what only the Security Sub-Committee may, with a token that is made for it."""

import argparse
import os
from typing import TYPE_CHECKING, Any, Final

from firmpath.cli.arguments import add_cpl, add_json
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

if TYPE_CHECKING:
    from firmpath.client.committee import Committee

_ACTS: Final = {
    "vulnerabilities": (),
    "exposure": ("NUMBER",),
    "fixes": ("NUMBER",),
    "openvex": ("NUMBER",),
    "import": ("FILE",),
    "count": ("INVENTORY",),
}
_TOKEN: Final = "FIRMPATH_TOKEN"
_REGISTER: Final = "FIRMPATH_REGISTER"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("act", metavar="ACT", choices=tuple(_ACTS), help=", ".join(_ACTS))
    parser.add_argument(
        "about",
        metavar="ABOUT",
        nargs="?",
        default="",
        help="the number of a vulnerability; to import, a file; to count, an inventory with a row for each Device",
    )
    parser.add_argument("--register", metavar="URL", default="", help=f"the register (default: ${_REGISTER})")
    parser.add_argument("--inventory", metavar="N", default="", help="weigh by the counts of this inventory")
    parser.add_argument("--verdict", metavar="WORD", default="", help="only entries that are affected, or unknown")
    parser.add_argument("--name", metavar="NAME", default="", help="to count: what the inventory is to be called")
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Do what is asked for."""
    if len(_ACTS[arguments.act]) != bool(arguments.about):
        wanted = "".join(_ACTS[arguments.act])
        wrong = f"needs {'an' if wanted[:1] == 'I' else 'a'} {wanted}" if wanted else "takes nothing more"
        raise FirmpathError(Fault("ssc", arguments.act, wrong, "see firmpath ssc --help"))
    _refuse_unused(arguments)
    from firmpath.client.calling import RegisterError

    committee = _committee(arguments)
    act = {
        "vulnerabilities": _vulnerabilities,
        "exposure": _exposure,
        "fixes": _fixes,
        "openvex": _openvex,
        "import": _import,
        "count": _count,
    }[arguments.act]
    try:
        return act(arguments, committee)
    except RegisterError as error:
        faults = [Fault(each["term"], each["value"], each["text"], quoted=False) for each in error.faults]
        raise FirmpathError(*(faults or [Fault("Register", "", f"says: {error.detail}", quoted=False)])) from None


_USED_BY: Final = {
    "inventory": ("vulnerabilities", "exposure", "fixes"),
    "verdict": ("exposure",),
    "name": ("count",),
    "cpl": ("count",),
    "on": ("vulnerabilities", "exposure", "fixes", "openvex", "count"),
    "known_at": ("vulnerabilities", "exposure", "fixes", "openvex"),
}


def _refuse_unused(arguments: argparse.Namespace) -> None:
    """Refuse an argument that would be taken and not used."""
    given = vars(arguments)
    refuse_if_any(
        Fault(
            f"--{name.replace('_', '-')}", str(given[name]), f"is not used by ssc {arguments.act}", "leave it out"
        )
        for name, acts in _USED_BY.items()
        if given[name] and arguments.act not in acts
    )


def _committee(arguments: argparse.Namespace) -> "Committee":
    from firmpath.client.calling import why_unfit
    from firmpath.client.committee import Committee

    address, token = arguments.register or os.environ.get(_REGISTER, ""), os.environ.get(_TOKEN, "")
    faults = []
    unfit = why_unfit(address, "some token")
    if unfit:
        right = f"give its address, which begins with https://, with --register or as {_REGISTER}"
        faults.append(Fault("Register", address, unfit, right, quoted=bool(address)))
    if not token:
        right = f"make one on the page 'API tokens' for the SSC's data, and put it into {_TOKEN}"
        faults.append(Fault("API token", "", "is not given", right, quoted=False))
    refuse_if_any(faults)
    return Committee(address, token)


def _asked(arguments: argparse.Namespace) -> dict[str, str]:
    return {"as_at": arguments.on or "", "known_on": arguments.known_at or "", "inventory": arguments.inventory}


def _number(arguments: argparse.Namespace) -> int:
    text = arguments.about
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        right = "look it up with firmpath ssc vulnerabilities"
        raise FirmpathError(Fault("Vulnerability", text, "is not a number", right))
    return int(text)


def _vulnerabilities(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    found = committee.vulnerabilities(**_asked(arguments))
    if arguments.json:
        print_json({"version": 1, "answer": "done", "vulnerabilities": found})
        return ExitCode.YES
    for each in found:
        vulnerability, verdicts = each["vulnerability"], each["verdicts"]
        print_wrapped(
            f"{vulnerability['number']}. {vulnerability['reference']} {vulnerability.get('title', '')}", strong=True
        )
        print_wrapped(_counts(verdicts), indent=2)
        ways = f"{each['with_a_way_out']} with a way out, {sum(each['without_a_way_out'].values())} without"
        print_wrapped(f"{ways}.", indent=2)
    return ExitCode.YES


def _exposure(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    asked = {**_asked(arguments), "verdict": arguments.verdict, "limit": "1000"}
    whole, entries = committee.exposure(_number(arguments), **asked)
    if arguments.json:
        fields = {name: whole[name] for name in ("as_at", "verdicts")}
        print_json({"version": 1, "answer": "done", **fields, "entries": list(entries)})
        return ExitCode.YES
    print_wrapped(_counts(whole["verdicts"]), strong=True)
    for each in entries:
        name = f"{each['cpl_entry_id']} ({each['firmware_version']})"
        print_wrapped(f"{name}: {each['verdict']}, {each['why']}.{_way(each)}", indent=2, hanging=2)
    return ExitCode.YES


def _fixes(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    found = committee.fixes(_number(arguments), **_asked(arguments))
    if arguments.json:
        print_json({"version": 1, "answer": "done", "fixes": found})
        return ExitCode.YES
    for each in found:
        print_wrapped(each["text"], hanging=2)
    if not found:
        print_wrapped("No further upgrade would rescue an entry.")
    return ExitCode.YES


def _openvex(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    asked = {name: value for name, value in _asked(arguments).items() if name != "inventory"}
    document = committee.openvex(_number(arguments), **asked)
    print_json({"version": 1, "answer": "done", "openvex": document} if arguments.json else document)
    return ExitCode.YES


def _import(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    from firmpath.tables.files import file_fault, read_octets

    try:
        text = read_octets(arguments.about).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FirmpathError(file_fault(arguments.about, "is not in UTF-8", "save it in UTF-8")) from None
    taken = committee.take_in(os.path.basename(arguments.about), text)
    counts = {name: taken[name] for name in ("added", "changed", "as_it_was")}
    if arguments.json:
        print_json({"version": 1, "answer": "done", **counts})
    else:
        words = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
        print_wrapped(f"Taken in from {printable(arguments.about)}: {words}.")
    return ExitCode.YES


def _count(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    from firmpath.cli.commands.plan import require_engine
    from firmpath.cli.reading import read_catalogue

    if not arguments.name:
        raise FirmpathError(Fault("Name of the inventory", "", "is not given", "give it with --name", quoted=False))
    catalogue = read_catalogue(arguments)
    require_engine()
    from firmpath.fleet.counting import count_inventory

    counted = count_inventory(catalogue, arguments.about)
    given = committee.give_counts(arguments.name, catalogue.as_at.isoformat(), counted.by_entries.items())
    sizes = {"not_listed": counted.not_listed, "not_understood": counted.not_understood}
    if arguments.json:
        print_json({"version": 1, "answer": "done", "inventory": given, **sizes})
        return ExitCode.YES
    print_wrapped(f"Inventory {given['number']}, {given['name']}: {given['devices']:,} Devices by CPL entry.")
    print_wrapped(f"{counted.not_listed:,} more run firmware that is not on the CPL.", indent=2)
    print_wrapped(f"{counted.not_understood:,} more name firmware in a way that is not understood.", indent=2)
    return ExitCode.YES


def _counts(verdicts: dict[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {_size(each)}" for name, each in verdicts.items()) + "."


def _size(counts: dict[str, int]) -> str:
    devices = f", {counts['devices']:,} Devices" if counts.get("devices") else ""
    return f"{counts['entries']:,} entr{'y' if counts['entries'] == 1 else 'ies'}{devices}"


def _way(entry: dict[str, Any]) -> str:
    if entry.get("way_out"):
        return f" Way out: {' → '.join(map(str, entry['way_out']))}."
    return f" No way out: {entry['no_way_out']}." if entry.get("no_way_out") else ""
