"""What `firmpath requests` does not write, and why."""

import io
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest

from firmpath.cli.commands import requests as command
from firmpath.cli.exit_codes import ExitCode
from firmpath.fleet.manifest_reading import read_device_ids, read_manifest
from firmpath.images.manufacturer_image import read_image
from firmpath.images.request_reading import parse_request
from firmpath.images.wave_requests import Asked, Given, choose_images, read_device_list, write_requests
from firmpath.pathways.faults import FirmpathError, shortened
from tests.functional.conftest import Firmpath, Register
from tests.functional.wave_plan import ASKS, ESME, IMAGES, ON
from tests.images.making import ORIGINATOR, device, ota_file, ota_file_for

LARGEST = 2**63 - 1
WHEN = "2999-01-15T09:00:00Z"


class AtNoon(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 6, 1, 12, tzinfo=tz)


@pytest.mark.parametrize(
    ("when", "is_refused"),
    [("2026-05-31T23:00:00Z", True), ("2026-06-01T12:00:00Z", True), ("2026-06-01T12:00:00.01Z", False)],
)
def test_no_request_is_written_for_an_instant_that_has_passed(
    firmpath: Firmpath, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, is_refused: bool
) -> None:
    monkeypatch.setattr(command, "datetime", AtNoon)
    printed = firmpath("requests", plan, *ASKS, "--only", "11.3", "--execute", when, "--out", "requests")
    said = (
        " UTC has passed: it is 1 June 2026, 12:00 UTC; give an instant to come, or leave --execute out to have it "
        "executed at once\n"
    )
    assert (printed.code == ExitCode.REFUSED, said in printed.err) == (is_refused, is_refused)
    assert (tmp_path / "requests").exists() is not is_refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (),
            [
                "CPL entry 2 (firmware 0002012F) for ESME has no image; give its OTA file: --image 2=FILE",
                "CPL entry 4 (firmware 0002012F) for PPMID has no image; give its OTA file: --image 4=FILE",
                "Image is missing for 2 of 2 waves; give every image, or --only 11.3 for activations, which carry "
                "none",
            ],
        ),
        (
            ("--image", "esme.ota"),
            [
                "CPL entry 4 (firmware 0002012F) for PPMID has no image; give its OTA file: --image 4=FILE",
                "Image is missing for 1 of 2 waves; give every image, or --entry 2 for no wave but those whose "
                "image is given",
            ],
        ),
        (
            ("--image", "ppmid.ota", "--only", "11.1"),
            [
                "CPL entry 2 (firmware 0002012F) for ESME has no image; give its OTA file: --image 2=FILE",
                "Image is missing for 1 of 1 wave; give every image",
                "File 'ppmid.ota' is not the image of any wave that is asked for; see what it is with",
            ],
        ),
        (
            ("--image", "esme.ota", "--entry", "4"),
            [
                "CPL entry 4 (firmware 0002012F) for PPMID has no image; give its OTA file: --image 4=FILE",
                "Image is missing for 1 of 1 wave; give every image",
                "File 'esme.ota' is not the image of any wave that is asked for; see what it is with",
            ],
        ),
        (
            ("--image", "2=ppmid.ota", "--entry", "2"),
            ["CPL entry 2 ", "Image is", "File 'ppmid.ota' is not the image of CPL entry 2; see what it is with"],
        ),
        (
            ("--image", "other.ota", "--entry", "2"),
            [
                "Manufacturer identifier F002 in the header of other.ota contradicts the plan, F001",
                "Firmware version 38040404 in the header of other.ota contradicts the plan, 0002012F",
                "Minimum hardware version 0204 in the header of other.ota contradicts the plan, hardware 0203",
            ],
        ),
        (
            ("--image", "older.ota", "--entry", "2"),
            [
                "Maximum hardware version 0202 in the header of older.ota contradicts the plan, hardware 0203; ask "
                "the manufacturer which is right for CPL entry 2"
            ],
        ),
        (
            ("--image", "one.ota", "--entry", "2"),
            [
                f"Upgrade file destination {device(1)} in the header of one.ota is one Device alone, and others "
                "are asked for; name it alone with --devices, or ask the manufacturer for a file without it"
            ],
        ),
        (("--entry", "9"), ["CPL entry 9 is the next step of no Device in this plan; it has waves to 2, 4"]),
        (("--image", "nothing.ota"), ["File 'nothing.ota' cannot be read: there is no such file"]),
        (
            (*IMAGES, "--execute", WHEN),
            [
                f"--execute '{WHEN}' cannot put off an 11.4, which activates too; name the other waves with "
                "--entry, and write those for PPMIDs without it"
            ],
        ),
        (
            ("--image", "ppmid.ota", "--only", "11.4", "--execute", WHEN),
            ["--execute '2999-01-15T09:00:00Z' cannot"],
        ),
        (
            ("--image", "esme.ota", "--only", "11.1", "--execute", WHEN),
            [f"--execute '{WHEN}' goes with an 11.3, and none is asked for; leave it out"],
        ),
        (
            ("--image", "esme.ota", "--entry", "2", "--execute", "3000-12-31T00:00:00Z"),
            [
                "--execute '3000-12-31T00:00:00Z' cancels activations, and more than 11.3 is asked for; add --only "
                "11.3 if you mean to cancel"
            ],
        ),
        (
            ("--only", "11.3", "--execute", "3000-12-31T00:00:01Z"),
            ["ExecutionDateTime 3000-12-31T00:00:01.00Z is not the instant that cancels, 3000-12-31T00:00:00.00Z"],
        ),
        (
            ("--only", "11.3", "--broker", device(77)),
            [
                f"--broker '{device(77)}' is whom 11.1 and 11.4 are addressed to, and neither is asked for; leave "
                "it out"
            ],
        ),
        *(
            (
                (*IMAGES, "--counter", str(counter)),
                [f"Counter {counter} leaves room for {left} up to {LARGEST}, and there can be 8; give a lower one"],
            )
            for counter, left in ((LARGEST, "0 requests"), (LARGEST - 1, "1 request"), (LARGEST - 7, "7 requests"))
        ),
        *(
            (
                (*IMAGES, "--counter", counter),
                [f"Counter '{shortened(counter)}' is not a whole number up to {LARGEST}; give the first"],
            )
            for counter in (str(LARGEST + 1), "-1", "٤", "0" * 20 + "5", "0" * 20 + "9" * 5_000)
        ),
        (
            (*IMAGES, "--broker", ORIGINATOR),
            [f"Broker {ORIGINATOR} is the originator too; give whom 11.1 and 11.4 are addressed to, or leave"],
        ),
        (("--only", "11.4", "--entry", "2"), ["Plan has no wave that takes 11.4; see its report.html"]),
        (
            ("--only", "11.3", "--entry", "2", "--entry", "4"),
            ["CPL entry 4 takes no 11.3; leave it out of --entry"],
        ),
        (
            ("--execute", "soon", "--broker", "them", "--schema-version", "new"),
            [
                "Broker 'them' is not an EUI-64; write it as in 00-DB-12-34-56-78-90-A0",
                "Version of the DUIS 'new' is not a version; write it as in 5.4",
                "ExecutionDateTime 'soon' is not an instant in UTC",
            ],
        ),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is(
    firmpath: Firmpath, plan: Path, tmp_path: Path, words: tuple[str, ...], said: list[str]
) -> None:
    (tmp_path / "one.ota").write_bytes(ota_file_for(device(1), ESME))
    (tmp_path / "other.ota").write_bytes(
        ota_file(ESME, maker=0xF002, version=0x38040404, hardware=(0x0204, 0x0204))
    )
    (tmp_path / "older.ota").write_bytes(ota_file(ESME, hardware=(0x0201, 0x0202)))
    refused = firmpath("requests", plan, *ASKS, *words, "--out", "requests")
    faults = [line.removeprefix("firmpath: ") for line in refused.err.splitlines()][: len(said)]
    assert refused.code == ExitCode.REFUSED
    assert all(fault.startswith(each) for fault, each in zip(faults, said, strict=True)), faults
    assert not [each for each in tmp_path.iterdir() if "requests" in each.name]


