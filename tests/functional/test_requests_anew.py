"""From a no-go to requests that may be sent, by the commands that the answers print."""

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.images.request_reading import parse_request
from tests.functional.conftest import Firmpath
from tests.functional.running import Printed
from tests.functional.wave_plan import ASKS, IMAGES, ON
from tests.images.making import device


def suspend(inventory: Path, number: int) -> None:
    commissioned, suspended = (f"{device(number)},1,{each}" for each in ("Commissioned", "Suspended"))
    inventory.write_text(inventory.read_text().replace(commissioned, suspended))


def as_in_a_shell(printed: Printed, line: int = -1) -> list[str]:
    """Give the words after the first of a printed command, as a shell takes them."""
    command = printed.lines[line].replace("INVENTORY", "inventory.csv")
    taken = subprocess.run(["bash", "-c", f"printf '%s\\0' {command}"], capture_output=True, check=True)
    return os.fsdecode(taken.stdout).split("\0")[1:-1]


def test_the_command_that_makes_requests_anew_is_printed_whole(
    firmpath: Firmpath, plan: Path, tmp_path: Path
) -> None:
    inventory = tmp_path / "inventory.csv"
    suspend(inventory, 2)
    checked = ("--cpl", "cpl.register", *ON)
    settings = ("--broker", device(77), "--schema-version", "5.2")
    firmpath("requests", plan, *ASKS, *IMAGES, *settings, "--out", "all of them")
    for named in ("all of them", "all of them/to-2-0001.11.1.xml"):
        lists = f"fit {len(named)}.txt"
        printed = firmpath("preflight", named, "--inventory", inventory, *checked, "--repaired", lists)
        assert printed.code == ExitCode.NO
        at = printed.lines.index("Next: write requests for these Devices alone, and check those:")
        name, *words = shlex.split(printed.lines[at + 1])
        assert printed.lines[at + 2] == (
            "49 is the first counter that they leave free; give a later one if it is used."
        )
        made = firmpath(*words)
        assert (name, made.code) == ("firmpath", ExitCode.YES)
        name, *words = shlex.split(made.lines[-1].replace("INVENTORY", str(inventory)))
        assert (name, firmpath(*words, *checked).code) == ("firmpath", ExitCode.YES)
        octets = (tmp_path / words[1] / "to-2-0001.11.1.xml").read_bytes()
        request = parse_request([octets])
        assert request.device_ids == (device(1), device(3))
        assert str(request.request_id) == f"02-00-00-00-00-00-0A-01:{device(77)}:49"
        assert b'schemaVersion="5.2"' in octets


@pytest.mark.parametrize(
    "name", ["it's $HOME", "-dash", "--out", "tab\tnew\nline", "\u200bz\u202e", "\x1b[2J", "octet \udcff '\\1"]
)
def test_whatever_files_are_called_the_printed_commands_run(
    firmpath: Firmpath, plan: Path, tmp_path: Path, name: str
) -> None:
    suspend(tmp_path / "inventory.csv", 2)
    checked = ("--cpl", "cpl.register", *ON)
    own = plan.rename(plan.with_name(f"{name} plan"))
    made = firmpath("requests", *ASKS, *IMAGES, f"--out={name}", "--", own.name)
    words = as_in_a_shell(made)
    assert firmpath(*words, *checked).code == ExitCode.NO
    again = firmpath("preflight", *words[1:], *checked, f"--repaired={name}2")
    made = firmpath(*as_in_a_shell(again, -2))
    assert firmpath(*as_in_a_shell(made), *checked).code == ExitCode.YES


def test_without_what_they_were_made_with_the_command_says_what_to_fill_in(
    firmpath: Firmpath, plan: Path, tmp_path: Path
) -> None:
    suspend(tmp_path / "inventory.csv", 2)
    checked = ("--inventory", "inventory.csv", "--cpl", "cpl.register", *ON)
    firmpath("requests", plan, *ASKS, *IMAGES, "--out", "all")
    listed = (tmp_path / "all" / "requests.json").read_text()
    old = {name: each for name, each in json.loads(listed).items() if name not in ("plan", "images", "settings")}
    endless = listed.replace('"next_counter": 49', '"next_counter": 1e999')
    for at, other in enumerate((json.dumps(old), listed.replace("esme.ota", "gone.ota"), "[" * 100_000, endless)):
        (tmp_path / "all" / "requests.json").write_text(other)
        printed = firmpath("preflight", "all/to-2-0001.11.1.xml", *checked, "--repaired", f"fit{at}.txt")
        assert printed.lines[-3:] == [
            "Next: write requests for these Devices alone, and check those:",
            "firmpath requests PLAN --entry 2 --image 2=IMAGE.ota --originator 02-00-00-00-00-00-0A-01 --counter "
            f"COUNTER --devices fit{at}.txt --out fit{at}-requests",
            "Put the folder of the plan in the place of PLAN, the OTA file in that of IMAGE.ota, and a counter "
            "that is not used yet in that of COUNTER.",
        ]


def test_activations_that_other_devices_may_take_are_written_by_themselves(
    firmpath: Firmpath, plan: Path, tmp_path: Path
) -> None:
    suspend(tmp_path / "inventory.csv", 2)
    checked = ("--inventory", "inventory.csv", "--cpl", "cpl.register", *ON)
    later = ("--execute", "2030-01-15T09:00:00.00Z", "--entry", "2")
    firmpath("requests", plan, *ASKS, *IMAGES[:2], *later, "--out", "all")  # too late for what was read this May
    printed = firmpath("preflight", "all", *checked, "--repaired", "fit").lines
    assert printed[-1].endswith(
        "Not the same Devices may take the activations (11.3) as the images: write each kind by itself instead, "
        "with --only, and with its own lists in --devices."
    )
    assert "--execute 2030-01-15T09:00:00.00Z" in printed[-2]
    firmpath("requests", plan, *ASKS, *later, "--only", "11.3", "--out", "later")
    only = firmpath("preflight", "later", *checked, "--stale-after", "3000", "--repaired", "only").lines
    assert "--only 11.3 --devices only --out only-requests" in only[-2]
    assert "--image" not in only[-2]
    assert "Not the same Devices" not in only[-1]
