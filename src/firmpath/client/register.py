"""A register, as a program uses it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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

    def preflight(
        self,
        request: str,
        devices: Iterable[Mapping[str, str]],
        accept: Iterable[str] = (),
        stale_after_days: int = 30,
        exclude: Iterable[str] = (),
        **assurances: Any,
    ) -> Json:
        """Check a service request before it is sent: XML, and what an inventory has of up to 10,000 Devices.

        `assurances` are `status_not_known_because`, `age_not_known_because` and `in_use`, as the API has them.
        :raises RegisterError: the request cannot be read, or the register refused, failed, or could not be reached.
        """
        told = {"devices": [dict(each) for each in devices], "stale_after_days": stale_after_days}
        body = {"request": request, "accept": list(accept), "exclude": list(exclude), **told, **assurances}
        return self._caller.call("POST", "/preflight", body=body).body

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

    def notices(self) -> list[Json]:
        """Give the notices that are open.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        found: list[Json] = self._read("/notices")["notices"]
        return found

    def changes(self, since: int = 0, **filters: str) -> Iterator[Json]:
        """Give what changed after the change with that number, the newest first; filters as the API has them.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._pages("/changes", "changes", since=since, **filters)

    def begin(self, answers: Mapping[str, str]) -> str:
        """Begin a submission of one entry, and give its reference.

        :raises RegisterError: the caller may not, or some answers are to what is not asked.
        """
        return str(self._caller.call("POST", "/submissions", body={"answers": dict(answers)}).body["reference"])

    def give_zigbee(self, reference: str, position: int, chipset_vendor: str, stack_version: str) -> None:
        """Give what only the Security Sub-Committee will read; it cannot be read back.

        :raises RegisterError: there is no such entry to write to, or the texts are unfit.
        """
        given = {"chipset_vendor": chipset_vendor, "stack_version": stack_version}
        self._caller.call("PUT", f"/submissions/{reference}/entries/{position}/zigbee", body=given)

    def answer(self, reference: str, position: int, answers: Mapping[str, str]) -> None:
        """Answer for an entry of a submission; answers that are not named stay as they are.

        :raises RegisterError: there is no such entry to write to, or some answers are to what is not asked.
        """
        self._caller.call("PATCH", f"/submissions/{reference}/entries/{position}", body={"answers": dict(answers)})

    def submission(self, reference: str) -> Json:
        """Give a submission: where it stands, its entries, and what happened to it.

        :raises RegisterError: there is none, or it is not the caller's to see.
        """
        return self._caller.call("GET", f"/submissions/{reference}").body

    def rehearse(self, reference: str) -> tuple[Json, str]:
        """Show what publishing a submission would change, and give the ETag of that outcome, for `publish`.

        :raises RegisterError: something is wrong with its answers, as `faults` say.
        """
        response = self._caller.call("GET", f"/submissions/{reference}/rehearsal")
        return response.body, response.etag

    def submit(self, reference: str) -> Json:
        """Send a submission in.

        :raises RegisterError: something speaks against it, as `faults` say.
        """
        return self._caller.call("POST", f"/submissions/{reference}/submit").body

    def publish(self, reference: str, etag: str) -> Json:
        """Publish a submission whose outcome is still the one that the ETag of its rehearsal names.

        :raises RegisterError: it would do something else by now (412), or something speaks against it.
        """
        condition = {"If-Match": etag}
        return self._caller.call("POST", f"/submissions/{reference}/publish", condition=condition).body

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
        response = self._caller.call("GET", path, query, condition={"If-None-Match": etag} if etag else None)
        if response.status == 304:
            return kept
        if response.etag:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = response.etag, response.body
        return response.body
