"""The forms of a page, filled in as somebody might who wants to get on."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

WORDS: Final = "Plain words"
_TYPED: Final[Mapping[str, str]] = {
    "day": "1",
    "month": "12",
    "year": "2026",
    "email": "somebody@brook.example",
    "search": "1",
    "number": "1",
    "url": "https://brook.example/",
}
"""What is typed into an empty field, by the end of its name or by its kind."""

_TICKED: Final = ("radio", "checkbox")


class Form(NamedTuple):
    """Where a form goes, what it sends, and the buttons it can be sent with."""

    action: str
    sends: dict[str, Any]
    buttons: tuple[tuple[str, str], ...]

    @property
    def filled(self) -> Iterator[dict[str, Any]]:
        """Give what it sends by each of its buttons."""
        for name, value in self.buttons or (("", ""),):
            yield {**self.sends, name: value} if name else dict(self.sends)


def forms_of(octets: bytes) -> list[Form]:
    """Read every form of a page that is sent by POST, with an answer to each of its questions."""
    reader = _Reader()
    reader.feed(octets.decode("utf-8", "replace"))
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._open = Form(given.get("action", ""), {}, ())
            self.forms.append(self._open)
        if not self._open:
            return
        name = given.get("name", "")
        match tag:
            case "input" if name:
                self._take(name, given)
            case "textarea":
                self._area = name
                self._open.sends.setdefault(name, WORDS)
            case "select":
                self._select = name
            case "option" if self._select and (given.get("value") and self._select not in self._open.sends):
                self._open.sends[self._select] = given["value"]
            case "option" if self._select and "selected" in given:
                self._open.sends[self._select] = given.get("value", "")
            case "button" if name:
                self._open = self._open._replace(buttons=(*self._open.buttons, (name, given.get("value", ""))))
                self.forms[-1] = self._open

    def handle_data(self, data: str) -> None:
        if self._area and self._open and data.strip():
            self._open.sends[self._area] = data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def _take(self, name: str, given: Mapping[str, str]) -> None:
        assert self._open
        kind, value, sends = given.get("type", "text"), given.get("value", ""), self._open.sends
        if kind in _TICKED:
            if name not in sends or "checked" in given:
                sends[name] = value
        elif kind == "file":
            sends[name] = SimpleUploadedFile("evidence.txt", b"plain words", "text/plain")
        elif kind == "hidden":
            sends[name] = value
        else:
            sends[name] = value or _TYPED.get(name.rpartition("-")[2]) or _TYPED.get(kind) or WORDS
