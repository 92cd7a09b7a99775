"""`--json`: every field that a command prints is in docs/cli.md, and every field there is printed by some."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from tests.docs.cli_forms import FORMS
from tests.docs.cli_json import Form
from tests.functional.conftest import Firmpath, Register
from tests.functional.json_paths import fields_of, paths_of
from tests.functional.test_path_in_words import ANSWERS
from tests.images.making import device, hash_of, ota_file, update_request

# A pathway with a twin and a stepping stone, something barred, something missing, a mark and a notice.
FULL = (
    "1 <- 2 <- 3 <- 4; 2 stone; 3 version=0000000F; 5 version=0000000F; 6 ?; 4 cpa=2027-03-31; 7 dead-end; "
    "8 withdrawn; 1 <- 8; 1 contact=firmware@brackenfell.example; 2 reason=tested; 9 listed=2027-01-01; "
    "2 band=Dual Band; notice N1: 3 -> 4"
)
MARKED = (
    "1 <- 2; 1 withdrawn; 1 stone; 1 reason=tested; 1 band=Dual Band; 1 cpa=2027-03-31; "
    "1 contact=firmware@brackenfell.example"
)
SUBMISSIONS = {
    "acceptable": "1 <- 2; 2 band=2.4 GHz Only",
    "needs reason": "1; 2 N/A; 2 band=2.4 GHz Only",
    "refused": "1; 2 ?",
}
"""Of each the last entry is submitted; the first is on the CPL."""

LIMIT = ("--per-day", 5, "--per-day-by", "region=4", "--finish-by", "2028-01-31", "--not-on", "sunday", "--out")
ACCEPT = ("--accept", "N1", "--because", "tried on ten Devices")


class Run(NamedTuple):
    """A command line whose output is held against the form of its command."""

    command: str
    argv: tuple[str, ...]
    catalogue: str = FULL


RUNS = [
    *(Run("path", (question.installed, question.target), question.catalogue) for question in ANSWERS),
    Run("path", ("1", "4")),
    Run("path", ("1", "4", *ACCEPT)),
    Run("path", ("1", "6")),
    Run("path", ("1", "8")),
    Run("path", ("1", "9")),
    Run("next", ("1", "4", *ACCEPT)),
    Run("why-not", ("1", "newest")),
    Run("alternatives", ("1", "3")),
    Run("alternatives", ("1", "4"), "1 <- 2 <- 4; 1 <- 3 <- 4"),
    Run("stones", ("1", "4", *ACCEPT)),
    Run("check-sequence", ("1", "2", "4", *ACCEPT)),
    Run("check-sequence", ("1", "2", "3", "4", *ACCEPT)),
    Run("check-sequence", ("1", "8")),
    Run("entry", ("2",), "1 <- 2; 1 listed=2027-01-01"),
    Run("check-sequence", ("1", "2")),
    Run("entry", ("1",)),
    Run("entry", ("2",)),
    Run("entry", ("4",)),
    Run("entry", ("8",)),
    Run("lint", ()),
    Run("path", ("1", "4", "--known-at", "2026-06-01")),
    Run("check-sequence", ("1", "2", "--known-at", "2026-06-01")),
    Run("check-sequence", ("F001/00050203@0000000F", "4")),
    Run("alternatives", ("F001/00050203@0000000F", "newest")),
    Run("entry", ("1", "--known-at", "2026-06-01T09:30:00Z")),
    Run("lint", ("--known-at", "2026-06-01")),
    Run("path", ("what is this", "2")),
]


NAMED_BY_DATA = re.compile(r"(?:requests\[\]\.)?entries|counts|pathway_counts|images\[\]\.header|requests|statuses")
"""Objects whose fields are no words of ours, each of which is as any other."""

NO_IDS = {
    "octets",
    "header",
    "devices",
    "requests",
    "next_counter",
    "version",
    "activations",
    "judged",
    "counts",
    "pathway_counts",
    "number",
    "corrected_by",
    "before",
    "after",
}


def ids_in(value: Any) -> Iterator[int]:
    """Give every number that is printed but for those that are known to be no CPL Entry IDs."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from ids_in(each) if name not in NO_IDS else ()
    elif isinstance(value, list):
        for each in value:
            yield from ids_in(each)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value


