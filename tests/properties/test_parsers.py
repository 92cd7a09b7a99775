"""Every parser gives a value that it reads back from its own text, or refuses in words; it never breaks."""

import string
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmpath.pathways.base_firmware import parse_base_firmware
from firmpath.pathways.device_model import parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import (
    parse_cpl_entry_id,
    parse_date,
    parse_firmware_version,
    parse_instant,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
    write_instant,
)
from firmpath.pathways.plain_text import parse_text, parse_web_address
from firmpath.pathways.reference import parse_reference, parse_target
from firmpath.pathways.zigbee_band import parse_zigbee_band

PARSERS: dict[str, Callable[[str], object]] = {
    "base firmware": parse_base_firmware,
    "CPL Entry ID": parse_cpl_entry_id,
    "date": parse_date,
    "Device type": parse_device_type,
    "firmware version": parse_firmware_version,
    "instant": parse_instant,
    "manufacturer identifier": parse_manufacturer_id,
    "Manufacturer Image hash": parse_manufacturer_image_hash,
    "reference": parse_reference,
    "target": parse_target,
    "text": lambda text: parse_text(text, "Notes"),
    "web address": lambda text: parse_web_address(text, "Link"),
    "ZigBee band": parse_zigbee_band,
}

# Digits and letters that are not what they look like, and characters that change length with their case.
LOOK_ALIKES = "٣²①ﬀß\u0131\u017fKÅΩ\u2007\u00a0\u200b\ufeff\x00\x1b\u202e\U0001d7d8"
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=string.hexdigits + "/@;, -:TZ" + LOOK_ALIKES, max_size=70),
    st.binary(max_size=70).map(lambda raw: raw.decode("latin-1")),
    st.from_regex(r"\s*[0-9]{1,20}\s*", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?", fullmatch=True),
    st.from_regex(r"[0-9A-Fa-f]{3,5}/[0-9A-Fa-f]{7,9}@[0-9A-Fa-f]{7,9}", fullmatch=True),
)


@pytest.mark.parametrize("name", PARSERS)
@given(text=TEXTS)
@example(text="")
@example(text="9" * 10_000)
@example(text="\ud800")
@example(text="²")
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    faults = faults_of(PARSERS[name], text)
    assert all(fault.term and fault.wrong for fault in faults)
    assert all(str(fault).isprintable() for fault in faults), "a terminal could be steered by it"


def faults_of(parse: Callable[[str], object], text: str) -> tuple[Fault, ...]:
    try:
        parse(text)
    except FirmpathError as error:
        return error.faults or (Fault("", "", ""),)
    return ()


@pytest.mark.parametrize(
    "parse",
    [parse_manufacturer_id, parse_firmware_version, parse_manufacturer_image_hash],
    ids=lambda each: each.__name__,
)
@pytest.mark.parametrize("width", [4, 8, 64])
def test_only_hex_digits_are_hex_digits(parse: Callable[[str], object], width: int) -> None:
    """No character but the twenty-two is taken for a digit, nor for two of them."""
    for c in map(chr, range(0x80, 0x3000)):
        check_refused(parse, c + "0" * (width - 1))
    for c in LOOK_ALIKES + "\ufb00\ufb01\uff21\uff10":
        for short in (1, 2):
            check_refused(parse, c + "0" * (width - short))


def check_refused(parse: Callable[[str], object], text: str) -> None:
    if len(text.strip()) == len(text):
        with pytest.raises(FirmpathError):
            parse(text)


@given(st.integers(1, 2**53 - 1))
def test_every_cpl_entry_id_is_read(number: int) -> None:
    assert parse_cpl_entry_id(str(number)) == number


@given(st.integers(max_value=0) | st.integers(min_value=2**53))
def test_no_other_number_is_a_cpl_entry_id(number: int) -> None:
    with pytest.raises(FirmpathError, match="is not a positive whole number"):
        parse_cpl_entry_id(str(number))


@given(st.integers(0, 2**32 - 1))
def test_hex_is_read_in_either_case(number: int) -> None:
    text = f"{number:08x}"
    assert parse_firmware_version(text) == parse_firmware_version(text.upper())
    assert str(parse_firmware_version(f" {text}\t")) == text.upper()


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_is_read_back_to_the_second(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    assert parse_instant(write_instant(whole)) == whole


@given(st.dates())
def test_every_date_is_read_back(day: date) -> None:
    assert parse_date(str(day)) == day


@given(st.sets(st.integers(1, 10_000), min_size=1, max_size=6))
def test_base_firmware_is_read_back(ids: set[int]) -> None:
    found = parse_base_firmware(",".join(map(str, ids)))
    assert str(found) == "; ".join(map(str, sorted(ids)))
    assert parse_base_firmware(str(found)) == found
