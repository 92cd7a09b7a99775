"""`firmpath preflight`: what people read, the exit code, and the repaired list."""

from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from firmpath.cli.commands import preflight as command
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.images.making import activate_request, device, hash_of, ota_file, update_request

ON = ("--on", "2026-06-01")
IMAGE = b"an invented image"
NOTATION = f"1 <- 2 <- 3; 2 version=0002012F hash={hash_of(IMAGE)}"
ONE, TWO, THREE, FOUR = map(device, (1, 2, 3, 4))


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    file = tmp_path / "inventory.csv"
    head = "device_id,cpl_entry_id,device_status,read_on"
    rows = (
        f"{ONE},1,Commissioned,2026-05-20",
        f"{TWO},1,Suspended,2026-05-20",
        f"{THREE},1,Commissioned,2026-04-01",
    )
    file.write_text("\n".join((head, *rows, "")))
    return file


def test_a_request_that_may_be_sent_is_a_go(
    firmpath: Firmpath, register: Register, inventory: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([ONE]))
    printed = firmpath("preflight", "a.xml", "--inventory", inventory, "--cpl", register(NOTATION), *ON)
    assert printed.code == ExitCode.YES
    assert printed.lines == [
        "Go. This 11.1 may take 1 Device to CPL entry 2 (0002012F).",
        f'Go, 1 Device ({ONE}): Yes, from CPL entry 1 (firmware 00000001, "v1") to CPL entry 2 (firmware 0002012F, '
        '"v2").',
        "Next: have it signed and sent with your own tool. Check again if that is on another day.",
    ]


def test_a_device_whose_row_names_no_firmware_is_told_by_the_columns_that_there_are(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([ONE]))
    by_model = "manufacturer_id,model,firmware_version"
    for columns, cells, said in (
        ("cpl_entry_id", "", "cpl_entry_id is empty"),
        (by_model, "F001,,", "model, firmware_version are empty"),
        (f"cpl_entry_id,{by_model}", ",F001,00050203,", "firmware_version is empty"),
    ):
        (tmp_path / "a.csv").write_text(
            f"device_id,device_status,read_on,{columns}\n{ONE},Commissioned,2026-05-20,{cells}\n"
        )
        printed = firmpath("preflight", "a.xml", "--inventory", "a.csv", "--cpl", register(NOTATION), *ON)
        assert printed.code == ExitCode.NO
        assert printed.lines[1] == (
            f"No-go, 1 Device ({ONE}): {said}; give a CPL Entry ID, or the manufacturer identifier, model and "
            "firmware version, or the hash. Next: put the inventory right."
        )


def test_a_request_that_may_not_be_sent_is_repaired(
    firmpath: Firmpath, register: Register, inventory: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([FOUR, THREE, TWO, ONE, ONE]))
    asked = ("preflight", "a.xml", "--inventory", inventory, "--cpl", register(NOTATION), *ON)
    printed = firmpath(*asked, "--repaired", "fit.txt")
    assert printed.code == ExitCode.NO
    assert printed.lines == [
        "No-go. This 11.1 must not be sent as it is: 3 of 4 Devices may not take it.",
        "DeviceIDList names some Devices more than once (1 too many); the repaired list has each once.",
        f"No-go, 1 Device ({FOUR}): It is not in the inventory, so what it runs is not known. Next: read its "
        "inventory anew (service request 8.2), and add it, or take it off the list.",
        f"No-go, 1 Device ({THREE}): Its row is stale: it was read more than 30 days ago. Next: read its firmware "
        "version (service request 11.2), and put that into the inventory.",
        f"No-go, 1 Device ({TWO}): It is Suspended: after an activation without a response the inventory keeps the "
        "old version. Next: read its firmware version (service request 11.2), and put that into the inventory.",
        f'Go, 1 Device ({ONE}): Yes, from CPL entry 1 (firmware 00000001, "v1") to CPL entry 2 (firmware 0002012F, '
        '"v2").',
        "Next: make it anew for 1 Device that may take it (the list and the command are below), and check it "
        "again.",
        "The Devices that may take it are in fit.txt.",
        "Next: write requests for these Devices alone, and check those:",
        "firmpath requests PLAN --entry 2 --image 2=IMAGE.ota --originator 02-00-00-00-00-00-0A-01 --counter "
        "COUNTER --devices fit.txt --out fit-requests",
        "Put the folder of the plan in the place of PLAN, the OTA file in that of IMAGE.ota, and a counter that is "
        "not used yet in that of COUNTER.",
    ]
    assert (tmp_path / "fit.txt").read_text() == f"{ONE}\n"
    assert (
        "Next: make it anew for 1 Device that may take it (--repaired OUT writes that list, and `firmpath requests "
        "--devices OUT` takes it), and check it again."
    ) in firmpath(*asked).lines
    (tmp_path / "none.xml").write_bytes(update_request([TWO]))
    none = firmpath("preflight", "none.xml", *asked[2:], "--repaired", "none.txt").lines
    assert none[0] == "No-go. This 11.1 must not be sent: its Device may not take what it brings."
    assert none[-1] == "No Device may take it, so none.txt is empty."
    assert firmpath(*asked, "--repaired", "fit.txt").code == ExitCode.REFUSED
    assert firmpath(*asked, "--repaired", "fit.txt", "--replace").code == ExitCode.NO
    for read in ("a.xml", str(inventory)):
        before = (tmp_path / read).read_bytes()
        refused = firmpath(*asked, "--repaired", read, "--replace")
        assert refused.code == ExitCode.REFUSED
        assert "is the file that is read, and is not written over" in refused.err
        assert (tmp_path / read).read_bytes() == before


