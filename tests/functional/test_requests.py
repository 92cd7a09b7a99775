"""`firmpath requests`: from a plan to unsigned requests, which `firmpath preflight` reads and passes."""

import json
from pathlib import Path

import pytest
from lxml import etree

from firmpath.cli.exit_codes import ExitCode
from firmpath.images.request_reading import parse_request
from firmpath.images.service_request import Activation, Distribution, is_device_id
from tests.functional.conftest import Firmpath, Register
from tests.functional.wave_plan import ASKS, ESME, IMAGES, ON
from tests.images.making import SIGNATURE_BLOCK, device, hash_of, ota_file, ota_file_for


def test_what_is_written_is_read_and_passed(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    printed = firmpath("requests", plan, *ASKS, *IMAGES, "--out", "requests")
    assert (printed.code, printed.lines) == (
        ExitCode.YES,
        [
            "Written. Unsigned service requests for 8 Devices: 2 of 11.1, 5 of 11.3, 1 of 11.4.",
            "They are in requests, and requests.json lists them.",
            "The first counter that is free is 49.",
            "Next: check them by an inventory, and have them signed with your own tool. To check them:",
            "firmpath preflight requests --inventory INVENTORY",
        ],
    )
    files = sorted(each.relative_to(tmp_path / "requests") for each in (tmp_path / "requests").rglob("*.xml"))
    assert [str(each) for each in files] == [
        "to-2-0001.11.1.xml",
        *(f"to-2-0001.11.3/{device(at)}.xml" for at in (1, 2, 3)),
        "to-2-0002.11.1.xml",
        *(f"to-2-0002.11.3/{device(at)}.xml" for at in (4, 5)),
        "to-4-0001.11.4.xml",
    ]
    counters = set()
    for file in files:
        written = parse_request([(tmp_path / "requests" / file).read_bytes()])
        assert (written.request_id.originator, written.is_signed) == ("02-00-00-00-00-00-0A-01", False)
        counters.add(written.request_id.counter)
        checked = ("--inventory", "inventory.csv", "--cpl", "cpl.register", *ON)
        passed = firmpath("preflight", tmp_path / "requests" / file, *checked)
        assert (passed.code, passed.lines[0].split(".")[0]) == (ExitCode.YES, "Go")
    assert counters == set(range(41, 49))
    listed = json.loads((tmp_path / "requests" / "requests.json").read_text())
    assert (listed["first_counter"], listed["next_counter"]) == (41, 49)
    assert [each["counter"] for each in listed["requests"]] == [41, 42, 45, 46, 48]


def test_a_request_is_made_anew_for_the_repaired_list(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_text(inventory.read_text().replace(f"{device(2)},1,Commissioned", f"{device(2)},1,Suspended"))
    checked = ("--inventory", inventory, "--cpl", "cpl.register", *ON)
    firmpath("requests", plan, *ASKS, *IMAGES, "--out", "all")
    assert firmpath("preflight", "all/to-2-0001.11.1.xml", *checked, "--repaired", "fit.txt").code == ExitCode.NO
    anew = ("requests", plan, *ASKS, *IMAGES, "--devices", "fit.txt")
    assert firmpath(*anew, "--out", "fit").lines[0] == (
        "Written. Unsigned service requests for 2 Devices: 1 of 11.1, 2 of 11.3."
    )
    assert {each.name for each in (tmp_path / "fit").iterdir()} == {
        *("requests.json", "to-2-0001.11.1.xml", "to-2-0001.11.3")
    }
    assert firmpath("preflight", "fit/to-2-0001.11.1.xml", *checked).code == ExitCode.YES
    for listed, said in {
        f"{device(1)}\n{device(98)}\n{device(99)}": "is in no wave that is asked for (and 1 more)",
        "zz\n": "Device ID 'zz' is not an EUI-64, in fit.txt; write it as in 00-DB-12-34-56-78-90-A0",
        "\n": "List of Devices is empty, in fit.txt; give one Device ID on each line",
        f"{device(1)}\n".encode("utf-16").decode(
            "latin-1"
        ): "List of Devices is in UTF-16, or is no text, in fit.txt",
    }.items():
        (tmp_path / "fit.txt").write_text(listed, encoding="latin-1")
        refused = firmpath(*anew, "--out", "none")
        assert (refused.code, said in refused.err) == (ExitCode.REFUSED, True)
        assert not (tmp_path / "none").exists()


def shape_of(octets: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """Give the elements of a request in order, without its signature: their names, attributes and texts' form."""
    root = etree.fromstring(octets)
    for each in root.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
        root.remove(each)
    return [(each.tag, tuple(map(str, each.attrib))) for each in root.iter() if isinstance(each.tag, str)]


@pytest.mark.parametrize(
    ("sample", "file", "more"),
    [
        ("11.1_UPDATE_FIRMWARE", "to-2-0001.11.1.xml", ()),
        ("11.4_UPDATE_PPMID_FIRMWARE", "to-4-0001.11.4.xml", ()),
        ("CS06_11.3_IMMEDIATE_SUCCESS", f"to-2-0001.11.3/{device(1)}.xml", ()),
        (
            "CS06_11.3_FUTURE_DATED_SUCCESS",
            f"to-2-0001.11.3/{device(1)}.xml",
            ("--entry", "2", "--execute", "2999-01-15T09:00:00.00Z"),
        ),
    ],
)
def test_requests_have_the_shape_of_the_published_ones(
    firmpath: Firmpath, plan: Path, tmp_path: Path, shared_data: Path, sample: str, file: str, more: tuple[str, ...]
) -> None:
    images = IMAGES[:2] if more else IMAGES
    firmpath("requests", plan, *ASKS, *images, *more, "--out", "requests")
    ours = shape_of((tmp_path / "requests" / file).read_bytes())
    published = shape_of((shared_data / "duis" / f"{sample}_REQUEST_DUIS.XML").read_bytes())
    assert list(dict.fromkeys(ours)) == published


def test_settings_are_written_as_they_are_given(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    more = ("--execute", "2999-01-15T09:00:00Z", "--broker", device(77), "--schema-version", "5.5", "--entry", "2")
    firmpath("requests", plan, *ASKS, "--image", "esme.ota", *more, "--out", "requests")
    octets = (tmp_path / "requests" / "to-2-0002.11.1.xml").read_bytes()
    assert b'schemaVersion="5.5"' in octets
    first = parse_request([octets])
    assert (first.request_id.target, first.device_ids) == (device(77), (device(4), device(5)))
    assert isinstance(first.body, Distribution)
    second = parse_request([(tmp_path / "requests" / "to-2-0002.11.3" / f"{device(4)}.xml").read_bytes()])
    assert isinstance(second.body, Activation)
    assert str(second.body.executes_at) == "2999-01-15 09:00:00+00:00"
    assert not list((tmp_path / "requests").glob("to-4*"))


def test_the_same_plan_gives_the_same_bytes(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        firmpath("requests", plan, *ASKS, *IMAGES, "--out", name)
    files = [sorted((tmp_path / each).rglob("*")) for each in ("one", "two")]
    assert [each.read_bytes() for each in files[0] if each.is_file()] == [
        each.read_bytes() for each in files[1] if each.is_file()
    ]


def test_activations_alone_need_no_image(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    printed = firmpath("requests", plan, *ASKS, "--only", "11.3", "--out", "requests")
    assert printed.lines[0] == "Written. Unsigned service requests for 5 Devices: 5 of 11.3."
    cancels = ("--only", "11.3", "--execute", "3000-12-31T00:00:00Z")
    assert firmpath("requests", plan, *ASKS, *cancels, "--out", "cancelled").lines[1] == (
        "Each cancels an activation that was to come, and brings no firmware to a Device."
    )
    for at, more in enumerate((("--only", "11.3"), cancels)):
        found = firmpath("requests", plan, *ASKS, *more, "--out", f"again{at}", "--json").json
        assert (found["devices"], found["cancels"]) == (5, more is cancels)


def test_a_device_that_takes_no_request_of_the_kind_is_not_passed_over(
    firmpath: Firmpath, plan: Path, tmp_path: Path
) -> None:
    only = ("requests", plan, *ASKS, "--only", "11.3")
    firmpath(*only, "--out", "activations")
    with_one = {each.stem for each in (tmp_path / "activations").rglob("*.xml")}
    waves = [each for each in (plan / "waves").rglob("*") if each.is_file()]
    others = set(filter(is_device_id, (line for each in waves for line in each.read_text().split()))) - with_one
    assert len(with_one) == 5
    (tmp_path / "list.txt").write_text("\n".join((min(with_one), min(others))))
    printed = firmpath(*only, "--devices", "list.txt", "--out", "some")
    assert (printed.code, printed.err.strip()) == (
        ExitCode.REFUSED,
        f"firmpath: Device ID '{min(others)}' is in no wave that is asked for; take it off the list, "
        "or plan it first",
    )
    assert not (tmp_path / "some").exists()
    entries = [
        each["cpl_entry_id"]
        for each in json.loads((tmp_path / "activations/requests.json").read_text())["requests"]
    ]
    printed = firmpath(*only, "--entry", "4", "--entry", entries[0], "--out", "some")
    assert (printed.code, printed.err.strip()) == (
        ExitCode.REFUSED,
        "firmpath: CPL entry 4 takes no 11.3; leave it out of --entry",
    )


def test_one_hash_of_two_waves_wants_the_entry_named(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    own = f"version=0002012F hash={hash_of(ESME)}"
    cpl = register(f"1 <- 2; 2 {own}; 3 <- 4; 3 type=PPMID; 4 type=PPMID {own}")
    (tmp_path / "a.csv").write_text(f"device_id,cpl_entry_id\n{device(1)},1\n{device(2)},3\n")
    firmpath("plan", "a.csv", "--cpl", cpl, *ON, "--out", "plan")
    (tmp_path / "esme.ota").write_bytes(ota_file(ESME, SIGNATURE_BLOCK))
    (tmp_path / "ppmid.ota").write_bytes(ota_file(ESME))
    refused = firmpath("requests", "plan", *ASKS, *IMAGES, "--out", "requests")
    assert (
        "CPL entry 4 (firmware 0002012F) for PPMID shares its hash with another wave, or has several files; say "
        in (refused.err)
    )
    named = ("--image", "2=esme.ota", "--image", "4=ppmid.ota")
    assert firmpath("requests", "plan", *ASKS, *named, "--out", "requests").code == ExitCode.YES


def test_the_days_of_a_plan_are_folders_whose_requests_pass(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    limits = ("--per-day", "3", "--first-day", "2026-06-02", "--wave-size", "2")
    assert firmpath("plan", "inventory.csv", "--cpl", "cpl.register", *ON, *limits, "--out", "days").code == 0
    assert firmpath("requests", "days", *ASKS, *IMAGES, "--out", "requests").code == ExitCode.YES
    files = sorted((tmp_path / "requests").rglob("*.xml"))
    assert sorted({each.relative_to(tmp_path / "requests").parts[0] for each in files}) == [
        "day-0001",
        "day-0002",
        "day-0003",
    ]
    counters: list[int] = []
    distributed: list[str] = []
    activated: list[str] = []
    for file in files:
        written = parse_request([file.read_bytes()])
        counters.append(written.request_id.counter)
        (activated if isinstance(written.body, Activation) else distributed).extend(written.device_ids)
        checked = firmpath("preflight", file, "--inventory", "inventory.csv", "--cpl", "cpl.register", *ON)
        assert checked.code == ExitCode.YES
    listed = json.loads((tmp_path / "requests" / "requests.json").read_text())
    assert sorted(counters) == list(range(41, listed["next_counter"]))
    assert sorted(distributed) == [device(at) for at in range(1, 9)]
    assert sorted(activated) == [device(at) for at in range(1, 6)]
    assert all((tmp_path / "requests" / each["name"]).exists() for each in listed["requests"])


def test_a_file_for_one_device_is_sent_to_it_alone(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "one.ota").write_bytes(ota_file_for(device(1), ESME))
    alone = ("requests", plan, *ASKS, "--image", "one.ota", "--entry", "2", "--devices", "fit.txt")
    for listed, code in ((f"{device(1)}\n{device(2)}", ExitCode.REFUSED), (device(1), ExitCode.YES)):
        (tmp_path / "fit.txt").write_text(listed)
        assert firmpath(*alone, "--out", "one").code == code
    assert [each.name for each in (tmp_path / "one").glob("*.xml")] == ["to-2-0001.11.1.xml"]


def test_a_folder_of_lists_is_all_that_is_in_it(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "fit" / "deeper").mkdir(parents=True)
    for name, number in (("a.txt", 1), ("deeper/b.txt", 4)):
        (tmp_path / "fit" / name).write_text(f"{device(number)}\n")
    made = firmpath("requests", plan, *ASKS, "--only", "11.3", "--devices", "fit", "--out", "some")
    assert made.code == ExitCode.YES
    assert sorted(each.stem for each in (tmp_path / "some").rglob("*.xml")) == [device(1), device(4)]
    (tmp_path / "none").mkdir()
    refused = firmpath("requests", plan, *ASKS, "--only", "11.3", "--devices", "none", "--out", "other")
    assert "File 'none' is a folder without a list; check the name" in refused.err


def test_an_instant_is_written_to_the_fraction(firmpath: Firmpath, plan: Path, tmp_path: Path) -> None:
    for name, when in (("a", "2999-12-31T00:00:00.001Z"), ("b", "2999-01-15T09:00:00.50Z")):
        firmpath("requests", plan, *ASKS, "--only", "11.3", "--execute", when, "--out", name)
        (file, *_) = (tmp_path / name).rglob("*.xml")
        assert f"<sr:ExecutionDateTime>{when}</sr:ExecutionDateTime>".encode() in file.read_bytes()
        written = parse_request([file.read_bytes()]).body
        assert isinstance(written, Activation)
        assert not written.is_cancellation


def test_a_list_of_devices_that_was_changed_is_refused(firmpath: Firmpath, plan: Path) -> None:
    listed = plan / "waves" / "to-2-0001.txt"
    listed.write_text(listed.read_text().replace(device(1), device(99)))
    refused = firmpath("requests", plan, *ASKS, *IMAGES, "--out", "requests")
    assert (
        "to-2-0001.txt' is not the file that the manifest lists: its SHA-256 differs; make the plan again"
        in refused.err
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("firmpath-waves", "other", "is not a manifest of waves; a manifest has"),
        ('"version": 1', '"version": 2', "Version '2' is not 1, the version that is understood here"),
        ("{", "", "manifest.json' is not JSON"),
        ("to-2-0001.txt", "../to-2-0001.txt", "File '../to-2-0001.txt' is not the name of a file of a wave"),
        ('"devices": 3', '"devices": 2', "are 4 by what is listed below it, in waves[0].devices"),
        ("11.1 + 11.3", "12.2", "Service request '12.2' does not fit, in waves[0].service_request"),
        ('"firmware_version": "', '"firmware_version": "x', "Firmware version 'x0002012F' is not 8 hex digits"),
    ],
)
def test_a_plan_that_was_changed_is_refused(
    firmpath: Firmpath, plan: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    manifest = plan / "waves" / "manifest.json"
    text = manifest.read_text()
    assert old in text
    manifest.write_text(text.replace(old, new, 1))
    refused = firmpath("requests", plan, *ASKS, *IMAGES, "--out", "requests")
    assert refused.code == ExitCode.REFUSED
    assert said in refused.err
