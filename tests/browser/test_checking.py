"""Somebody at a Supplier checks a service request before it is sent, and takes the repaired list away."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.browser.visits import Visits
from tests.images.making import activate_request, device

ONE = device(1)
_DROPPED = """([where, name, octets]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(octets)], name));
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    if (document.querySelector(where).dispatchEvent(event)) throw new Error("the browser would open it");
}"""


def hash_of_next(clerk: Visitor) -> str:
    """Give the Manufacturer Image hash of the next step from CPL entry 118."""
    clerk.go("/pathway?installed=118")
    found = re.search(r"[0-9A-F]{64}", clerk.page.locator("main").inner_text().replace(" ", ""))
    assert found
    return found[0]


def inventory(status: str = "Commissioned") -> str:
    return f"device_id,cpl_entry_id,device_status,read_on\n{ONE},118,{status},{timezone.now().date()}\n"


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_request_is_pasted_put_right_and_taken_away(visits: Visits, with_scripts: bool) -> None:
    with visits.desk("Supplier", with_scripts=with_scripts) as clerk:
        whole = activate_request(ONE, hash_of_next(clerk)).decode()
        clerk.follow("Check a request")
        clerk.is_at("Check a service request")
        clerk.press("Check it")
        clerk.is_told("Service request is not given")
        clerk.fill({"Or paste the service request": whole})
        clerk.fill({"Or paste the inventory": inventory("Suspended")})
        clerk.press("Check it")
        clerk.sees("No-go. This 11.3 must not be sent: its Device may not take what it brings.", "It is Suspended")
        clerk.fill({"Or paste the inventory": inventory()})
        clerk.press("Check it")
        clerk.sees("Go. This 11.3 may take 1 Device to CPL entry", "At once")
        assert clerk.download("Download the repaired list") == f"{ONE}\n".encode()
        verdicts = clerk.download("Download every Device with its reason")
        assert verdicts == f"device_id,go,reason\n{ONE},go,go\n".encode()


def test_files_are_given_on_a_phone(visits: Visits) -> None:
    with visits.phone("Supplier") as clerk:
        whole = activate_request(ONE, hash_of_next(clerk))
        clerk.go("/preflight/")
        clerk.give_file("Service request, as a file", "a.xml", whole)
        clerk.give_file("Inventory, as a file", "a.csv", inventory().encode())
        clerk.press("Check it")
        clerk.sees("Go. This 11.3 may take 1 Device to CPL entry")


def test_a_file_is_taken_by_the_part_of_the_form_on_which_it_is_dropped(visits: Visits) -> None:
    with visits.desk("Supplier") as clerk:
        whole = activate_request(ONE, hash_of_next(clerk))
        clerk.go("/preflight/")
        clerk.page.evaluate(_DROPPED, ["#request", "a.xml", list(whole)])
        clerk.page.evaluate(_DROPPED, ["#inventory", "a.csv", list(inventory().encode())])
        clerk.page.evaluate(_DROPPED, ["h1", "b.csv", list(b"beside it")])
        for field, name in (("#request_file", "a.xml"), ("#inventory_file", "a.csv")):
            expect(clerk.page.locator(field)).to_have_value(re.compile(re.escape(name)))
        clerk.press("Check it")
        clerk.sees("Go. This 11.3 may take 1 Device to CPL entry")