class OnOneMorning(datetime):
    """A clock that stands at 09:00 in UTC on the day of the questions."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "OnOneMorning":
        return cls(2026, 6, 1, 9, tzinfo=tz)


@pytest.mark.parametrize("day", [(), ON])
def test_an_activation_that_was_due_this_morning_is_no_go(
    firmpath: Firmpath,
    register: Register,
    inventory: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    day: tuple[str, ...],
) -> None:
    monkeypatch.setattr(command, "datetime", OnOneMorning)
    asked = ("preflight", "a.xml", "--inventory", inventory, "--cpl", register(NOTATION))
    for time, code in (("08:59:59", ExitCode.NO), ("09:00:01", ExitCode.YES)):
        (tmp_path / "a.xml").write_bytes(activate_request(ONE, hash_of(IMAGE), f"2026-06-01T{time}Z"))
        assert firmpath(*asked, *day).code == code
    (tmp_path / "a.xml").write_bytes(activate_request(ONE, hash_of(IMAGE), "2026-06-01T08:59:59Z"))
    assert firmpath(*asked, *day).lines[1] == (
        "ExecutionDateTime 1 June 2026, 08:59 UTC has passed: it is 1 June 2026, 09:00 UTC; give an instant to "
        "come, or leave it out."
    )
    assert firmpath(*asked, "--on", "2026-05-31").code == ExitCode.YES, "another day is asked about as a whole"


def test_settings_are_settings(firmpath: Firmpath, register: Register, inventory: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([ONE, THREE]))
    asked = ("preflight", "a.xml", "--inventory", inventory, "--cpl", register(NOTATION), *ON)
    assert firmpath(*asked, "--stale-after", "90").code == ExitCode.YES
    told = firmpath(*asked, "--stale-after", "90", "--most-devices", "1", "--json")
    assert [each["kind"] for each in told.json["objections"]] == ["too_many_devices"]


def test_what_an_inventory_does_not_say_is_a_go_on_ones_word_alone(
    firmpath: Firmpath, register: Register, inventory: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([ONE]))
    inventory.write_text(f"device_id,cpl_entry_id,device_status\n{ONE},1,Pending\n")
    asked = ("preflight", "a.xml", "--inventory", inventory, "--cpl", register(NOTATION), *ON)
    assert firmpath(*asked).code == ExitCode.NO
    read_today, in_use = ("--age-not-known-because", "read today"), ("--in-use", "pending=on the wall = in use")
    assert [firmpath(*asked, *words).code for words in (read_today, in_use)] == [ExitCode.NO, ExitCode.NO]
    told = firmpath(*asked, *read_today, *in_use)
    assert (told.code, told.lines[0]) == (
        ExitCode.YES,
        "Go, on your word. This 11.1 may take 1 Device to CPL entry 2 (0002012F).",
    )
    assert told.lines[2:4] == [
        "On your word, 1 Device read on a day that is not known, counted as read lately: read today",
        "On your word, 1 Device with the status pending, counted as in use: on the wall = in use",
    ]


def test_what_is_left_out_of_a_plan_is_left_out_here(
    firmpath: Firmpath, register: Register, inventory: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([ONE]))
    cpl = register(f"{NOTATION}; 7 model=0009; 8 model=0009; notice N1: 7 -> 8; notice N2: 1 -> 2")
    asked = ("preflight", "a.xml", "--inventory", inventory, "--cpl", cpl, *ON)
    accepted = ("--accept", "N2", "--because", "tried")
    assert firmpath(*asked, *accepted, "--exclude", "N1").code == ExitCode.YES, "what is for other hardware"
    printed = firmpath(*asked, "--exclude", "N2")
    assert printed.code == ExitCode.NO
    assert printed.lines[1] == (
        f'No-go, 1 Device ({ONE}): No. A pathway from CPL entry 1 (firmware 00000001, "v1") to CPL entry 2 '
        '(firmware 0002012F, "v2") is declared, but it may not be used. CPL entry 2 (firmware 0002012F, "v2") is '
        "excluded by whoever asks, so no Device is taken to it or through it. On the step 1 (00000001) → 2 "
        "(0002012F) there is an open notice. Notice N2, 'Notice N2': do not do it yet. Next: ask again without "
        "excluding 2 (0002012F) once the notice is closed or its risk accepted, or leave the Device as it is."
    )
    assert printed.lines[-1] == "Left out: no Device is taken to 2 (0002012F)."
    told = firmpath(*asked, "--exclude", "N2", "--exclude", "8", "--json").json
    assert (told["excluded_entries"], told["devices"][0]["reason"]) == ([2, 8], "pathway_closed")
    assert set(told["entries"]) >= {"2", "8"}
    refused = firmpath(*asked, "--exclude", "9")
    assert refused.code == ExitCode.REFUSED
    assert "Entry or notice '9' is to be excluded, and is neither on this CPL nor a notice open on" in refused.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stale-after", "soon"), "--stale-after 'soon' is not a whole number from 1 to 10,000,000"),
        (
            ("--column", "status=State"),
            "Column 'status=State' does not say which heading means which column; write",
        ),
        (("--in-use", "Pending"), "Status 'Pending' is in use without a reason; write it as STATUS=WHY"),
        (("--in-use", "Suspended=x", "--status-not-known-because", " "), "Status 'Suspended' is never in use"),
        (("--accept", "N9", "--because", "why not"), "Notice 'N9' is not open on 1 June 2026; check its id"),
    ],
)
def test_what_is_asked_wrongly_is_refused(
    firmpath: Firmpath, register: Register, inventory: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([ONE]))
    refused = firmpath("preflight", "a.xml", "--inventory", inventory, "--cpl", register(NOTATION), *ON, *words)
    assert (refused.code, refused.out) == (ExitCode.REFUSED, "")
    assert said in refused.err


def test_a_request_that_cannot_be_read_is_refused_by_name(
    firmpath: Firmpath, register: Register, inventory: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_bytes(update_request([ONE], ota_file()[:-1], version="x"))
    refused = firmpath("preflight", "a.xml", "--inventory", inventory, "--cpl", register(NOTATION), *ON)
    assert refused.code == ExitCode.REFUSED
    assert refused.err.splitlines() == [
        "firmpath: FirmwareVersion 'x' is not 8 hex digits (it has 1 character), in a.xml",
        "firmpath: Total image size 77 is not the size of the file, which has 76 octets: 1 is missing, in "
        "FirmwareImage of a.xml; get the whole file",
        "firmpath: 2 faults; nothing was done",
    ]


def test_published_samples_are_answered(
    firmpath: Firmpath, register: Register, inventory: Path, shared_data: Path
) -> None:
    own = "maker=121D hw=12 rev=00 hash=7542F475E3F12EAE887D81E32C46D313741D67076B13CAEC2F82E00BA5E1BB36"
    cpl = register(f"1 type=PPMID {own} version=ACDCACDC; 2 {own} version=ACDCACDC")
    for reference in ("11.1_UPDATE", "11.4_UPDATE_PPMID"):
        sample = shared_data / "duis" / f"{reference}_FIRMWARE_REQUEST_DUIS.XML"
        told = firmpath("preflight", sample, "--inventory", inventory, "--cpl", cpl, *ON, "--json")
        assert told.code == ExitCode.NO
        assert [each["kind"] for each in told.json["objections"]] == ["other_version"]
        assert told.json["devices"][0]["reason"] == "request"
