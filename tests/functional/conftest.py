"""The command line as tests run it: in this process for speed, in one of its own where that matters."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.register_writer import write_register
from tests.functional.running import Printed, run_here
from tests.functional.wave_plan import ESME, METERS_AND_DISPLAYS, PPMID
from tests.images.making import SIGNATURE_BLOCK, device, ota_file
from tests.notation import ON, statements

Firmpath = Callable[..., Printed]
Register = Callable[..., Path]


@pytest.fixture(autouse=True)
def _own_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep what a test keeps to itself, and the settings of whoever runs it out of it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FIRMPATH_CACHE", str(tmp_path_factory.mktemp("cache")))
    for name in ("FIRMPATH_CPL", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """Return what writes the register of a catalogue in the notation of tests."""

    def write(notation: str, name: str = "cpl.register") -> Path:
        path = tmp_path / name
        path.write_text("".join(write_register(statements(notation))), encoding="utf-8")
        return path

    return write


@pytest.fixture
def firmpath(capsys: pytest.CaptureFixture[str]) -> Firmpath:
    """Return what runs a command line in this process."""
    return lambda *argv: run_here(capsys, *argv)


@pytest.fixture
def asked(firmpath: Firmpath, register: Register) -> Firmpath:
    """Return what asks a command about a catalogue in the notation of tests, on the day of tests."""

    def ask(notation: str, *argv: object, on: object = ON) -> Printed:
        return firmpath(*argv, "--cpl", register(notation), "--on", on)

    return ask


@pytest.fixture
def plan(firmpath: Firmpath, register: Register, tmp_path: Path) -> Path:
    """Make a plan for five meters and three displays, and the OTA files of its waves."""
    rows = [f"{device(at)},{1 if at < 6 else 3},Commissioned,2026-05-20" for at in range(1, 9)]
    inventory = tmp_path / "inventory.csv"
    inventory.write_text("\n".join(("device_id,cpl_entry_id,device_status,read_on", *rows, "")))
    (tmp_path / "esme.ota").write_bytes(ota_file(ESME, SIGNATURE_BLOCK))
    (tmp_path / "ppmid.ota").write_bytes(ota_file(PPMID))
    made = ("--cpl", register(METERS_AND_DISPLAYS), "--on", ON, "--wave-size", "3", "--out", tmp_path / "plan")
    assert firmpath("plan", inventory, *made).code == ExitCode.YES
    return tmp_path / "plan"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ten seconds have gone by since files were written, so that they count as settled."""
    now = time.time_ns
    monkeypatch.setattr("time.time_ns", lambda: now() + 10_000_000_000)
