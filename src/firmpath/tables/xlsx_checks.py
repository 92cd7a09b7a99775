"""What the reading library does not protect us from: XLSX that unpacks without end, and cells it leaves out.

It sets aside memory for every cell up to the last one, which a file of a kilobyte can put at XFD1048576, and
it gives error cells and formulas without a value as empty cells. So the parts are unpacked and looked at
here first.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import file_fault

LARGEST_UNPACKED_OCTETS: Final = 512 * 2**20
"""A CPL of 50,000 entries unpacks to a tenth of this."""

MOST_PARTS: Final = 2_000
MOST_ROWS: Final = 400_000
MOST_COLUMN_LETTERS: Final = 2
MOST_CELLS: Final = 12_000_000
"""From the first cell to the last, empty ones included, since memory is set aside for each: some 400 MiB."""

_SLICE = 64 * 2**10  # of packed octets: what comes out stays in the processor's cache while it is looked at
_OVERLAP = 64  # what is looked for may straddle two slices
_KINDS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", b"L" * 52 + b"0" * 10)
# Only where one of these is found are the places themselves read; a CPL has fewer than 27 columns.
_FAR = (b"LLL0", b"L000000", b'"LL0', b"'LL0")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_ERROR_CELL = re.compile(rb"""\st\s*=\s*["']e["']""")
_FORMULA = re.compile(rb"[<:]f[\s/>]")


class CheckedWorkbook(NamedTuple):
    """A workbook that is safe to read; `suspects` are sheets that have error cells or formulas."""

    octets: bytes
    suspects: frozenset[str]

    def lost_cells(self, sheet: str) -> dict[tuple[int, int], Fault]:
        """Return the cells of a sheet that the reading library leaves out, by row and position from 0."""
        if not self.suspects:
            return {}
        from firmpath.tables.xlsx_lost_cells import find_lost_cells  # most workbooks have none

        return find_lost_cells(self.octets, self.suspects, sheet)


def check_workbook(octets: bytes, path: str, most_cells: int = MOST_CELLS) -> CheckedWorkbook:
    """Unpack a workbook and look at its sheets, keeping nothing.

    Cost: a fifth of what reading it takes; twice that where fewer than the usual cells are allowed.

    :raises FirmpathError: not an XLSX workbook, damaged, or too large to be a CPL.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            abouts = _affordable(archive, path)
            suspects = frozenset(about.filename for about in abouts if _check_part(octets, about, path, most_cells))
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, NotImplementedError, ValueError) as error:
        raise FirmpathError(_not_whole(path, str(error))) from None
    if "xl/workbook.xml" not in {about.filename for about in abouts}:
        right = "save the table as XLSX, or as CSV in UTF-8"
        raise FirmpathError(file_fault(path, "is a zip file, and not an XLSX workbook", right))
    return CheckedWorkbook(octets, suspects)


def _affordable(archive: zipfile.ZipFile, path: str) -> list[zipfile.ZipInfo]:
    """Return the parts if they are few, and small enough by the size that each states."""
    abouts = archive.infolist()
    if len(abouts) > MOST_PARTS or sum(about.file_size for about in abouts) > LARGEST_UNPACKED_OCTETS:
        wrong = f"unpacks to more than {LARGEST_UNPACKED_OCTETS // 2**20} MiB or {MOST_PARTS} parts"
        right = "a table of the whole CPL is far smaller; is it the right file?"
        raise FirmpathError(file_fault(path, wrong, right))
    if len({about.filename.lower() for about in abouts}) != len(abouts):
        raise FirmpathError(_not_whole(path, "it has two parts of the same name"))
    if any(about.flag_bits & 1 for about in abouts):
        raise FirmpathError(file_fault(path, "is locked with a password", "save it without one"))
    return abouts


def _check_part(octets: bytes, about: zipfile.ZipInfo, path: str, most_cells: int) -> bool:
    """Unpack a part; of a sheet, say whether it is suspect.

    :raises FirmpathError: it is not as long as it states, or is a sheet with cells far outside any CPL.
    """
    # A workbook may keep a sheet under any name, so every part is looked at but the one that has only texts.
    is_sheet = about.filename.lower() != "xl/sharedstrings.xml"
    suspect, far = False, is_sheet and most_cells < MOST_CELLS
    unpacked, tail = 0, b""
    for piece in _pieces(octets, about):
        unpacked += len(piece)
        if unpacked > about.file_size:
            break
        if is_sheet:
            seen = tail + piece
            kinds = seen.translate(_KINDS)
            far = far or any(place in kinds for place in _FAR)
            suspect = suspect or _may_lose_cells(seen)
            tail = piece[-_OVERLAP:]
    if unpacked != about.file_size:
        raise FirmpathError(_not_whole(path, f"{about.filename} is longer or shorter than it says"))
    if far:
        _refuse_far_cells(b"".join(_pieces(octets, about)), path, most_cells)
    return suspect


def _pieces(octets: bytes, about: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the unpacked octets of a part; a thousand times the packed slice at most, each."""
    name_length, extra_length = struct.unpack_from("<HH", octets, about.header_offset + 26)
    start = about.header_offset + 30 + name_length + extra_length
    packed = memoryview(octets)[start : start + about.compress_size]
    if about.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if about.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(f"{about.filename} is packed in an unusual way")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _SLICE):
        yield unpacker.decompress(packed[at : at + _SLICE])
    if not unpacker.eof:
        raise zipfile.BadZipFile(f"{about.filename} ends too early")


def _may_lose_cells(piece: bytes) -> bool:
    """Say whether a piece of a sheet has an error cell or a formula; every error value has a # in it."""
    return (b"#" in piece and bool(_ERROR_CELL.search(piece))) or (b"f" in piece and bool(_FORMULA.search(piece)))


def _refuse_far_cells(part: bytes, path: str, most_cells: int) -> None:
    """Refuse a cell far outside any table, and cells so far from one another that too many lie between them."""
    widest, longest = 0, 0
    for letters, digits in set(_PLACE.findall(part)):
        if len(letters) > MOST_COLUMN_LETTERS or len(digits) > 6 or int(digits) > MOST_ROWS:
            wrong = f"has a cell at {(letters + digits)[:20].decode()}, far outside any table of the CPL"
            raise FirmpathError(file_fault(path, wrong, "delete the columns and rows beyond the table"))
        widest, longest = max(widest, _column(letters)), max(longest, int(digits))
    if widest * longest > most_cells:
        wrong = f"has {longest} rows of {widest} columns, far more than such a table has"
        raise FirmpathError(file_fault(path, wrong, "delete the columns and rows beyond the table"))


def _column(letters: bytes) -> int:
    """Give the number of a column from 1; a row has no letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _not_whole(path: str, reason: str) -> Fault:
    right = "fetch it again, or open it in a spreadsheet program and save it again"
    return file_fault(path, f"is not a whole XLSX workbook ({reason})", right)
