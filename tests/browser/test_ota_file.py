"""The OTA file on the page of the device: read in the browser, sent to nobody, and held against the form."""

from base64 import b64decode
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.test_submission import MAKER, begin
from tests.browser.visitor import Visitor
from tests.browser.visits import Visits
from tests.images.making import SIGNATURE_BLOCK, hash_of, ota_file

IMAGE = b"an invented image"
NO_OTA_FILE = (
    "This is no OTA file: it does not begin with 1E F1 EE 0B and a header. Give the file as its maker made it."
)

# The browser does not read slow.ota before it is let go; that ends when what follows its hash has been done.
_WAITS = """() => {
    const read = Blob.prototype.arrayBuffer, digest = SubtleCrypto.prototype.digest;
    let hashed = () => {};
    Blob.prototype.arrayBuffer = async function () {
        if (this.name === "slow.ota") await new Promise((go) => { globalThis.letGo = () => new Promise((done) => {
            hashed = done;
            go();
        }); });
        return read.call(this);
    };
    SubtleCrypto.prototype.digest = async function (...asked) {
        const hash = await digest.apply(this, asked);
        setTimeout(hashed);
        return hash;
    };
}"""
# Files are dropped, and not on the box that asks for them.
_DROPPED = """(files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, octets] of files) dataTransfer.items.add(new File([new Uint8Array(octets)], name));
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    if (document.querySelector("h1").dispatchEvent(event)) throw new Error("the browser would open it");
}"""


def gives(maker: Visitor, octets: bytes) -> str:
    """Choose a file, and give what the page says of it once it has been read; nothing of it goes anywhere."""
    sent: list[str] = []
    maker.page.on("request", lambda request: sent.append(request.url))
    maker.give_file("OTA file", "a.ota", octets)
    told = maker.page.locator("[data-ota] [role=status] ul")
    expect(told).to_be_visible()
    assert sent == []
    return " ".join(told.inner_text().split())


def value(maker: Visitor, label: str) -> str:
    return maker.page.get_by_label(label, exact=True).input_value()


def test_a_file_fills_what_is_empty(visits: Visits) -> None:
    with visits.desk(MAKER) as maker:
        begin(maker)
        told = gives(maker, ota_file(IMAGE))
        assert f"Manufacturer Image hash {hash_of(IMAGE)} (all that follows the header), filled in below" in told
        assert "It is not the stack version that the SSC asks for." in told
        assert "Manufacturer identifier F001, filled in below" in told
        assert "Firmware version 0002012F, filled in below" in told
        assert "Hardware 0203 to 0203, filled in below" in told
        expect(maker.page.get_by_label("F001", exact=True)).to_be_checked()
        assert value(maker, "Firmware version") == "0002012F"
        assert value(maker, "Hardware version") + value(maker, "Hardware revision") == "0203"
        assert value(maker, "Manufacturer Image hash") == hash_of(IMAGE)
        assert value(maker, "Model identifier") == ""
        maker.press("Save and come back later")
        maker.sees("Saved. Nothing is sent to anybody until you submit it.")


def test_what_the_form_says_otherwise_is_told_and_left(visits: Visits) -> None:
    with visits.phone(MAKER) as maker:
        begin(maker)
        maker.fill({"Firmware version": "38040404", "Hardware version": "09", "Hardware revision": "01"})
        maker.fill({"Manufacturer Image hash": "A" * 64})
        told = gives(maker, ota_file(IMAGE, maker=0xF00F))
        assert "Firmware version 0002012F. The form says 38040404: find out which is right." in told
        assert (
            "Hardware 0203 to 0203. The form says 0901, which is not within that: find out which is right." in told
        )
        assert "Manufacturer identifier F00F. It is none of yours: find out whose file it is." in told
        assert "The form has another hash: find out which is right." in told
        assert value(maker, "Firmware version") == "38040404"
        assert value(maker, "Manufacturer Image hash") == "A" * 64
        maker.fill({"Firmware version": "0002012F"})
        expect(maker.page.locator("[data-ota] [role=status]")).to_contain_text("0002012F, as the form says")


def test_where_the_image_ends_is_for_a_person_to_say(visits: Visits) -> None:
    with visits.desk(MAKER) as maker:
        begin(maker)
        told = gives(maker, ota_file(IMAGE, SIGNATURE_BLOCK))
        assert "Which hash? The file may end in a signature block" in told
        assert value(maker, "Manufacturer Image hash") == ""
        maker.page.get_by_role("button", name="Use this hash, without the last 66 octets").click()
        assert value(maker, "Manufacturer Image hash") == hash_of(IMAGE)
        expect(maker.page.locator("[data-ota] [role=status]")).not_to_contain_text("Which hash?")