def form_of(command: str) -> Form:
    return next(form for form in FORMS if command in form.commands)


def seen_in(written: dict[str, Any]) -> set[str]:
    """Give the paths of all fields that were printed, but for what other commands print in turn.

    What docs/cli.md says once of the four lists of changes is said here of the first.
    """
    found = set()
    for path in paths_of(written, NAMED_BY_DATA):
        path = re.sub(r"^(lost|lengthened|shortened)\[\]", "gained[]", path)
        path = re.sub(r"^answers\[\]\.|^requests\[\]\.(?!file$)", "", path)
        if not path.startswith(("instead.", "commands[].printed.", "devices[].pathway.")):
            found.add(path)
    return found


def check_form(command: str, written: dict[str, Any]) -> None:
    """Hold what was printed against the form of its command."""
    form = FORMS[-1] if written["answer"] == "refused" and "faults" in written else form_of(command)
    assert list(written)[:2] == ["version", "answer"]
    assert written["version"] == 1
    if "entries" in written and isinstance(written["entries"], dict):
        assert set(ids_in(written)) <= {int(each) for each in written["entries"]}
    assert (command, seen_in(written) - fields_of(form)) == (command, set())


def test_every_documented_field_and_answer_is_seen(asked: Firmpath, written_files: list[tuple[str, Any]]) -> None:
    fields: dict[str, set[str]] = {form.title: set() for form in FORMS}
    answers: dict[str, set[str]] = {form.title: set() for form in FORMS}
    printed = [(run.command, asked(run.catalogue, run.command, *run.argv, "--json").json) for run in RUNS]
    for command, written in [*printed, *written_files]:
        check_form(command, written)
        form = FORMS[-1] if "faults" in written else form_of(command)
        fields[form.title] |= seen_in(written)
        answers[form.title].add(written["answer"])
    assert {form.title: fields_of(form) - fields[form.title] for form in FORMS} == {
        form.title: set() for form in FORMS
    }
    assert {form.title: set(form.answers) for form in FORMS} == answers


