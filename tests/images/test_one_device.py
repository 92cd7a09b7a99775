"""A Device of which an answer says more than one thing: its inventory, and what it answered itself."""

import pytest

from firmpath.images.answer_reading import read_answer
from firmpath.images.known_devices import Doubt
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.reference import parse_reference
from tests.images.refusing import refused
from tests.images.test_own_answers import answer_by_itself

ITS_ID = "02-00-00-00-00-00-00-01"


def inventory(version: str = "0002012F", status: str = "Commissioned", kind: str = "ESME") -> str:
    fields = {"DeviceID": ITS_ID, "DeviceType": kind, "DeviceStatus": status, "DeviceManufacturer": "F001"}
    fields |= {"DeviceModel": "00050203", "DeviceFirmwareVersion": version}
    return f"<Device>{''.join(f'<{name}>{value}</{name}>' for name, value in fields.items())}</Device>"


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(("status", "doubts"), [("Commissioned", ()), ("Suspended", (Doubt.SUSPENDED,))])
def test_an_inventory_and_an_own_answer_that_agree_are_one(
    order: int, status: str, doubts: tuple[Doubt, ...]
) -> None:
    parts = [inventory(status=status), answer_by_itself("0002012F"), inventory(status=status)][::order]
    found = read_answer(f"<All>{''.join(parts)}</All>")
    (device,) = found.devices
    assert found.faults == ()
    assert (device.device_id, device.device_type) == (ITS_ID, DeviceType.ESME)
    assert device.reference == parse_reference("F001/00050203@0002012F")
    assert device.doubts == doubts


@pytest.mark.parametrize("order", [1, -1])
def test_an_inventory_that_the_device_contradicts_is_said_to_be_stale(order: int) -> None:
    parts = [inventory("0002012F"), answer_by_itself("00020130")][::order]
    assert refused(f"<All>{''.join(parts)}</All>") == [
        f"Device ID {ITS_ID} runs 00020130 by its own answer (service request 11.2), and 0002012F by its inventory "
        "(8.2); read both anew: an inventory keeps the old version where an activation was not answered"
    ]


@pytest.mark.parametrize("between", ["-", ":", ""])
def test_a_device_is_one_however_its_id_is_written(between: str) -> None:
    spelt = inventory("0002012F").replace(ITS_ID, ITS_ID.replace("-", between))
    (fault,) = refused(f"<All>{spelt}{answer_by_itself('00020130')}</All>")
    assert "runs 00020130 by its own answer (service request 11.2), and 0002012F by its inventory (8.2)" in fault


def test_two_inventories_or_own_answers_that_differ_are_neither() -> None:
    generic = f"Device ID {ITS_ID} stands there more than once, with different firmware, Device type or status; "
    for parts in (
        (inventory(), inventory("00020130"), answer_by_itself("0002012F")),
        (inventory(), inventory(status="Suspended"), answer_by_itself("0002012F")),
        (answer_by_itself("0002012F"), answer_by_itself("00020130")),
        (inventory(), inventory(kind="GPF")),
        (inventory(kind="GPF"), inventory(kind="CHF")),
        (inventory(kind="GPF"), answer_by_itself("0002012F")),
    ):
        for each in (parts, parts[::-1]):
            assert refused(f"<All>{''.join(each)}</All>") == [f"{generic}give the latest answer about it alone"]


def test_a_gas_proxy_without_its_hub_is_told_why_it_is_left_out() -> None:
    said = (
        "Device type GPF is a Gas Proxy Function, which is outside the scope of MP231, and no Communications Hub "
        "with its manufacturer, model and firmware version stands with it, in the answer about Device "
        f"{ITS_ID}; give the whole inventory of the home, or look its Communications Hub up"
    )
    assert refused(inventory(kind="GPF")) == [said]
    assert refused(inventory(kind="Gas Proxy Function", version="zz")) == [said]
    meter = inventory().replace(ITS_ID, "02-00-00-00-00-00-00-02")
    assert list(map(str, read_answer(f"<All>{inventory(kind='GPF')}{meter}</All>").faults)) == [said]


@pytest.mark.parametrize("device_id", ["x" * 60_000, "\u202e00-DB", "a\u2028b"])
def test_what_an_answer_calls_a_device_fills_and_steers_nothing(device_id: str) -> None:
    device = inventory().replace(ITS_ID, device_id)
    (found,) = read_answer(device).devices
    faults = refused(f"<All>{device}{inventory('00020130').replace(ITS_ID, device_id)}</All>")
    faults += refused(device.replace("00050203", "zz"))
    faults += refused(device.replace("ESME", "GPF"))
    for words in (found.name, *faults):
        assert words.isprintable()
        assert len(words) < 400
