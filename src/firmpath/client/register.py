"""A register, as a program uses it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from firmpath.client.calling import Caller, Json, sleep

_QUESTIONS_AT_ONCE: Final = 10_000
_MOST_KEPT: Final = 1_000
"""Answers that are kept to be asked about again."""


class Register:
    """A register at an address, called with an API token, or as the public without one.

    Answers are the JSON objects that the register's OpenAPI document describes.
    """

    def __init__(
        self, address: str, token: str = "", timeout: float = 60, wait: Callable[[float], None] = sleep
    ) -> None:
        self._caller = Caller(address, token, timeout, wait)
        self._kept: dict[tuple[Any, ...], tuple[str, Json]] = {}

    def pathway(self, installed: str | int, target: str | int = "newest", accept: Iterable[str] = ()) -> Json:
        """Ask for the pathway from what a Device runs; asking again costs little while nothing has changed.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._read("/pathways", installed=str(installed), target=str(target), accept=tuple(accept))

    def pathways(
        self, questions: Iterable[tuple[str | int, str | int]], accept: Iterable[str] = ()
    ) -> Iterator[Json]:
        """Ask many questions, each what is installed and what is wanted, and give the brief answers in order.

        Cost: one call for every 10,000 questions.
        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        waiting = iter(questions)
        accepted = list(accept)
        while batch := list(islice(waiting, _QUESTIONS_AT_ONCE)):
            asked = [{"installed": str(installed), "target": str(target)} for installed, target in batch]
            body = {"questions": asked, "accept": accepted}
            yield from self._caller.call("POST", "/pathways/batch", body=body).body["answers"]

    def entry(self, cpl_entry_id: int) -> Json:
        """Give what is on record about an entry.

        :raises RegisterError: it is not on the CPL, or the register could not be asked.
        """
        found: Json = self._read(f"/entries/{cpl_entry_id}")["entry"]
        return found

    def entries(self, **filters: str) -> Iterator[Json]:
        """Give the entries of the CPL in order of their ids, page by page; filters as the API has them.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._pages("/entries", "entries", **filters)

    def history(self, cpl_entry_id: int) -> list[Json]:
        """Give every statement about an entry, in order.

        :raises RegisterError: it is not on the CPL, or the register could not be asked.
        """
        found: list[Json] = self._read(f"/entries/{cpl_entry_id}/history")["statements"]
        return found

    def _pages(self, path: str, field: str, **query: Any) -> Iterator[Json]:
        cursor = ""
        while True:
            page = self._caller.call("GET", path, {**query, "cursor": cursor}).body
            yield from page[field]
            cursor = page.get("next_cursor", "")
            if not cursor:
                return

    def _read(self, path: str, **query: Any) -> Json:
        """Read what may not have changed since it was read last."""
        key = (path, *sorted(query.items()))
        etag, kept = self._kept.get(key, ("", {}))
        response = self._caller.call("GET", path, query, etag=etag)
        if response.status == 304:
            return kept
        if response.etag:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = response.etag, response.body
        return response.body
