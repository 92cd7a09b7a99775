"""A register as a program of the Security Sub-Committee uses it, with a token that is made for its data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from firmpath.client.calling import Caller, Json, sleep

_AT_ONCE: Final = 1000


class Committee:
    """What only the Security Sub-Committee may ask and write; every call is logged by the register."""

    def __init__(
        self, address: str, token: str, timeout: float = 60, wait: Callable[[float], None] = sleep
    ) -> None:
        self._caller = Caller(address, token, timeout, wait)

    def vulnerabilities(self, **asked: Any) -> Json:
        """Give every vulnerability with what it comes to; `as_at`, `known_on` and `inventory` as the API has them.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._caller.call("GET", "/ssc/vulnerabilities", asked).body

    def exposure(self, number: int, **asked: Any) -> tuple[Json, Iterator[Json]]:
        """Give what a vulnerability comes to, and the entries, which are read page by page.

        :raises RegisterError: there is none, or the register could not be asked.
        """
        return self._paged(f"/ssc/vulnerabilities/{number}/exposure", "entries", asked)

    def fixes(self, number: int, **asked: Any) -> tuple[Json, Iterator[Json]]:
        """Give the upgrades that would rescue entries, in the order to publish them, read page by page.

        :raises RegisterError: there is no such vulnerability, or the register could not be asked.
        """
        return self._paged(f"/ssc/vulnerabilities/{number}/fixes", "fixes", asked)

    def openvex(self, number: int, **asked: Any) -> Json:
        """Give the exposure to a vulnerability as an OpenVEX document.

        :raises RegisterError: there is no such vulnerability, or the register could not be asked.
        """
        return self._caller.call("GET", f"/ssc/vulnerabilities/{number}/openvex", asked).body

    def assessments(self, number: int, known_on: str = "") -> Json:
        """Give what the Security Sub-Committee said of entries and a vulnerability, the newest first.

        `known_on` is the last day whose knowledge counts.

        :raises RegisterError: there is no such vulnerability, or the register could not be asked.
        """
        asked = {"known_on": known_on}
        return self._caller.call("GET", f"/ssc/vulnerabilities/{number}/assessments", asked).body

    def assess(self, number: int, ids: Iterable[int], verdict: str, reason: str, justification: str = "") -> Json:
        """Say of entries what follows from no version, or take back what was said; give every assessment.

        :raises RegisterError: the register refuses it, or could not be asked.
        """
        said = {"verdict": verdict, "reason": reason, "justification": justification}
        body = {"cpl_entry_ids": list(ids), **said}
        return self._caller.call("POST", f"/ssc/vulnerabilities/{number}/assessments", body=body).body

    def letters(self, number: int, **asked: Any) -> Json:
        """Give the letters to copy, none of which says why it is written.

        :raises RegisterError: there is no such vulnerability, or the register could not be asked.
        """
        return self._caller.call("GET", f"/ssc/vulnerabilities/{number}/letters", asked).body

    def stacks(self) -> tuple[Json, Iterator[Json]]:
        """Give what was said of the stack of each entry, which is read page by page.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._paged("/ssc/stacks", "stacks", {"limit": _AT_ONCE})

    def names(self) -> Json:
        """Give the makers and stacks that are known, and what matches none of them.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._caller.call("GET", "/ssc/names").body

    def add_name(self, kind: str, name: str, spellings: Iterable[str], maker: int = 0, rule: str = "") -> Json:
        """Add a maker or a stack; give the list as it is then.

        :raises RegisterError: the register refuses it, or could not be asked.
        """
        body = {"kind": kind, "name": name, "spellings": list(spellings), "maker": maker, "rule": rule}
        return self._caller.call("POST", "/ssc/names", body=body).body

    def change_name(self, number: int, revision: int, reason: str, changed: Mapping[str, Any]) -> Json:
        """Put `changed`, with all that a name has, in the place of a revision; give the list as it is then.

        :raises RegisterError: it is not the last revision, the register refuses it, or could not be asked.
        """
        body = {**changed, "revision": revision, "reason": reason}
        return self._caller.call("PUT", f"/ssc/names/{number}", body=body).body

    def inventories(self) -> Json:
        """Give the inventories, the newest first, without their counts.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._caller.call("GET", "/ssc/inventories").body

    def looks(self) -> Iterator[Json]:
        """Give who looked at what, the newest first, read page by page; each page is a look as well.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        return self._paged("/ssc/looks", "looks", {"limit": _AT_ONCE})[1]

    def find(self, *identifiers: str) -> Json:
        """Give which vulnerabilities have these references or CVE ids, which are sent in no address.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        body = {"identifiers": list(identifiers)}
        return self._caller.call("POST", "/ssc/vulnerabilities/find", body=body).body

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

    def _paged(self, path: str, field: str, asked: Mapping[str, Any]) -> tuple[Json, Iterator[Json]]:
        first = self._caller.call("GET", path, asked).body
        return first, self._all(path, field, asked, first)

    def _all(self, path: str, field: str, asked: Mapping[str, Any], page: Json) -> Iterator[Json]:
        yield from page[field]
        while cursor := page.get("next_cursor", ""):
            page = self._caller.call("GET", path, {**asked, "cursor": cursor}).body
            yield from page[field]
