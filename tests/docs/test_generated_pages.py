"""Generated pages say what the code does today."""

import pytest

from tests.docs.page import Page, pages


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.path)
def test_page_is_current(page: Page) -> None:
    assert page.file.is_file(), f"{page.path} is missing; run `make docs`"
    assert page.file.read_text(encoding="utf-8") == page.write(), f"{page.path} is out of date; run `make docs`"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.path)
def test_page_is_written_the_same_twice(page: Page) -> None:
    assert page.write() == page.write()