def test_a_device_on_the_list_that_takes_no_such_request_is_refused(
    firmpath: Firmpath, plan: Path, tmp_path: Path
) -> None:
    display = read_device_ids(plan, read_manifest(plan).waves[1].files[0])[0]
    (tmp_path / "list.txt").write_text(f"{device(1)}\n{display}\n")
    refused = firmpath("requests", plan, *ASKS, "--only", "11.3", "--devices", "list.txt", "--out", "requests")
    assert refused.code == ExitCode.REFUSED
    assert f"Device ID '{display}' is in no wave that is asked for; take it off the list" in refused.err


def test_a_counter_may_go_up_to_the_last_but_one(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    printed = firmpath("requests", plan, *ASKS, *IMAGES, "--counter", LARGEST - 8, "--out", "requests")
    assert (printed.code, printed.lines[2]) == (ExitCode.YES, f"The first counter that is free is {LARGEST}.")
    for file in (tmp_path / "requests").rglob("*.xml"):
        assert parse_request([file.read_bytes()]).request_id.counter < LARGEST


def test_of_many_waves_the_first_without_an_image_are_named(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    cpl = register(
        "; ".join(f"{at} <- {at + 1}; {at} model={at:04X}; {at + 1} model={at:04X}" for at in range(1, 25, 2))
    )
    rows = (f"{device(at)},{at}" for at in range(1, 25, 2))
    (tmp_path / "a.csv").write_text("\n".join(("device_id,cpl_entry_id", *rows)))
    assert firmpath("plan", "a.csv", "--cpl", cpl, *ON, "--out", "plan").code == ExitCode.YES
    lines = firmpath("requests", "plan", *ASKS, "--out", "requests").err.splitlines()
    assert [line.split(" ")[1] for line in lines] == [*["CPL"] * 10, "Image", "11"]
    assert lines[10].startswith("firmpath: Image is missing for 12 of 12 waves; give every image, or --only 11.3")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"),
            r"^File 'esme\.ota' was changed meanwhile; try again",
        ),
        (Path.unlink, r"^File 'esme\.ota' cannot be read any more: there is no such file or folder"),
    ],
)
def test_an_image_that_is_changed_while_requests_are_written_is_refused(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object], said: str
) -> None:
    monkeypatch.chdir(tmp_path)  # a long path is cut where a fault shows it
    path, waves = Path("esme.ota"), read_manifest(plan).waves[:1]
    given = Given(str(path), read_image(io.BytesIO(path.read_bytes())))
    asked = Asked("02-00-00-00-00-00-0A-01", 1)
    images = choose_images(waves, waves, [given], asked)

    (tmp_path / "requests").mkdir()
    with pytest.raises(FirmpathError, match=said):
        write_requests(tmp_path / "requests", str(plan), waves, images, asked, lambda devices: change(path))


def test_only_the_space_of_ascii_parts_the_ids_of_a_list() -> None:
    listed = f"\ufeff{device(1)}\r\n{device(2)} {device(1)}"
    assert read_device_list(io.BytesIO(listed.encode())) == {device(1), device(2)}
    with pytest.raises(FirmpathError, match="is not an EUI-64"):
        read_device_list(io.BytesIO(f"{device(1)}\u2028{device(2)}".encode()))


def test_of_a_list_that_is_none_the_first_lines_are_named_and_that_there_are_more() -> None:
    listed = "".join(f"{at:02}\n" for at in range(25))
    with pytest.raises(FirmpathError) as refusal:
        read_device_list(io.BytesIO(listed.encode()))
    named = [f"Device ID '{at:02}' is not an EUI-64; write it as in 00-DB-12-34-56-78-90-A0" for at in range(20)]
    more = "List of Devices has more faults than these 20; put these right first"
    assert list(map(str, refusal.value.faults)) == [*named, more]
