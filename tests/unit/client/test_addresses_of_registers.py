"""A token goes to a register over https, or to this machine; never in clear to anybody else."""

import pytest

from firmpath.client import Register, RegisterError
from firmpath.client.calling import why_unfit
from firmpath.client.committee import Committee

CLEAR = "would have the API token sent in clear"
NO_ADDRESS = "is not an address of the web"
SAFE = (
    "https://register.example",
    "HTTPS://register.example/under",
    "http://localhost:8000",
    "http://127.0.0.1:8000",
    "http://[::1]:8000",
)
IN_CLEAR = (
    "http://register.example",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://127.0.0.1@register.example",
    "http://localhost:pass@register.example:80",
    "http://[::]",
    "HTTP://register.example",
)


@pytest.mark.parametrize("address", SAFE)
def test_a_token_is_sent_where_nobody_else_reads_it(address: str) -> None:
    assert why_unfit(address, "a token") == ""


@pytest.mark.parametrize("address", IN_CLEAR)
def test_a_token_is_not_sent_in_clear(address: str) -> None:
    assert why_unfit(address, "a token") == CLEAR
    assert why_unfit(address, "") == ""  # what everybody may read
    for client in (Register, Committee):
        with pytest.raises(RegisterError, match=CLEAR):
            client(address, "a token")


@pytest.mark.parametrize("address", ["", "somewhere", "ftp://register.example", "http://[::1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert why_unfit(address, "") == NO_ADDRESS
    with pytest.raises(RegisterError, match=NO_ADDRESS):
        Register(address)


def test_no_proxy_comes_between_where_a_token_goes_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    handlers = vars(Register("http://127.0.0.1:9", "a token")._caller._opener)["handlers"]
    assert not [each for each in handlers if getattr(each, "proxies", None)]
