"""Ask and tell a running register what only the Security Sub-Committee may, with a token that is made for it."""

import argparse
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from firmpath.cli.arguments import add_cpl, add_json
from firmpath.cli.committee.acts import ACTS, NAMING, help_of_acts
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

if TYPE_CHECKING:
    from firmpath.client.committee import Committee

_ARE_NO_LISTS: Final = ("assess", "openvex", "import", "count", *NAMING)
_TOKEN: Final = "FIRMPATH_TOKEN"
_REGISTER: Final = "FIRMPATH_REGISTER"
_COUNTED_ON: Final = "Day of the inventory"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("act", metavar="ACT", choices=tuple(ACTS), help=help_of_acts())
    parser.add_argument(
        "about",
        metavar="ABOUT",
        nargs="?",
        default="",
        help="a vulnerability, by its number or by a reference or CVE id that only one has; to import, a file; to "
        "count, an inventory with a row for each Device; to add a name, the name; to change one, its number",
    )
    parser.add_argument("--register", metavar="URL", default="", help=f"the register (default: ${_REGISTER})")
    parser.add_argument("--inventory", metavar="N", default="", help="weigh by the counts of this inventory")
    parser.add_argument(
        "--verdict",
        metavar="WORD",
        default="",
        help="affected, not affected or unknown; to assess also: taken back",
    )
    parser.add_argument(
        "--entry", metavar="ENTRY", action="append", default=[], help="to assess: a CPL Entry ID (repeatable)"
    )
    parser.add_argument("--justification", metavar="WORD", default="", help="to assess: why not, by OpenVEX's word")
    _add_arguments_of_names(parser)
    parser.add_argument("--counted-on", metavar="DATE", default="", help="to count: the day of the inventory")
    parser.add_argument("--most", metavar="N", type=int, help="looks: at most this many (default: 100)")
    parser.add_argument("--out", metavar="FILE", default="", help="write the list to this file: .csv or .xlsx")
    parser.add_argument("--replace", action="store_true", help="write over the file if it is there already")
    add_cpl(parser)
    add_json(parser)


