"""What a file is that was given where text is wanted, by the octets with which files of its kind begin."""

from typing import Final

_BEGINS: Final = {
    b"PK\x03\x04": "a workbook (XLSX), or another kind of zip archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "a workbook of an old kind (XLS)",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"%PDF": "a PDF",
    b"SQLite format 3\0": "an SQLite database",
}


def what_it_is(octets: bytes) -> str:
    """Say which kind of file that is no text this is, as in `a Parquet file`; '' where that is not known."""
    return next((kind for begin, kind in _BEGINS.items() if octets.startswith(begin)), "")
