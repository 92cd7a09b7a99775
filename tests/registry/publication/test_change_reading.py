"""How many statements it takes to give a page of changes: no more than stand on it, or are about what is sought."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.statement import Statement
from firmpath.registry.publication.changes import ChangePage, Sought, find_changes
from tests.notation import statements

NOTATION = " ; ".join(
    [*(f"{number} N/A" for number in range(1, 101)), "101 maker=F002", "notice N1: 101 -> 101", "notice N2: 1 -> 2"]
)


class LookedAt(Sequence[Statement]):
    """Statements, and how often one of them was looked at."""

    def __init__(self, known: Sequence[Statement]) -> None:
        self.known = known
        self.looks = 0

    def __len__(self) -> int:
        return len(self.known)

    def __getitem__(self, at: Any) -> Any:
        self.looks += 1 if isinstance(at, int) else len(self.known[at])
        return self.known[at]

    def __iter__(self) -> Iterator[Statement]:
        for each in self.known:
            self.looks += 1
            yield each


def read(sought: Sought, most: int = 10, reads_fir: bool = True) -> tuple[ChangePage, int]:
    """Give a page, and how many statements were looked at for it."""
    register = LivingRegister.build(statements(NOTATION))
    looked_at = LookedAt(register.statements)
    register.statements = looked_at
    return find_changes(register, sought, reads_fir, most), looked_at.looks


def test_a_page_is_read_from_its_own_beginning() -> None:
    page, count = read(Sought())
    assert len(page.changes) == 10
    assert count <= 11
    page, count = read(Sought(before=50))
    assert [change.number for change in page.changes] == list(range(49, 39, -1))
    assert count <= 11


@pytest.mark.parametrize("reads_fir", [True, False])
def test_what_is_about_a_manufacturer_is_found_by_the_index(reads_fir: bool) -> None:
    page, count = read(Sought(manufacturer="F002"), reads_fir=reads_fir)
    about = {number for change in page.changes for number in change.entries}
    assert about == {101}
    assert any("N1" in change.words for change in page.changes) is reads_fir
    assert page.next_before == 0
    assert count <= 12
    assert read(Sought(manufacturer="F002", before=page.changes[-1].number))[0].changes == ()