def _add_arguments_of_names(parser: argparse.ArgumentParser) -> None:
    """Add what is said of a maker or a stack, some of it of other things as well."""
    parser.add_argument(
        "--because",
        metavar="WHY",
        default="",
        help="to assess: how it was found out, and by whom; to change a name: why",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        default="",
        help="to count: what the inventory is to be called; to change a name: the new one",
    )
    parser.add_argument("--kind", metavar="WORD", default="", help="to add a name: maker or stack")
    parser.add_argument(
        "--spelling",
        metavar="TEXT",
        action="append",
        default=[],
        help="to add or change a name: a further spelling that it matches (repeatable)",
    )
    parser.add_argument("--maker", metavar="N", default="", help="of a stack: the number of its maker")
    parser.add_argument(
        "--rule", metavar="WORDS", default="", help="to add or change a stack: how versions compare"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Do what is asked for."""
    needs = ACTS[arguments.act].needs
    if bool(needs) != bool(arguments.about):
        wrong = f"needs {'an' if needs == 'INVENTORY' else 'a'} {needs}" if needs else "takes nothing more"
        raise FirmpathError(Fault("ssc", arguments.act, wrong, "see firmpath ssc --help"))
    _refuse_unused(arguments)
    from firmpath.client.calling import RegisterError

    committee = _committee(arguments)
    from firmpath.cli.committee.naming import add_name, change_name

    naming = dict(zip(NAMING, (add_name, change_name), strict=True))
    others = {"assess": _assess, "openvex": _openvex, "import": _import, "count": _count, **naming}
    act = others.get(arguments.act, _list)
    try:
        return act(arguments, committee)
    except RegisterError as error:
        faults = [_fault_of(each["text"]) for each in error.faults]
        raise FirmpathError(*(faults or [Fault("Register", "", f"says: {error.detail}", quoted=False)])) from None


def _fault_of(text: str) -> Fault:
    """Give a fault that is told just as the register told it, which named its term and value already."""
    first, _, rest = text.partition(" ")
    return Fault(first, "", rest, quoted=False)


_OF_A_DAY: Final = ("vulnerabilities", "exposure", "fixes", "letters", "openvex")
_LISTS: Final = tuple(act for act in ACTS if act not in _ARE_NO_LISTS)
_USED_BY: Final = {
    "inventory": ("vulnerabilities", "exposure", "fixes"),
    "verdict": ("exposure", "assess"),
    **dict.fromkeys(("entry", "justification"), ("assess",)),
    "because": ("assess", "change-name"),
    "name": ("count", "change-name"),
    "counted_on": ("count",),
    "kind": ("add-name",),
    **dict.fromkeys(("spelling", "maker", "rule"), NAMING),
    "most": ("looks",),
    "out": _LISTS,
    "replace": _LISTS,
    "cpl": ("count",),
    "mapping": ("count",),
    "ignore": ("count",),
    "sheet": ("count",),
    "on": (*_OF_A_DAY, "count"),
    "known_at": (*_OF_A_DAY, "assessments"),
}


def _refuse_unused(arguments: argparse.Namespace) -> None:
    """Refuse an argument that would be taken and not used."""
    given = vars(arguments)
    refuse_if_any(
        Fault(
            f"--{name.replace('_', '-')}", str(given[name]), f"is not used by ssc {arguments.act}", "leave it out"
        )
        for name, acts in _USED_BY.items()
        if _is_given(given[name]) and arguments.act not in acts
    )


def _is_given(value: object) -> bool:
    return value not in (None, "", []) and value is not False  # but 0 is given


def _committee(arguments: argparse.Namespace) -> "Committee":
    from firmpath.client.calling import why_no_token, why_unfit
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
    if broken := why_no_token(token):
        faults.append(Fault("API token", "", broken, f"put it into {_TOKEN} again", quoted=False))
    refuse_if_any(faults)
    return Committee(address, token)


def _list(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    from firmpath.cli.committee.exposure import OF_EXPOSURE
    from firmpath.cli.committee.kept import OF_WHAT_IS_KEPT

    listing = {**OF_EXPOSURE, **OF_WHAT_IS_KEPT}[arguments.act]
    if arguments.out:
        from firmpath.cli.writing import ending_of, refuse_to_overwrite

        ending = ending_of(arguments.out, "csv", "xlsx")
        refuse_to_overwrite(arguments)
        answer = listing.ask(committee, arguments)
        _write(arguments, ending, listing.columns, [*listing.rows(answer)])
        return ExitCode.YES
    answer = listing.ask(committee, arguments)
    if arguments.json:
        print_json({"version": 1, "answer": "done", **{name: answer[name] for name in answer if name != "version"}})
        return ExitCode.YES
    for line in listing.lines(answer):
        if line.as_it_is:
            print(printable(line.text, most=len(line.text)))
        else:
            print_wrapped(line.text, line.indent, hanging=2, strong=line.strong)
    return ExitCode.YES


def _write(arguments: argparse.Namespace, ending: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    from firmpath.cli.writing import print_done
    from firmpath.tables.files import write_octets
    from firmpath.tables.listing import csv_of
    from firmpath.tables.writing import workbook_octets

    cells = [tuple(str(row.get(name, "")) for name in columns) for row in rows]
    octets = csv_of(columns, cells) if ending == "csv" else workbook_octets(columns, cells, arguments.act)
    write_octets(arguments.out, octets)
    words = f"Wrote {counted(len(cells), 'row')} to {printable(arguments.out)}."
    print_done(arguments, (words,), {"rows": len(cells)})


def _assess(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    from firmpath.cli.arguments import parse_all
    from firmpath.cli.committee.listing import vulnerability_of
    from firmpath.pathways.identifiers import parse_cpl_entry_id

    _require(arguments, {"entry": "Entry", "verdict": "Verdict", "because": "Reason"})
    number, *ids = parse_all(
        lambda: vulnerability_of(committee, arguments),
        *(lambda each=each: parse_cpl_entry_id(each) for each in arguments.entry),
    )
    ids = list(dict.fromkeys(ids))
    said = (arguments.verdict, arguments.because, arguments.justification)
    answer = committee.assess(number, ids, *said)
    if arguments.json:
        print_json({"version": 1, "answer": "done", "assessments": answer["assessments"]})
    else:
        print_wrapped(f"The assessment of {counted(len(ids), 'entry', 'entries')} is kept.")
    return ExitCode.YES


def _require(arguments: argparse.Namespace, wanted: Mapping[str, str]) -> None:
    refuse_if_any(
        Fault(term, "", "is not given", f"give it with --{name.replace('_', '-')}", quoted=False)
        for name, term in wanted.items()
        if not getattr(arguments, name)
    )


def _openvex(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    from firmpath.cli.committee.listing import day_of, vulnerability_of

    document = committee.openvex(vulnerability_of(committee, arguments), **day_of(arguments))
    print_json({"version": 1, "answer": "done", "openvex": document} if arguments.json else document)
    return ExitCode.YES


def _import(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    from firmpath.tables.files import LARGEST_SENT_OCTETS, file_fault, read_octets

    right = "send it in parts, each with all that it says of its vulnerabilities"
    try:
        text = read_octets(arguments.about, LARGEST_SENT_OCTETS, right).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FirmpathError(file_fault(arguments.about, "is not in UTF-8", "save it in UTF-8")) from None
    taken = committee.take_in(os.path.basename(arguments.about), text)
    counts = {name: taken[name] for name in ("added", "changed", "as_it_was")}
    cautions = taken.get("cautions", [])
    if arguments.json:
        print_json({"version": 1, "answer": "done", **counts, "cautions": cautions})
    else:
        stays = "as it was" if counts["as_it_was"] == 1 else "as they were"
        words = f"{counts['added']} added, {counts['changed']} changed, {counts['as_it_was']} {stays}"
        print_wrapped(f"Taken in from {printable(arguments.about)}: {words}.")
        for each in cautions:
            print_wrapped(printable(each, most=len(each)), indent=2, hanging=2)
    return ExitCode.YES


def _count(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    from firmpath.cli.commands.plan import require_engine
    from firmpath.cli.reading import read_catalogue
    from firmpath.pathways.identifiers import parse_date

    _require(arguments, {"name": "Name of the inventory", "counted_on": _COUNTED_ON})
    counted_on = parse_date(arguments.counted_on, _COUNTED_ON)
    catalogue = read_catalogue(arguments)
    require_engine()
    from firmpath.fleet.counting import count_inventory

    counted = count_inventory(catalogue, arguments.about)
    given = committee.give_counts(arguments.name, counted_on.isoformat(), counted.by_entries.items())
    sizes = {"not_listed": counted.not_listed, "not_understood": counted.not_understood}
    if arguments.json:
        print_json({"version": 1, "answer": "done", "inventory": given, **sizes})
        return ExitCode.YES
    print_wrapped(f"Inventory {given['number']}, {given['name']}: {given['devices']:,} Devices by CPL entry.")
    print_wrapped(f"{counted.not_listed:,} more run firmware that is not on the CPL.", indent=2)
    print_wrapped(f"{counted.not_understood:,} more name firmware in a way that is not understood.", indent=2)
    return ExitCode.YES
