"""`firmpath preflight` of several requests: an answer for each, one for all, and what is wrong between them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.functional.running import Printed
from tests.images.making import (
    SIGNATURE_BLOCK,
    activate_request,
    device,
    hash_of,
    ota_file,
    request,
    update_request,
)

ONE, TWO = device(1), device(2)
IMAGE, OTHER = b"an invented image", b"another one"
NOTATION = f"1 <- 2; 1 <- 3; 2 version=0002012F hash={hash_of(IMAGE)}; 3 version=00020130 hash={hash_of(OTHER)}"
Check = Callable[..., Printed]
FILES = {
    "a.xml": update_request([ONE, TWO]),
    "b.xml": activate_request(ONE, hash_of(IMAGE)).replace(b":1000<", b":1001<"),
    "stale.xml": activate_request(device(3), hash_of(IMAGE)).replace(b":1000<", b":1002<"),
    "twice.xml": activate_request(TWO, hash_of(IMAGE)),
    "other.xml": update_request([TWO, ONE], ota_file(OTHER, version=0x00020130), "00020130").replace(
        b":1000<", b":1003<"
    ),
    "ends.xml": update_request([ONE], ota_file(IMAGE, SIGNATURE_BLOCK)).replace(b":1000<", b":1004<"),
    "broken.xml": update_request([ONE])[:-1],
    "12.xml": request("12.2", "<sr:DevicePrenotification/>"),
}


@pytest.fixture
def check(firmpath: Firmpath, register: Register, tmp_path: Path) -> Check:
    """Check some of the requests."""
    for name, octets in FILES.items():
        (tmp_path / name).write_bytes(octets)
    days = {ONE: "2026-05-20", TWO: "2026-05-20", device(3): "2026-01-01"}
    rows = (f"{device_id},1,Commissioned,{day}" for device_id, day in days.items())
    (tmp_path / "a.csv").write_text("\n".join(("device_id,cpl_entry_id,device_status,read_on", *rows)))
    asked = ("--inventory", "a.csv", "--cpl", register(NOTATION), "--on", "2026-06-01")
    return lambda *words: firmpath("preflight", *words, *asked)


def test_each_is_answered_and_the_worst_is_the_answer(check: Check) -> None:
    good = check("a.xml", "b.xml")
    assert (good.code, good.lines[0]) == (ExitCode.YES, "Go. Each of 2 requests may be sent.")
    printed = check("a.xml", "stale.xml", "b.xml")
    assert (printed.code, printed.lines[0]) == (
        ExitCode.NO,
        "No-go. Of 3 requests 1 must not be sent as it is.",
    )
    names = [line for line in printed.lines if line.endswith(".xml:")]
    heads = [line for line in printed.lines if ". This 11." in line]
    assert names == ["a.xml:", "stale.xml:", "b.xml:"]
    assert heads == [
        "Go. This 11.1 may take 2 Devices to CPL entry 2 (0002012F).",
        "No-go. This 11.3 must not be sent: its Device may not take what it brings.",
        "Go. This 11.3 may take 1 Device to CPL entry 2 (0002012F).",
    ]


def test_as_json_each_is_as_it_is_alone(check: Check) -> None:
    names = ("a.xml", "stale.xml")
    told = check(*names, "--json").json
    assert (told["version"], told["answer"], told["between_them"]) == (1, "no_go", [])
    assert told["requests"] == [{"file": name, **check(name, "--json").json} for name in names]
    assert "requests" not in check("a.xml", "--json").json


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ("a.xml", "twice.xml"),
            f"RequestID 02-00-00-00-00-00-0A-01:{TWO}:1000 is in twice.xml, and its originator and counter are in "
            "a.xml too; give each a counter of its own",
        ),
        (
            ("a.xml", "other.xml"),
            "2 Devices would be taken to different firmware by a.xml and other.xml; send one of them, and check "
            "the other once that is done",
        ),
        (
            ("b.xml", "other.xml"),
            "1 Device would be taken to different firmware by b.xml and other.xml; send one of them, and check the "
            "other once that is done",
        ),
    ],
)
def test_what_is_wrong_between_them_is_no_go(check: Check, names: tuple[str, ...], said: str) -> None:
    assert [check(name).code for name in names] == [ExitCode.YES] * 2
    assert check(names[0], names[0]).code == ExitCode.NO, "the same request twice has one RequestID"
    printed = check(*names)
    assert printed.code == ExitCode.NO
    assert printed.lines[:2] == [
        "No-go. Each of 2 requests may be sent, but not all of them.",
        f"{said}.",
    ]
    assert [each["text"] for each in check(*names, "--json").json["between_them"]] == [said]


@pytest.mark.parametrize("names", [("ends.xml", "b.xml"), ("b.xml", "ends.xml")])
def test_an_image_that_can_end_in_two_places_is_that_of_an_activation_by_either(
    check: Check, names: tuple[str, ...]
) -> None:
    assert check(*names).lines[0] == "Go. Each of 2 requests may be sent."


def test_what_cannot_be_read_is_named_and_nothing_is_answered(check: Check) -> None:
    refused = check("a.xml", "broken.xml", "nowhere.xml")
    assert (refused.code, refused.out) == (ExitCode.REFUSED, "")
    assert [line.split("; ")[0] for line in refused.err.splitlines()] == [
        "firmpath: Service request is not whole XML, in broken.xml",
        "firmpath: File 'nowhere.xml' cannot be read: there is no such file",
        "firmpath: 2 faults",
    ]
    assert "brings no firmware to a Device, in 12.xml" in check("a.xml", "12.xml").err


def test_several_requests_have_a_folder_of_repaired_lists(check: Check, tmp_path: Path) -> None:
    wave = tmp_path / "wave"
    (wave / "deeper").mkdir(parents=True)
    (wave / "deeper" / "b.xml").write_bytes(FILES["b.xml"])
    (wave / "a.XML").write_bytes(update_request([ONE, device(3), TWO]))
    printed = check("wave", "stale.xml", "--repaired", "fit")
    assert printed.code == ExitCode.NO
    assert (
        "The Devices that may take what they bring are in fit, a list for 2 of 3 requests. Next: write requests "
        "for these Devices alone, and check those: firmpath requests PLAN --entry 2"
    ) in " ".join(printed.lines)
    assert "for 2 Devices that may take it (the list and the command are below), and" in " ".join(printed.lines)
    written = {
        str(each.relative_to(tmp_path / "fit")): each.read_text() for each in (tmp_path / "fit").rglob("*.txt")
    }
    assert written == {"a.txt": f"{ONE}\n{TWO}\n", "deeper/b.txt": f"{ONE}\n"}
    told = check("wave", "stale.xml", "--json").json["requests"]
    assert [each["repaired"] for each in told] == [[ONE, TWO], [ONE], []]
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.xml").write_bytes(FILES["a.xml"])
    assert check("one", "--repaired", "two").code == ExitCode.YES, "what is a folder does not depend on its number"
    assert (tmp_path / "two" / "a.txt").read_text() == f"{ONE}\n{TWO}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("a.xml", "b.xml", "--repaired", "there"),
            "Folder 'there' is there already; name a new folder, or remove",
        ),
        (
            ("a.xml", "b.xml", "--repaired", "there", "--replace"),
            "--replace is for the list of one request, and several have a folder; leave it out, and name a new",
        ),
        (
            ("a.xml", "a.xml", "--repaired", "fit"),
            "List 'a.txt' would be that of several requests; check them one by one, or give them other names",
        ),
    ],
)
def test_a_folder_of_lists_is_never_written_over(
    check: Check, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there").mkdir()
    refused = check(*words)
    assert (refused.code, refused.out) == (ExitCode.REFUSED, "")
    assert said in refused.err
    assert not (tmp_path / "fit").exists()
    assert not list((tmp_path / "there").iterdir())


def test_a_folder_is_all_that_is_in_it_but_the_list_of_what_was_written(check: Check, tmp_path: Path) -> None:
    wave = tmp_path / "wave"
    (wave / "deeper").mkdir(parents=True)
    (wave / "deeper" / "b.xml").write_bytes(FILES["b.xml"])
    (wave / "a.XML").write_bytes(FILES["a.xml"])
    for name in ("requests.json", ".hidden"):
        (wave / name).write_text("{}")
    printed = check("wave")
    assert (printed.code, printed.lines[0]) == (ExitCode.YES, "Go. Each of 2 requests may be sent.")
    assert [line for line in printed.lines if line.endswith(":")] == ["wave/a.XML:", "wave/deeper/b.xml:"]
    several = [each["file"] for each in check("stale.xml", "wave", "--json").json["requests"]]
    assert several == ["stale.xml", "wave/a.XML", "wave/deeper/b.xml"]
    (wave / "notes.txt").write_text("ask Marek")
    assert "is not whole XML, in wave/notes.txt" in check("wave").err, "what is no request is not passed over"


def test_an_ota_file_is_refused_as_that(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE))
    assert check("a.ota").err == (
        "firmpath: Service request is an OTA file, in a.ota; see what it is with `firmpath image`, and give the "
        "request that carries it\n"
    )


def test_a_folder_without_a_request_is_refused(check: Check, tmp_path: Path) -> None:
    (tmp_path / "empty" / "empty").mkdir(parents=True)
    (tmp_path / "empty" / "requests.json").write_text("{}")
    printed = check("empty")
    assert printed.code == ExitCode.REFUSED
    assert printed.err == "firmpath: File 'empty' is a folder without a request; check the name\n"


def test_requests_that_may_be_sent_and_are_alike_are_told_together(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    (tmp_path / "wave").mkdir()
    rows = ["device_id,cpl_entry_id,device_status,read_on"]
    for at in range(1, 6):
        rows.append(f"{device(at)},1,{'Suspended' if at == 3 else 'Commissioned'},2026-05-20")
        octets = activate_request(device(at), hash_of(IMAGE)).replace(b":1000<", b":%d<" % (1000 + at))
        (tmp_path / "wave" / f"{at}.xml").write_bytes(octets)
    (tmp_path / "a.csv").write_text("\n".join(rows))
    asked = ("preflight", "wave", "--inventory", "a.csv", "--cpl", register(NOTATION), "--on", "2026-06-01")
    printed = firmpath(*asked)
    names = [line for line in printed.lines if line.endswith(":")]
    assert names == ["wave/3.xml:", "wave/1.xml, wave/2.xml, wave/4.xml and 1 more, which are alike:"]
    heads = [line for line in printed.lines if line == "Go. This 11.3 may take 1 Device to CPL entry 2 (0002012F)."]
    assert len(heads) == 1
    (tmp_path / "a.csv").write_text("\n".join((*rows, "no EUI-64,1,Commissioned,2026-05-20")))
    unread = firmpath(*asked)
    assert [line for line in unread.lines if line.endswith(":")] == names, "what is not known of each is alike too"
    said = "Not known: which Devices 1 row of the inventory are about"
    assert unread.out.count(said) == 2, "once of the no-go, and once of all others"
    (tmp_path / "a.csv").write_text("\n".join(rows).replace("Commissioned", "Pending"))
    on_word = firmpath(*asked, "--in-use", "Pending=on the wall")
    assert on_word.out.count("Go, on your word.") == 4, "what somebody answers for is told of each"
