"""What cannot be seen is refused by name and place where it tells things apart, and does no harm elsewhere."""

import sys
import unicodedata
from collections.abc import Callable

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import (
    parse_cpl_entry_id,
    parse_firmware_version,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
)
from firmpath.pathways.plain_text import parse_name, parse_text, unseen_in_words
from firmpath.pathways.reference import parse_reference

SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Format characters that are signs over numbers, which people see."""


def test_all_format_characters_are_unseen_but_for_the_signs() -> None:
    for code in range(sys.maxunicode + 1):
        is_format = unicodedata.category(chr(code)) == "Cf"
        if unseen_in_words(chr(code)):
            assert is_format or unicodedata.category(chr(code)) == "Cn", hex(code)  # newer than this Python
            assert code not in SEEN
        else:
            assert not is_format or code in SEEN, hex(code)


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u200e", "\u200d", "\xad", "\U000e0041"])
def test_a_name_has_none_and_a_text_may_have_some(unseen: str) -> None:
    assert parse_text(f"Mer{unseen}lin", "Notes")
    with pytest.raises(FirmpathError) as refused:
        parse_name(f"Mer{unseen}lin", "Firmware name")
    code, name = f"U+{ord(unseen):04X}", unicodedata.name(unseen)
    shown = f"\\x{ord(unseen):02x}"
    assert str(refused.value) == (
        f"Firmware name 'Mer{shown}lin' has as character 4 {code} ({name}), which cannot be seen; take it out"
    )
    assert parse_name("Mérlin 2", "Firmware name") == "Mérlin 2"


@pytest.mark.parametrize(
    ("parse", "text", "term"),
    [
        (parse_cpl_entry_id, "311", "CPL Entry ID"),
        (parse_manufacturer_id, "1063", "Manufacturer identifier"),
        (parse_firmware_version, "0002012F", "Firmware version"),
        (parse_manufacturer_image_hash, "AB" * 32, "Manufacturer Image hash"),
        (parse_reference, "311", "Entry"),
        (parse_reference, "0002012F", "Entry"),
    ],
)
def test_an_identifier_that_was_copied_with_one_is_refused_as_that(
    parse: Callable[[str], object], text: str, term: str
) -> None:
    for at, written in ((1, f"\u200e{text}"), (len(text) + 1, f"{text}\u200e")):
        with pytest.raises(FirmpathError) as refused:
            parse(written)
        (fault,) = refused.value.faults
        assert (fault.term, fault.right) == (term, "take it out")
        assert fault.wrong == f"has as character {at} U+200E (LEFT-TO-RIGHT MARK), which cannot be seen"
