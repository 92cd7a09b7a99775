"""Device IDs, half a million at a time: whether each is an EUI-64, as it is written in DUIS, and as a number.

A Device ID in DUIS is 23 octets, `00-DB-12-34-56-78-90-A0`. Three overlapping words of 8 octets hold all of them,
and each word is checked and read in one go. Source: ADR 0020.
"""

from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from firmpath.fleet.device_id_spelling import DIGITS, SPACES

Numbers = np.ndarray[Any, np.dtype[np.uint64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Octets = np.ndarray[Any, np.dtype[np.uint8]]

LENGTH: Final = len("00-DB-12-34-56-78-90-A0")
_LINE: Final = LENGTH + 1
_LINES_AT_ONCE: Final = 1 << 16
"""Lines that are written in one go: most of a wave, so that the price of each turn does not count."""

_OF_DIGITS: Final = [at for at in range(LENGTH) if at % 3 < 2]
_ROWS_AT_ONCE: Final = 16_384
"""Rows whose words stay in the processor's cache while they are worked on."""


def _each(octet: int) -> np.uint64:
    """Give a word in which all octets are the same."""
    return np.uint64(int.from_bytes(bytes((octet,)) * 8, "little"))


@cache
def _some(places: tuple[int, ...], octet: int) -> np.uint64:
    """Give a word that has an octet at these places, and nothing besides."""
    return np.uint64(sum(octet << 8 * place for place in places))


class _Word(NamedTuple):
    """Eight octets of a Device ID from `first` on: which of them are dashes, and where pairs of digits begin."""

    first: int
    dashes: tuple[int, ...]
    pairs: tuple[int, ...]

    @property
    def dash_to_zero(self) -> np.uint64:
        """What turns each dash into the digit 0."""
        return _some(self.dashes, ord("-") ^ ord("0"))

    @property
    def never(self) -> np.uint64:
        """The bits that no value of a digit has, nor of a dash, which is 0."""
        return _HIGH_HALVES | _some(self.dashes, 15)


_WORDS: Final = (_Word(0, (2, 5), (0, 3, 6)), _Word(7, (1, 4, 7), (2, 5)), _Word(15, (2, 5), (0, 3, 6)))
_ZEROS: Final = _each(ord("0"))
_A_TO_TEN: Final = np.uint64((ord("A") ^ ord("0")) - 10)
_ONES: Final = _each(1)
_SIXES: Final = _each(6)
_SIXTEENS: Final = _each(16)
_HIGH_HALVES: Final = _each(0xF0)


class DeviceIDs(NamedTuple):
    """Device IDs as they stand in a plan, which of them are fit, and a number for each that is.

    `numbers` are different for different EUI-64s, and `lines_of` turns them back; their order says nothing.
    Those of unfit Device IDs mean nothing.
    """

    written: pa.StringArray
    fit: Mask
    numbers: Numbers


def read_device_ids(given: pa.StringArray) -> DeviceIDs:
    """Read Device IDs in any of the ways of writing an EUI-64; what is none stays as it is.

    Cost: linear; some 20 ns for each that is written as in DUIS, several times that for others.
    """
    octets = as_octets(given)
    if octets is not None:
        fit, numbers = _numbers(octets)
        if fit.all():
            return DeviceIDs(given, fit, numbers)
    return _rewritten(given)


def _rewritten(given: pa.StringArray) -> DeviceIDs:
    """Turn what can be one into a Device ID as it is in DUIS."""
    try:
        upper = pc.utf8_trim(pc.ascii_upper(given), characters=SPACES)
    except pa.ArrowInvalid:
        return _rewritten(_with_marks(given))
    lengths = pc.fill_null(pc.binary_length(upper), 0).to_numpy(zero_copy_only=False)
    octets = np.full((len(given), LENGTH), ord("-"), np.uint8)
    for length in (LENGTH, DIGITS):
        alike = lengths == length
        if alike.any():
            found = as_octets(upper.filter(pa.array(alike)), length)
            assert found is not None
            octets[alike] = _with_dashes(found)
    fit, numbers = _numbers(octets)
    if not _are_texts(given.filter(pa.array(~fit))):
        return _rewritten(_with_marks(given))
    written = pc.if_else(pa.array(fit), _as_texts(octets), given)
    return DeviceIDs(written, fit, numbers)


def _are_texts(given: pa.StringArray) -> bool:
    """Say whether texts are any: a file can say so of whatever octets it has."""
    try:
        given.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _with_marks(given: pa.StringArray) -> pa.StringArray:
    """Give texts with a mark for each octet that is part of none."""
    octets = given.cast(pa.binary()).to_pylist()
    return pa.array([each if each is None else each.decode("utf-8", "replace") for each in octets], pa.string())


def _with_dashes(octets: Octets) -> Octets:
    if octets.shape[1] == LENGTH:
        return np.where(octets == ord(":"), np.uint8(ord("-")), octets)
    dashed = np.full((len(octets), LENGTH), ord("-"), np.uint8)
    dashed[:, _OF_DIGITS] = octets
    return dashed


def as_octets(texts: pa.StringArray, length: int = LENGTH) -> Octets | None:
    """Give the octets of texts, a row for each, if every one is there and has this length."""
    if texts.null_count:
        return None
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if (np.diff(offsets) != length).any():
        return None
    first = int(offsets[0])
    found = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[first : first + len(texts) * length]
    return found.reshape(len(texts), length)


def _as_texts(octets: Octets) -> pa.StringArray:
    ends = pa.py_buffer(np.arange(0, (len(octets) + 1) * LENGTH, LENGTH, dtype=np.int32))
    return pa.StringArray.from_buffers(len(octets), ends, pa.py_buffer(np.ascontiguousarray(octets)))


def _numbers(octets: Octets) -> tuple[Mask, Numbers]:
    """Check the texts in rows of octets, and make a number of each."""
    fit, numbers = np.empty(len(octets), np.bool_), np.empty(len(octets), np.uint64)
    room = np.empty((4, min(len(octets), _ROWS_AT_ONCE)), np.uint64)
    for first in range(0, len(octets), _ROWS_AT_ONCE):
        rows = slice(first, first + _ROWS_AT_ONCE)
        some, found = octets[rows], numbers[rows]
        wrong, octet, letters, spare = room[:, : len(some)]
        work = _Work(wrong, octet, letters, spare)
        wrong.fill(0)
        high, middle, low = _WORDS
        # The pairs of the words are put where the others have none: octets 0, 3, 6; 1, 4; 2, 5, 7.
        found[:] = _read(some, high, work)
        found |= np.right_shift(_read(some, middle, work), np.uint64(8), out=spare)
        found |= np.left_shift(_read(some, low, work), np.uint64(16), out=spare)
        octet >>= np.uint64(48)
        octet <<= np.uint64(56)
        found |= octet
        fit[rows] = wrong == 0
    return fit, numbers


class _Work(NamedTuple):
    """Where some rows are worked on, word by word, without new arrays, which would not be in the cache.

    What is `wrong` with any word of a row stays: 0 if nothing is.
    """

    wrong: Numbers
    octet: Numbers
    letters: Numbers
    spare: Numbers


def _read(octets: Octets, word: _Word, work: _Work) -> Numbers:
    """Read a word of each row: note what is wrong with it, and give the value of each pair of digits.

    What is done to a word is done to its octets. Only from a wrong octet does anything run over into the next one,
    and by itself that octet is found to be wrong all the same.
    """
    wrong, octet, letters, spare = work
    there = np.ndarray(len(octets), np.dtype("<u8"), octets, word.first, (LENGTH,))
    np.bitwise_xor(there, word.dash_to_zero ^ _ZEROS, out=octet)
    np.right_shift(octet, np.uint64(6), out=letters)
    letters &= _ONES
    octet -= np.multiply(letters, _A_TO_TEN, out=spare)
    # A digit is 0 to 15 now: a letter if it is 10 or more, and only then. A dash is 0.
    np.add(octet, _SIXES, out=spare)
    letters <<= np.uint64(4)
    spare ^= letters
    spare &= _SIXTEENS
    wrong |= spare
    wrong |= np.bitwise_and(octet, word.never, out=spare)
    octet |= np.right_shift(octet, np.uint64(4), out=spare)
    octet &= _some(word.pairs, 255)
    return octet


def lines_of(numbers: Numbers) -> memoryview:
    """Write the Device IDs that have these numbers, as in DUIS, a line for each.

    Cost: linear, some 15 ns for each.
    """
    lines = np.empty((len(numbers), _LINE), np.uint8)
    for first in range(0, len(numbers), _LINES_AT_ONCE):
        some = numbers[first : first + _LINES_AT_ONCE]
        # Each word has its pairs of digits where `_numbers` found them. The first is written last, as the second
        # begins on its last octet.
        pairs = (some, some << np.uint64(8), some >> np.uint64(16) | some >> np.uint64(56) << np.uint64(48))
        for word, values in zip(reversed(_WORDS), reversed(pairs), strict=True):
            into = np.ndarray(len(some), "<u8", lines.data, first * _LINE + word.first, (_LINE,))
            into[:] = _written(values, word)
    lines[:, -1] = ord("\n")
    return lines.reshape(-1).data


def _written(values: Numbers, word: _Word) -> Numbers:
    """Write a word of each row: the digits of each pair, and the dashes between them; `_read` turned around."""
    octet = values & _some(word.pairs, 15)
    octet |= (values & _some(word.pairs, 0xF0)) << np.uint64(4)
    letters = octet + _SIXES
    letters >>= np.uint64(4)
    letters &= _ONES
    letters *= np.uint64(ord("A") - ord("9") - 1)
    octet += letters
    octet += _ZEROS
    octet ^= word.dash_to_zero
    return octet
