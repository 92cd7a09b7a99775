"""R20 to R23: what a submission states about itself."""

import pytest

from firmpath.pathways.rules import Severity
from tests.rules.findings import on_record, submitted


def test_r20_base_firmware_stated() -> None:
    text = (
        'Nobody has said what CPL entry 2 (firmware 00000002, "v2") can be applied to; '
        "give CPL Entry IDs or N/A; Brackenfell Metering (firmware@brackenfell.example) can say"
    )
    silent = "1 ; 2 ? ; 2 contact=firmware@brackenfell.example"
    assert on_record("R20", silent) == [(Severity.NOTE, 2, text)]
    assert submitted("R20", 2, silent) == [(Severity.REFUSE, 2, text)]
    for stated in ("1 ; 2 N/A", "1 <- 2"):
        assert on_record("R20", stated) == submitted("R20", 2, stated) == []


def test_r21_zigbee_band_stated() -> None:
    text = 'Nobody has stated the ZigBee band of CPL entry 1 (firmware 00000001, "v1"); choose a join option'
    assert on_record("R21", "1") == [(Severity.NOTE, 1, text)]
    assert submitted("R21", 1, "1") == [(Severity.REFUSE, 1, text)]
    for band in ("Sub-GHz Only", "Single Band (Sub-GHz)"):
        stated = f"1 ; 1 band={band}"
        assert on_record("R21", stated) == submitted("R21", 1, stated) == []


def test_r22_zigbee_band_suits_device_type() -> None:
    dual = "1 type=GSME contact=firmware@brackenfell.example ; 1 band=Dual Band"
    text = (
        "CPL entry 1 (firmware 00000001, \"v1\") is of type GSME, but its ZigBee band is 'Dual Band'; "
        "ask Brackenfell Metering (firmware@brackenfell.example) which Multi MAC Selection it is: "
        "Auto, Manual or Either"
    )
    assert on_record("R22", dual) == [(Severity.NOTE, 1, text)]
    assert submitted("R22", 1, dual) == [(Severity.REFUSE, 1, text)]
    for kept in ("1 type=Communications_Hub ; 1 band=Dual Band", "1 type=GSME ; 1 band=Multi MAC Selection - Auto"):
        assert on_record("R22", kept) == submitted("R22", 1, kept) == []


@pytest.mark.parametrize("kind", ["ESME", "PPMID", "HCALCS", "SAPC"])
def test_dual_band_is_asked_about_on_every_other_device_type(kind: str) -> None:
    (said,) = on_record("R22", f"1 type={kind} ; 1 band=Dual Band")
    assert f"is of type {kind}, but its ZigBee band is 'Dual Band'; ask Brackenfell Metering which" in said.text


@pytest.mark.parametrize("band", ["Single Band (2.4GHz)", "Single Band (Sub-GHz)"])
def test_r23_zigbee_band_is_not_an_older_value(band: str) -> None:
    older = f"1 ; 1 band={band}"
    text = (
        f"CPL entry 1 (firmware 00000001, \"v1\") has the older ZigBee band '{band}'; "
        "ask Brackenfell Metering for the join option"
    )
    assert on_record("R23", older) == [(Severity.NOTE, 1, text)]
    assert submitted("R23", 1, older) == [(Severity.REFUSE, 1, text)]
    for kept in ("1 ; 1 band=2.4 GHz Only", "1"):
        assert on_record("R23", kept) == submitted("R23", 1, kept) == []


def test_reason_makes_no_missing_statement_good() -> None:
    unsaid = "1 ; 1 band=Single Band (2.4GHz) ; 1 reason=the band was not asked for"
    assert [said.severity for said in submitted("R23", 1, unsaid)] == [Severity.REFUSE]