def test_a_file_for_one_device_alone_is_told_of(visits: Visits) -> None:
    device = "00-DB-12-34-56-78-90-A0"
    destination = bytes.fromhex(device.replace("-", ""))[::-1]
    both = b"\x02" + destination + b"\x03\x02\x03\x02"
    with visits.desk(MAKER) as maker:
        begin(maker)
        for control, optional in ((0x0002, destination), (0x0007, both)):
            length = 56 + len(optional)
            octets = ota_file(
                IMAGE, header_length=length, field_control=control, optional=optional, total=length + len(IMAGE)
            )
            told = gives(maker, octets)
            assert f"For one Device {device}. No other takes this file: ask for the one without it." in told
            assert f"Manufacturer Image hash {hash_of(IMAGE)}" in told
        assert "For one Device" not in gives(maker, ota_file(IMAGE))


def test_published_files_are_read_as_the_command_reads_them(visits: Visits, shared_data: Path) -> None:
    for name in ("11.1_UPDATE_FIRMWARE", "11.4_UPDATE_PPMID_FIRMWARE"):
        text = (shared_data / "duis" / f"{name}_REQUEST_DUIS.XML").read_text()
        with visits.desk(MAKER) as maker:
            begin(maker)
            told = gives(maker, b64decode(text.split("FirmwareImage>")[1].removesuffix("</sr:")))
            assert (
                "Manufacturer Image hash 7542F475E3F12EAE887D81E32C46D313741D67076B13CAEC2F82E00BA5E1BB36" in told
            )
            assert "Firmware version ACDCACDC" in told
            assert "Hardware 1111 to 1211" in told


def test_a_file_that_is_not_what_it_says_fills_nothing(visits: Visits) -> None:
    wrong = {
        b"": "It is empty, or a folder, or was moved meanwhile.",
        ota_file()[:9]: NO_OTA_FILE,
        ota_file()[:57]: "The header says 77 octets, and the file has 57. Get the whole file.",
        b"PK\x03\x04" + bytes(99): NO_OTA_FILE,
        ota_file()[:-1]: "The header says 77 octets, and the file has 76.",
        ota_file(header_length=61): "The header length 61 is not that of its fields, 60.",
        ota_file(field_control=0x8004): "The field control 8004 sets bits that mean nothing.",
        ota_file(header_version=0x0200): "The header version 0200 is not understood; 0100 is.",
        ota_file(hardware=(2, 1)): "Its hardware range is empty.",
        ota_file(b""): "There is no Manufacturer Image in it.",
    }
    with visits.desk(MAKER) as maker:
        begin(maker)
        for octets, words in wrong.items():
            maker.give_file("OTA file", "a.ota", octets)
            expect(maker.page.locator("[data-ota] [role=status]")).to_contain_text(f"Not read. {words}")
        assert value(maker, "Firmware version") == ""


def test_the_file_that_was_given_last_counts(visits: Visits) -> None:
    slow, quick = ota_file(IMAGE, version=0x00000001), ota_file(b"another invented image", version=0x00000002)
    with visits.desk(MAKER) as maker:
        begin(maker)
        told = maker.page.locator("[data-ota] [role=status]")
        maker.page.evaluate(_WAITS)
        maker.give_file("OTA file", "slow.ota", slow)
        expect(told).to_have_text("Reading…")
        maker.give_file("OTA file", "quick.ota", quick)
        expect(told).to_contain_text("Firmware version 00000002, filled in below")
        maker.page.evaluate("() => letGo()")
        assert "File quick.ota" in told.inner_text()
        assert value(maker, "Manufacturer Image hash") == hash_of(b"another invented image")
        maker.page.evaluate(_DROPPED, [["one.ota", list(slow)], ["two.ota", list(quick)]])
        expect(told).to_have_text("Not read. These are 2 files. Give one.")
        assert value(maker, "Firmware version") == ""
        maker.page.evaluate(_DROPPED, [["one.ota", list(slow)]])
        expect(told).to_contain_text("Firmware version 00000001, filled in below")
        assert maker.page.get_by_label("OTA file", exact=True).input_value() == ""
        maker.fill({"Firmware version": "38040404"})
        maker.give_file("OTA file", "quick.ota", quick)
        expect(told).to_contain_text("Firmware version 00000002. The form says 38040404: find out which is right.")


def test_without_scripts_the_command_is_named(visits: Visits) -> None:
    with visits.desk(MAKER, with_scripts=False) as maker:
        begin(maker)
        maker.sees("On a computer with Firmpath, firmpath image FILE prints the manufacturer identifier")
        maker.sees_not("Choose it, or drop it here.")
