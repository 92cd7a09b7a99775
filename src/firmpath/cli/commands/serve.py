"""Serve the register to browsers and programs; what it keeps, and where, is set by environment variables."""

import argparse
import os
import sys

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_wrapped
from firmpath.cli.progress import working
from firmpath.pathways.faults import Fault, FirmpathError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--host", metavar="ADDRESS", help="where to listen (FIRMPATH_HOST; default: 127.0.0.1)")
    parser.add_argument("--port", metavar="PORT", help="(FIRMPATH_PORT; default: 8000)")
    parser.add_argument("--workers", metavar="N", default="1", help="processes (default: 1)")
    parser.add_argument("--threads", metavar="N", default="4", help="threads in each (default: 4)")
    parser.add_argument(
        "--with-example", action="store_true", help="load the invented CPL into a register that has none"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Make the register fit to be served, say how to reach it, and serve it until told to stop."""
    from datetime import UTC, datetime

    host = arguments.host or os.environ.get("FIRMPATH_HOST") or "127.0.0.1"
    port = _count("Port", arguments.port or os.environ.get("FIRMPATH_PORT") or "8000", 65_535)
    workers, threads = _count("Workers", arguments.workers, 64), _count("Threads", arguments.threads, 256)
    os.environ.setdefault("FIRMPATH_PUBLIC_URL", f"http://{_as_typed(host)}:{port}")
    at = datetime.now(UTC)
    with working("Making the register ready"):  # some seconds, the first time more
        start_django()
        from firmpath.registry.operations.preparing import begin_with, first_link, prepare
        from firmpath.registry.operations.serving import Served, find_address, serve

        address = find_address(host, port)
        prepare()
        if arguments.with_example:
            from firmpath.cli.commands.demo import EXAMPLE_CPL
            from firmpath.cli.reading import read_statements

            begin_with(read_statements(EXAMPLE_CPL), at)
    _announce(first_link(at), is_example=arguments.with_example)
    import firmpath.registry.wsgi  # noqa: F401  # reads the ledger, once for all processes that begin as copies of this

    serve(Served(address, port, workers, threads))
    return ExitCode.YES


def start_django() -> None:
    """Start Django with the settings of the register, for commands that work on its databases.

    :raises FirmpathError: Django is not installed, or a setting cannot be meant.
    """
    try:
        import django
    except ImportError:
        wrong, right = "is not installed", "install firmpath with its extra 'registry'"
        raise FirmpathError(Fault("Django", "", wrong, right, quoted=False)) from None
    os.umask(0o077)  # what is kept is nobody else's to read
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firmpath.registry.settings")
    django.setup()


def _as_typed(host: str) -> str:
    """Give an address as a browser on this machine takes it: by the one name at which browsers allow passkeys."""
    if host in ("0.0.0.0", "::", "127.0.0.1", "::1"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _announce(link: str, *, is_example: bool) -> None:
    """Say where it is; the link for the first person is shown here and nowhere else."""
    print_wrapped(f"The register is at {os.environ['FIRMPATH_PUBLIC_URL']}. Stop it with Ctrl+C.")
    if link:
        print_wrapped(
            "Nobody has joined yet. By this link the first person joins, as SECAS; it works for 24 hours:"
        )
        print(f"\n    {link}\n")
        if is_example:
            print_wrapped(
                "To see what the Security Sub-Committee sees: under 'Parties and people' add a Party with the role "
                "SSC and invite somebody into it. Once they have joined, confirm them from another terminal, with "
                "`firmpath confirm` and their e-mail address. Under 'ZigBee' they are offered to have it "
                "filled with invented stacks and vulnerabilities."
            )
    sys.stdout.flush()


def _count(term: str, written: str, most: int) -> int:
    if written.isascii() and written.isdecimal() and 1 <= int(written[:9]) <= most:
        return int(written)
    raise FirmpathError(Fault(term, written, f"is not a whole number from 1 to {most}"))
