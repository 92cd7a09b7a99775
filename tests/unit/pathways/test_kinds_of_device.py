"""Device types and ZigBee bands: what is in scope, which spellings are forgiven, what is never converted."""

import pytest

from firmpath.pathways.device_model import DeviceModel, DeviceType, HardwareModel, parse_device_type
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import FirmwareVersion, ManufacturerID
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand, parse_zigbee_band

IN_SCOPE = "in scope are ESME, GSME, Communications Hub, PPMID, HCALCS, SAPC"


@pytest.mark.parametrize("kind", DeviceType)
def test_device_types_in_scope(kind: DeviceType) -> None:
    assert parse_device_type(kind.value) is kind
    assert parse_device_type(f"  {kind.value.lower()} ") is kind


@pytest.mark.parametrize("text", ["CH", "CHF", "comms  hub", "Communications\nHub"])
def test_other_spellings_of_a_hub(text: str) -> None:
    assert parse_device_type(text) is DeviceType.COMMUNICATIONS_HUB


@pytest.mark.parametrize("text", ["GPF", "Gas Proxy Function", "IHD", "cad", "Alternative HAN device"])
def test_device_types_out_of_scope(text: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_device_type(text)
    assert str(refused.value) == f"Device type '{text}' is outside the scope of MP231; {IN_SCOPE}"


@pytest.mark.parametrize("text", ["", "meter", "ESME2", "E SME"])
def test_no_device_type(text: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_device_type(text)
    assert str(refused.value) == f"Device type '{text}' is not a Device type in scope; {IN_SCOPE}"


def test_a_hardware_model_and_its_family() -> None:
    hardware = HardwareModel(DeviceType.GSME, ManufacturerID("F001"), "0005", "02", "03")
    assert hardware.model == "00050203"
    assert str(DeviceModel(hardware, FirmwareVersion("0002012F"))) == "F001/00050203@0002012F"
    assert hardware.family == hardware._replace(hardware_revision="04").family
    for changed in (
        hardware._replace(device_type=DeviceType.ESME),
        hardware._replace(manufacturer_id=ManufacturerID("F002")),
        hardware._replace(model_id="0006"),
        hardware._replace(hardware_version="04"),
    ):
        assert changed.family != hardware.family


@pytest.mark.parametrize("band", ZigBeeBand)
def test_the_six_join_options(band: ZigBeeBand) -> None:
    for text in (band.value, band.value.upper(), band.value.replace("–", "-"), band.value.replace(" ", "")):
        assert parse_zigbee_band(text) is band
    assert band.description[0].isupper()


def test_there_are_six() -> None:
    assert [band.value for band in ZigBeeBand] == [
        "2.4 GHz Only",
        "Sub-GHz Only",
        "Multi MAC Selection – Auto",
        "Multi MAC Selection – Manual",
        "Multi MAC Selection – Either",
        "Dual Band",
    ]


def test_older_values_are_kept_as_what_they_are() -> None:
    assert parse_zigbee_band("Single Band (2.4GHz)") is LegacyZigBeeBand.SINGLE_2_4_GHZ
    assert parse_zigbee_band("single band (Sub-GHz)") is LegacyZigBeeBand.SINGLE_SUB_GHZ
    assert parse_zigbee_band("Dual Band") is ZigBeeBand.DUAL_BAND


def test_no_band() -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_zigbee_band("5 GHz")
    assert str(refused.value) == (
        "ZigBee band '5 GHz' is not a join option; choose one of '2.4 GHz Only', 'Sub-GHz Only', "
        "'Multi MAC Selection – Auto', 'Multi MAC Selection – Manual', 'Multi MAC Selection – Either', 'Dual Band'"
    )
