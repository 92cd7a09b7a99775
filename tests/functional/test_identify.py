"""`firmpath identify`: what a Device runs by an answer about it, where it may go, and whom to ask."""

import io
import json
import sys
from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register

ON = ("--on", "2026-06-01")
CPL = "1 <- 2; 1 contact=firmware@brackenfell.example; 3 model=0007 version=00000001; 4 type=GSME version=00000001"
DEVICE = (
    '{"DeviceID": "00-DB-12-34-56-78-90-A0", "DeviceType": "%s", "DeviceStatus": "%s", '
    '"DeviceManufacturer": "F001", "DeviceModel": "00050203", "DeviceFirmwareVersion": "00000001"}'
)


def test_an_inventory_answer_gives_entry_pathway_and_contact(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(DEVICE % ("ESME", "Commissioned"))
    printed = firmpath("identify", "a.json", "--cpl", register(CPL), *ON)
    assert printed.code == ExitCode.YES
    assert printed.lines == [
        'ESME 00-DB-12-34-56-78-90-A0 runs CPL entry 1 (firmware 00000001, "v1"), for ESME F001/00050203.',
        "Whom to ask about it: Brackenfell Metering (firmware@brackenfell.example).",
        'Yes. 1 activation takes a Device from CPL entry 1 (firmware 00000001, "v1") to CPL entry 2 (firmware '
        '00000002, "v2").',
        '1. Go to CPL entry 2 (firmware 00000002, "v2"), hash 00000000…',
        'Next: go to CPL entry 2 (firmware 00000002, "v2"). Ask Brackenfell Metering for its release notes.',
    ]


def test_an_answer_is_piped_in(firmpath: Firmpath, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    inventory, named = DEVICE % ("ESME", "Commissioned"), "F001, 00050203, 00000002\n"
    for words, text, runs in (((), inventory, 1), (("-",), inventory, 1), ((), named, 2)):
        octets = text.encode("utf-16")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(octets)))
        told = firmpath("identify", *words, "--cpl", register(CPL, "a.register"), *ON, "--json").json
        assert (told["answer"], told["devices"][0]["candidates"]) == ("identified", [runs])


