"""A register as a program of the Security Sub-Committee uses it, with a token that is made for its data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from firmpath.client.calling import Caller, Json, sleep


class Committee:
    """What only the Security Sub-Committee may ask and write; every call is logged by the register."""

    def __init__(
        self, address: str, token: str, timeout: float = 60, wait: Callable[[float], None] = sleep
    ) -> None:
        self._caller = Caller(address, token, timeout, wait)

    def vulnerabilities(self, **asked: Any) -> list[Json]:
        """Give every vulnerability with what it comes to; `as_at`, `known_on` and `inventory` as the API has them.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        found: list[Json] = self._caller.call("GET", "/ssc/vulnerabilities", asked).body["vulnerabilities"]
        return found

    def exposure(self, number: int, **asked: Any) -> tuple[Json, Iterator[Json]]:
        """Give what a vulnerability comes to, and the entries, which are read page by page.

        :raises RegisterError: there is none, or the register could not be asked.
        """
        first = self._caller.call("GET", f"/ssc/vulnerabilities/{number}/exposure", asked).body
        return first, self._entries(number, asked, first)

    def fixes(self, number: int, **asked: Any) -> list[Json]:
        """Give the upgrades that would rescue most entries, those of most Devices first.

        :raises RegisterError: there is no such vulnerability, or the register could not be asked.
        """
        found: list[Json] = self._caller.call("GET", f"/ssc/vulnerabilities/{number}/fixes", asked).body["fixes"]
        return found

    def openvex(self, number: int, **asked: Any) -> Json:
        """Give the exposure to a vulnerability as an OpenVEX document.

        :raises RegisterError: there is no such vulnerability, or the register could not be asked.
        """
        return self._caller.call("GET", f"/ssc/vulnerabilities/{number}/openvex", asked).body

    def take_in(self, name: str, text: str) -> Json:
        """Take vulnerabilities in from CSV, a CVE record or OSV: all of them, or none.

        :raises RegisterError: every fault of every row, as `faults`.
        """
        return self._caller.call("POST", "/ssc/vulnerabilities/import", body={"name": name, "text": text}).body

    def give_counts(self, name: str, counted_on: str, counts: Iterable[tuple[Iterable[int], int]]) -> Json:
        """Give how many Devices run each entry, or any of several; the answer has the number of the inventory.

        :raises RegisterError: the counts are unfit, or the register could not be asked.
        """
        listed = [{"cpl_entry_ids": list(ids), "devices": devices} for ids, devices in counts]
        body = {"name": name, "counted_on": counted_on, "counts": listed}
        found: Json = self._caller.call("POST", "/ssc/inventories", body=body).body["inventory"]
        return found

    def _entries(self, number: int, asked: Mapping[str, Any], page: Json) -> Iterator[Json]:
        yield from page["entries"]
        while cursor := page.get("next_cursor", ""):
            query = {**asked, "cursor": cursor}
            page = self._caller.call("GET", f"/ssc/vulnerabilities/{number}/exposure", query).body
            yield from page["entries"]
