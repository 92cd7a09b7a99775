"""Device IDs, many at once: the same as a plain pattern says of each, and a number of its own for each EUI-64."""

import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from firmpath.fleet.device_ids import lines_of, read_device_ids

ANYHOW = re.compile(r"[0-9A-F]{16}|[0-9A-F]{2}([-:][0-9A-F]{2}){7}", re.IGNORECASE)
GOOD = "02-1F-A9-00-FF-9A-B0-0C"

octets = st.binary(min_size=8, max_size=8)
dashed = octets.map(lambda eight: eight.hex("-").upper())
written = st.one_of(
    dashed,
    dashed.map(str.lower),
    dashed.map(lambda text: text.replace("-", ":")),
    dashed.map(lambda text: f" {text.replace('-', '')} "),
    st.text(max_size=30),
    st.text("0123456789ABCDEFG-:@/", min_size=23, max_size=23),
    st.none(),
)


def plainly(text: str | None) -> str | None:
    """Give a Device ID as it is in DUIS, or None."""
    if text is None or not ANYHOW.fullmatch(text.strip(" ")):
        return None
    digits = re.sub("[-: ]", "", text).upper()
    return "-".join(digits[at : at + 2] for at in range(0, 16, 2))


@given(st.lists(written, max_size=60))
def test_each_is_read_as_a_plain_pattern_reads_it(texts: list[str | None]) -> None:
    ids = read_device_ids(pa.array(texts, pa.string()))
    expected = [plainly(text) for text in texts]
    assert ids.fit.tolist() == [each is not None for each in expected]
    assert ids.written.to_pylist() == [read or text for read, text in zip(expected, texts, strict=True)]


@given(st.one_of(st.lists(dashed, max_size=9), st.lists(written, max_size=9)), st.integers(0, 9), st.integers(0, 9))
def test_some_of_an_array_are_read_as_if_they_were_alone(texts: list[str | None], first: int, last: int) -> None:
    some = read_device_ids(pa.array(texts, pa.string())[first:last])
    alone = read_device_ids(pa.array(texts[first:last], pa.string()))
    assert some.written.to_pylist() == alone.written.to_pylist()
    assert some.numbers[some.fit].tolist() == alone.numbers[alone.fit].tolist()


@given(st.lists(dashed, min_size=1, max_size=200))
def test_numbers_are_the_same_where_the_ids_are_and_nowhere_else(texts: list[str]) -> None:
    ids = read_device_ids(pa.array(texts))
    assert ids.fit.all()
    assert len(set(ids.numbers.tolist())) == len(set(texts))
    assert len(set(zip(texts, ids.numbers.tolist(), strict=True))) == len(set(texts))


@given(st.lists(dashed, max_size=60))
def test_a_number_is_turned_back_into_the_id_that_it_was_made_of(texts: list[str]) -> None:
    numbers = read_device_ids(pa.array(texts, pa.string())).numbers
    assert lines_of(numbers).tobytes().decode() == "".join(f"{text}\n" for text in texts)


def test_more_are_written_than_are_worked_on_at_a_time() -> None:
    texts = [f"02-1F-A9-00-FF-{at:06X}"[:17] + f"-{at >> 8 & 255:02X}-{at & 255:02X}" for at in range(50_000)]
    written = lines_of(read_device_ids(pa.array(texts)).numbers).tobytes().decode().splitlines()
    assert written == texts


def test_every_octet_at_every_place_is_judged() -> None:
    texts = [GOOD[:at] + chr(octet) + GOOD[at + 1 :] for at in range(len(GOOD)) for octet in range(1, 128)]
    fit = read_device_ids(pa.array(texts, pa.string())).fit.tolist()
    assert fit == [bool(ANYHOW.fullmatch(text)) for text in texts]


def test_no_octet_makes_up_for_a_wrong_one_beside_it() -> None:
    some = "\x01\x06\x07 ,-./0189:;?@ABFGOPQVW_`abfgz\x7f"
    pairs = [*(one + other for one in some for other in some), "\x80", "\xff", "\u07ff"]
    texts = [GOOD[:at] + pair + GOOD[at + 2 :] for at in range(len(GOOD) - 1) for pair in pairs]
    ids = read_device_ids(pa.array(texts, pa.string()))
    expected = [plainly(text) for text in texts]
    assert ids.fit.tolist() == [each is not None for each in expected]
    assert ids.written.to_pylist() == [read or text for read, text in zip(expected, texts, strict=True)]


def test_a_change_of_any_digit_changes_the_number() -> None:
    digits = [at for at in range(len(GOOD)) if at % 3 < 2]
    texts = {GOOD[:at] + digit + GOOD[at + 1 :] for at in digits for digit in "0123456789ABCDEF"}
    assert len(set(read_device_ids(pa.array(sorted(texts))).numbers.tolist())) == len(texts) == 16 * 15 + 1


def test_a_part_of_an_array_is_read_as_such() -> None:
    texts = [GOOD, "no", GOOD.lower(), GOOD[:-1] + "D"]
    for first in range(4):
        ids = read_device_ids(pa.array(texts).slice(first, 2))
        assert ids.fit.tolist() == [text != "no" for text in texts[first : first + 2]]