def test_a_device_that_is_not_plainly_in_use_is_no_plain_yes(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    at = register(CPL)
    for status, following, said in (
        (
            "Suspended",
            "read the Device's firmware version (service request 11.2).",
            "The Device is Suspended: after an activation without a response its inventory keeps the old ",
        ),
        (
            "Withdrawn",
            "take it off the list, or read its inventory anew (service request 8.2).",
            "The Device is Withdrawn: it is no longer in use.",
        ),
        (
            "Pending",
            "read the Device's inventory anew (service request 8.2), and identify it by that.",
            "The Device's status, Pending, does not say for sure that it is in use; Commissioned alone does. Read "
            "its inventory anew (service request 8.2) before you rely on this.",
        ),
    ):
        (tmp_path / "a.json").write_text(DEVICE % ("ESME", status))
        printed = firmpath("identify", "a.json", "--cpl", at, *ON)
        assert printed.code == ExitCode.NO
        assert printed.lines[1].startswith(said)
        assert printed.lines[3].startswith("If that still holds: Yes. 1 activation takes a Device from CPL entry 1")
        assert printed.lines[-1] == f"Next: {following}"
    told = firmpath("identify", "a.json", "--cpl", at, *ON, "--json").json["devices"][0]
    assert (told["device_status"], told["is_suspended"]) == ("Pending", False)


def test_a_version_that_one_entry_alone_has_says_what_was_not_read(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Firmware version: 00000002\n")
    printed = firmpath("identify", "a.txt", "--cpl", register(CPL), *ON)
    assert printed.code == ExitCode.NO
    assert printed.lines[:5] == [
        'The Device may run CPL entry 2 (firmware 00000002, "v2"), for ESME F001/00050203.',
        "Only its firmware version was read, and only this entry of the CPL has that. Whether its manufacturer and "
        "model agree is not known yet; its inventory (service request 8.2) says.",
        "Whom to ask about it: Brackenfell Metering.",
        'If it runs that: Nothing to do. The Device already runs CPL entry 2 (firmware 00000002, "v2").',
        "Next: read the Device's inventory (service request 8.2), which gives manufacturer and model, and identify "
        "it by that.",
    ]
    told = firmpath("identify", "a.txt", "--cpl", register(CPL, "c.register"), *ON, "--json").json
    assert (told["answer"], told["devices"][0]["candidates"]) == ("only_candidate", [2])
    (tmp_path / "b.json").write_text(DEVICE % ("ESME", "Commissioned"))
    assert "Only its firmware" not in firmpath("identify", "b.json", "--cpl", register(CPL, "b.register"), *ON).out


def test_twins_are_a_yes_where_the_same_is_right_for_both(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(DEVICE % ("ESME", "Commissioned"))
    twins = "1 <- 2; 5 version=00000001 hash=AB; 5 <- 2"
    printed = firmpath("identify", "a.json", "--target", "2", "--cpl", register(twins), *ON)
    assert printed.code == ExitCode.YES
    assert printed.lines[0] == (
        "ESME 00-DB-12-34-56-78-90-A0 runs firmware version 00000001 of F001/00050203, which is that of 2 CPL "
        "entries."
    )
    gas = register(f"{twins}; 6 version=00000001 type=GSME", "c.register")
    narrowed = firmpath("identify", "a.json", "--target", "2", "--cpl", gas, *ON)
    assert (narrowed.code, narrowed.lines) == (printed.code, printed.lines)
    other = register("1 <- 2; 5 version=00000001 hash=AB", "b.register")
    assert firmpath("identify", "a.json", "--target", "2", "--cpl", other, *ON).code == ExitCode.NO


def test_a_version_alone_names_every_candidate(firmpath: Firmpath, register: Register, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Firmware version: 00000001\n")
    printed = firmpath("identify", "a.txt", "--cpl", register(CPL), *ON)
    assert printed.code == ExitCode.NO
    assert printed.lines == [
        "The Device runs firmware version 00000001, which is that of 3 CPL entries.",
        'It can be CPL entry 1 (firmware 00000001, "v1"), for ESME F001/00050203.',
        'It can be CPL entry 3 (firmware 00000001, "v3"), for ESME F001/00070203.',
        'It can be CPL entry 4 (firmware 00000001, "v4"), for GSME F001/00050203.',
        "Whom to ask about it: Brackenfell Metering (firmware@brackenfell.example).",
        "Next: read the Device's inventory (service request 8.2), which gives manufacturer and model, and identify "
        "it by that.",
    ]


@pytest.mark.parametrize(
    ("model", "by"),
    [("00050203", "other firmware of this model"), ("99990101", "other models of this manufacturer")],
)
def test_of_firmware_that_is_not_on_the_cpl_its_maker_is_named(
    firmpath: Firmpath, register: Register, tmp_path: Path, model: str, by: str
) -> None:
    (tmp_path / "a.txt").write_text(f"F001/{model}@FFFFFFFF")
    for at in (register(CPL), register(CPL)):  # once read whole, and once by its index
        printed = firmpath("identify", "a.txt", "--cpl", at, *ON)
        assert printed.code == ExitCode.NO
        assert printed.lines[:2] == [
            f"The Device runs firmware version FFFFFFFF of F001/{model}, which is not on this CPL as at "
            "1 June 2026.",
            f"Whom to ask about it, by {by}: Brackenfell Metering (firmware@brackenfell.example).",
        ]
        told = firmpath("identify", "a.txt", "--cpl", at, *ON, "--json").json
        assert told["devices"][0]["ask"][0] == "Brackenfell Metering (firmware@brackenfell.example)"
    (tmp_path / "a.txt").write_text(f"F0EE/{model}@FFFFFFFF")
    assert "Whom to ask" not in firmpath("identify", "a.txt", "--cpl", register(CPL), *ON).out


def test_a_device_type_that_contradicts_the_cpl_is_said(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(f"[{DEVICE % ('SAPC', '')}, {(DEVICE % ('IHD', '')).replace('A0', 'A1')}]")
    printed = firmpath("identify", "a.json", "--cpl", register(CPL), *ON)
    assert printed.code == ExitCode.NO
    assert printed.lines[0] == (
        "SAPC 00-DB-12-34-56-78-90-A0 runs firmware version 00000001 of F001/00050203, which is on this CPL as at "
        "1 June 2026 for ESME and GSME, and not for SAPC."
    )
    assert printed.lines[-1].startswith("Left out: Device type 'IHD' is outside the scope of MP231")


def test_a_gas_proxy_is_told_and_passed_over_beside_its_hub(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    home = [DEVICE % ("CHF", "Commissioned"), (DEVICE % ("GPF", "Commissioned")).replace("A0", "A1")]
    cpl = register("1 type=CH; 2 type=CH; 1 <- 2")
    (tmp_path / "a.json").write_text(f"[{', '.join(home)}]")
    printed = firmpath("identify", "a.json", "--cpl", cpl, *ON)
    assert printed.code == ExitCode.YES
    words = (
        "The Gas Proxy Function 00-DB-12-34-56-78-90-A1 is outside the scope of MP231. Its manufacturer, model and "
        "firmware version are those of the Communications Hub, which is looked up."
    )
    assert printed.lines[-1] == f"Passed over: {words}"
    told = firmpath("identify", "a.json", "--cpl", cpl, *ON, "--json").json
    assert (told["passed_over"], told["left_out"]) == ([words], [])
    (tmp_path / "a.json").write_text(f"[{home[0]}, {home[1].replace('00000001', '00000002')}]")
    printed = firmpath("identify", "a.json", "--cpl", cpl, *ON)
    assert printed.code == ExitCode.NO
    assert printed.lines[-1] == (
        "Left out: Device type GPF is a Gas Proxy Function, which is outside the scope of MP231, and no "
        "Communications Hub with its manufacturer, model and firmware version stands with it, in the answer about "
        "Device 00-DB-12-34-56-78-90-A1; give the whole inventory of the home, or look its Communications Hub up."
    )


def test_devices_that_are_alike_are_each_told_as_if_alone(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    at = register(CPL)
    statuses = ("Commissioned", "Suspended")
    home = [DEVICE % (kind, status) for kind in ("ESME", "GSME", "SAPC") for status in statuses]
    home += [home[0].replace('"00000001"', '"FFFFFFFF"'), '{"DeviceFirmwareVersion": "00000002"}']
    devices = [each.replace("90-A0", f"9{copy}-0{place}") for copy in range(3) for place, each in enumerate(home)]
    alone, words = [], []
    for each in devices:
        (tmp_path / "a.json").write_text(each)
        alone += firmpath("identify", "a.json", "--cpl", at, *ON, "--json").json["devices"]
        words += firmpath("identify", "a.json", "--cpl", at, *ON).lines
    (tmp_path / "a.json").write_text(f"[{', '.join(devices)}]")
    told = firmpath("identify", "a.json", "--cpl", at, *ON, "--json")
    assert told.json["devices"] == alone[:8] + alone[8:15] + alone[16:23]  # three without an ID are one
    assert json.dumps(told.json, indent=2, ensure_ascii=False) == told.out.rstrip("\n")
    printed = firmpath("identify", "a.json", "--cpl", at, *ON).lines
    assert [each for each in printed if each.startswith(("ESME", "GSME", "SAPC"))] == [
        each for each in words if each.startswith(("ESME", "GSME", "SAPC"))
    ]


def test_what_cannot_be_read_is_refused_by_name(firmpath: Firmpath, register: Register, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<a>\xff</a>")
    refused = firmpath("identify", "a.xml", "--cpl", register(CPL), *ON)
    assert (refused.code, refused.err) == (
        ExitCode.REFUSED,
        "firmpath: File 'a.xml' is neither UTF-8 nor UTF-16; save it as UTF-8\n",
    )
    (tmp_path / "a.xml").write_text("<a>")
    assert (
        "Answer is not whole XML, in a.xml; give the whole document"
        in firmpath("identify", "a.xml", "--cpl", register(CPL, "b.register"), *ON).err
    )


def test_a_name_is_no_file_and_nothing_is_no_answer(
    firmpath: Firmpath, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpl = register(CPL)
    right = "check the name; to say what the Device runs, leave it out here, and paste it or pipe it in"
    for name in ("1", "F001/00050203@00000001"):
        assert firmpath("identify", name, "--cpl", cpl, *ON).err == (
            f"firmpath: File '{name}' cannot be read: there is no such file; {right}\n"
        )
    (tmp_path / "1").write_text("F001/00050203@00000002")
    assert firmpath("identify", "1", "--cpl", cpl, *ON).code == ExitCode.YES, "a file may be called so"
    assert firmpath("identify", "a.xml", "--cpl", cpl, *ON).err.endswith("there is no such file; check the name\n")
    right = "give the answer to service request 8.2 or 11.2, or write manufacturer/model@version"
    (tmp_path / "a.xml").write_text("\n")
    assert firmpath("identify", "a.xml", "--cpl", cpl, *ON).err == f"firmpath: Answer is empty, in a.xml; {right}\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert (
        firmpath("identify", "--cpl", cpl, *ON).err == f"firmpath: Answer is empty, in what was pasted; {right}\n"
    )


@pytest.mark.parametrize("steering", ["\x1b[31m", "\x00", "\x9b2J", "\u202e", "\u200b"])
def test_what_an_answer_says_cannot_steer_the_terminal(
    firmpath: Firmpath, register: Register, tmp_path: Path, steering: str
) -> None:
    answer = json.loads(DEVICE % ("ESME", "Commissioned")) | {"DeviceID": f"{steering}Yes"}
    (tmp_path / "a.json").write_text(json.dumps(answer))
    asked = ("identify", "a.json", "--cpl", register(CPL), *ON)
    plain, told = firmpath(*asked), firmpath(*asked, "--json")
    for printed in (plain.out + plain.err, told.out + told.err):
        assert printed.replace("\n", "").isprintable()
        assert "Yes" in printed
