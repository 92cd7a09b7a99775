"""The pathway page about firmware that is not on the CPL: whom to ask about it, and what to do next."""

import re
from collections.abc import Callable

import pytest

BY_MODEL = "Whom to ask about it, by other firmware of this model: Brackenfell Metering"
BY_MAKER = "Whom to ask about it, by other models of this manufacturer: Brackenfell Metering."


@pytest.mark.parametrize(
    ("query", "named", "next_step"),
    [
        (
            "installed=F001/00050203@FFFFFFFF",
            [f"{BY_MODEL} (firmware@brackenfell.example)."],
            "Next: check what was typed, and ask about it. Do not upgrade the Device yet.",
        ),
        (
            "installed=1&target=F001/99999999@FFFFFFFF",
            [BY_MAKER.replace(".", " (firmware@brackenfell.example).")],
            "Next: check what was typed, and ask about it.",
        ),
        (
            "installed=9",
            [],
            "Next: check what was typed, and ask the SECAS helpdesk about it. Do not upgrade the Device yet.",
        ),
    ],
)
def test_of_firmware_that_is_not_on_the_cpl_the_page_says_whom_to_ask(
    ask: Callable[..., str], query: str, named: list[str], next_step: str
) -> None:
    page = ask("1 <- 2 ; 2 contact=firmware@brackenfell.example", query)
    assert re.findall(r"<li>(Whom to ask[^<]*)</li>", page) == named
    assert f'<p class="next">{next_step}</p>' in page, "the register is the newest CPL that there is"
