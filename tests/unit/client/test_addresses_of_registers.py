"""A token goes to a register over https, or to this machine; never in clear to anybody else, nor into an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import main
from firmpath.client import Register, RegisterError
from firmpath.client.calling import why_no_token, why_unfit
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
    assert why_unfit(address, "a-token") == ""


@pytest.mark.parametrize("address", IN_CLEAR)
def test_a_token_is_not_sent_in_clear(address: str) -> None:
    assert why_unfit(address, "a-token") == CLEAR
    assert why_unfit(address, "") == ""  # what everybody may read
    for client in (Register, Committee):
        with pytest.raises(RegisterError, match=CLEAR):
            client(address, "a-token")


@pytest.mark.parametrize("address", ["", "somewhere", "ftp://register.example", "http://[::1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert why_unfit(address, "") == NO_ADDRESS
    with pytest.raises(RegisterError, match=NO_ADDRESS):
        Register(address)


def test_no_proxy_comes_between_where_a_token_goes_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    handlers = vars(Register("http://127.0.0.1:9", "a-token")._caller._opener)["handlers"]
    assert not [each for each in handlers if getattr(each, "proxies", None)]


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("sesame\r", "ends with a line end, as in a file with the line ends of Windows"),
        ("sesame\r\n", "ends with a line end, as in a file with the line ends of Windows"),
        ("\u201csesame\u201d", "has a blank, or what is not ASCII, as character 1 of 8"),
        ("sesame ", "has a blank, or what is not ASCII, as character 7 of 7"),
        ("sesame\r\nX-More: 1", "has a blank, or what is not ASCII, as character 7 of 17"),
    ],
)
def test_what_no_header_can_carry_is_refused_and_never_told(
    token: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for client in (Register, Committee):
        with pytest.raises(RegisterError) as refused:
            client("https://register.example", token)
        assert str(refused.value) == f"the API token {words}; copy it again"
    monkeypatch.setenv("FIRMPATH_TOKEN", token)
    assert main(["ssc", "stacks", "--register", "https://register.example"]) == ExitCode.REFUSED
    said = " ".join("".join(capsys.readouterr()).split())
    assert f"API token {words}; put it into FIRMPATH_TOKEN again" in said
    assert "sesame" not in said


@given(st.text())
def test_a_token_that_is_taken_goes_into_a_header(token: str) -> None:
    if not why_no_token(token):
        assert token.isascii()
        assert token == "".join(token.split())
        assert not token or token.isprintable()