@pytest.fixture
def written_files(firmpath: Firmpath, register: Register, tmp_path: Path) -> list[tuple[str, Any]]:
    """Run the commands that write files, or that read more than one."""
    cpl, table = register(FULL), tmp_path / "cpl.csv"
    one, two = register("1", "one.register"), register("1 <- 2", "two.register")
    marked = register(MARKED, "marked.register")
    said = marked.read_text(encoding="utf-8")
    link = '"kind":"stepping_stone_marked","link":"https://brackenfell.example/notes"'
    marked.write_text(said.replace('"kind":"stepping_stone_marked"', link), encoding="utf-8")
    known = ("--on", "2026-06-01")
    for name, notation in SUBMISSIONS.items():
        submission = tmp_path / f"{name}.csv"
        firmpath("export", "--cpl", register(notation, name), "--out", submission, *known)
        heading, *rows = submission.read_text(encoding="utf-8").splitlines()
        submission.write_text(f"{heading}\n{rows[-1]}\n", encoding="utf-8")
    (tmp_path / "right.ota").write_bytes(ota_file(b"right"))
    (tmp_path / "wrong.ota").write_bytes(ota_file(b"right", maker=0xF002))
    (tmp_path / "other.ota").write_bytes(ota_file(b"other"))
    (tmp_path / "gone.ota").write_bytes(ota_file(b"gone", version=0x0000000C))
    (tmp_path / "old.ota").write_bytes(ota_file(b"old", version=0x0000000D))
    imaged = register(
        f"1 version=0002012F hash={hash_of(b'right')}; 2 version=0000000A; 3 version=0000000A; "
        f"4 version=0000000C hash={hash_of(b'gone')}; 4 withdrawn; "
        f"5 version=0000000D hash={hash_of(b'old')} cpa=2020-01-01",
        "imaged.register",
    )
    model = "DeviceID: 1\nDeviceType: ESME\nManufacturer: F001\nModel: 00050203\nFirmware version:"
    versions = ("0002012F", "38040404", "0000000A", "0002012F")
    for at, version in enumerate(versions, 1):
        (tmp_path / f"{at}.txt").write_text(f"{model} {version}\nDevice ID: 2\nDevice type: CAD")
    (tmp_path / "5.txt").write_text("Firmware version: 0002012F\nStatus: Pending")
    (tmp_path / "inventory.csv").write_text(f"device_id,cpl_entry_id,status\n{device(1)},1,Installed\n")
    sent = register(f"1 <- 2; 2 version=0002012F hash={hash_of(b'right')}; notice N1: 1 -> 2", "sent.register")
    for name, devices in (("good.xml", [device(1)]), ("bad.xml", [device(1), device(1), device(2)])):
        (tmp_path / name).write_bytes(update_request(devices, ota_file(b"right")))
    firmpath("plan", tmp_path / "inventory.csv", "--cpl", sent, *known, *ACCEPT, "--out", tmp_path / "plan")
    identified = ("--originator", device(9), "--counter", "1", "--image", tmp_path / "right.ota")
    checked = (
        "--inventory",
        tmp_path / "inventory.csv",
        "--cpl",
        sent,
        *known,
        *ACCEPT,
        "--known-at",
        "2026-06-01",
        "--age-not-known-because",
        "read by hand today",
        "--in-use",
        "Installed=our word for Commissioned",
    )
    runs: list[tuple[object, ...]] = [
        ("requests", tmp_path / "plan", *identified, "--out", tmp_path / "requests"),
        *(("identify", tmp_path / f"{each}.txt", "--cpl", imaged, *known) for each in (1, 2, 3, 5)),
        ("identify", tmp_path / "4.txt", "--cpl", sent, *known, *ACCEPT, "--known-at", "2026-06-01"),
        *(("preflight", tmp_path / name, *checked) for name in ("good.xml", "bad.xml")),
        ("preflight", tmp_path / "bad.xml", *checked, "--exclude", "1"),
        ("preflight", tmp_path / "good.xml", tmp_path / "bad.xml", *checked),
        ("image", tmp_path / "right.ota"),
        *(
            ("image", tmp_path / f"{each}.ota", "--cpl", imaged, *known)
            for each in ("right", "wrong", "other", "gone", "old")
        ),
        ("image", tmp_path / "right.ota", "--cpl", imaged, *known, "--known-at", "2026-06-01"),
        ("export", "--cpl", cpl, *known, "--out", table),
        ("export", "--cpl", cpl, "--out", tmp_path / "again.register"),
        ("import", table, "--out", tmp_path / "imported.register"),
        ("generate", "--entries", 5, "--out", tmp_path / "invented.csv"),
        ("generate", "--image", 118, "--seed", 24, "--cpl", EXAMPLE_CPL, "--out", tmp_path / "118.ota"),
        ("generate", "--fleet", 50, "--cpl", cpl, *known, "--out", tmp_path / "fleet.csv"),
        (
            "plan",
            tmp_path / "fleet.csv",
            "--cpl",
            cpl,
            *known,
            "--known-at",
            "2026-06-01",
            "--exclude",
            "2",
            *LIMIT,
            tmp_path / "planned",
        ),
        ("draw", "1", "4", *ACCEPT, "--cpl", cpl, *known, "--out", tmp_path / "pathway.svg"),
        ("demo", "--out", tmp_path / "demo"),
        ("entry", "127", "--cpl", EXAMPLE_CPL),
        ("entry", "1", "--cpl", marked, *known),
        ("lint", "--cpl", one, *known),
        ("lint", "--cpl", one, "--on", "2019-01-01"),
        ("diff", "2020-01-02", "2026-06-01", "--cpl", cpl, "--known-at", "2026-06-01"),
        ("export", "--cpl", cpl, "--known-at", "2026-06-01", "--out", tmp_path / "known.register"),
        ("draw", "1", "--cpl", cpl, *known, "--known-at", "2026-06-01", "--out", tmp_path / "known.svg"),
        ("rehearse", tmp_path / "acceptable.csv", "--cpl", one, *known, "--known-at", "2026-06-01"),
        *(("diff", old, new, *known) for old, new in ((one, one), (one, two), (two, one))),
        *(("rehearse", tmp_path / f"{name}.csv", "--cpl", one, *known) for name in SUBMISSIONS),
    ]
    return [(str(run[0]), firmpath(*run, "--json").json) for run in runs]
