"""What `firmpath requests` does not write, and why."""

from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath
from tests.functional.wave_plan import ASKS, ESME, IMAGES
from tests.images.making import device, ota_file, ota_file_for

WHEN = "2030-01-15T09:00:00Z"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (),
            [
                "CPL entry 2 (firmware 0002012F) for ESME has no image; give its OTA file: --image 2=FILE",
                "CPL entry 4 (firmware 0002012F) for PPMID has no image; give its OTA file: --image 4=FILE",
            ],
        ),
        (
            ("--image", "esme.ota", "--entry", "4"),
            [
                "CPL entry 4 (firmware 0002012F) for PPMID has no image; give its OTA file: --image 4=FILE",
                "File 'esme.ota' is not the image of any wave that is asked for; see what it is with",
            ],
        ),
        (
            ("--image", "2=ppmid.ota", "--entry", "2"),
            ["CPL entry 2 ", "File 'ppmid.ota' is not the image of CPL entry 2; see what it is with"],
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
        (("--entry", "9"), ["CPL entry 9 is the next step of no Device in this plan; check it"]),
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
            ["--execute '2030-01-15T09:00:00Z' cannot"],
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
        (("--only", "11.4", "--entry", "2"), ["Plan has no wave that takes 11.4; see its report.html"]),
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
