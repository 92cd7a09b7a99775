"""The changes as feeds that programs follow: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from firmpath.pathways.identifiers import write_instant
from firmpath.registry.publication.changes import Change, ChangePage

_ATOM: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = "1970-01-01T00:00:00Z"
TITLE: Final = "Changes to the Central Products List"
_AUTHOR: Final = "Firmpath"


class Addresses(NamedTuple):
    """Where the feed is, and the page that people read; `next_url` leads to the changes before, "" at the end."""

    own: str
    page: str
    next_url: str
    entry: str
    """The address of an entry's page, with `0` for its id."""

    def of(self, change: Change) -> str:
        """Give the page about what changed: the entry, if it is about one alone."""
        if len(change.entries) != 1:
            return self.page
        return self.entry.replace("/0/", f"/{change.entries[0]}/")


def atom(found: ChangePage, addresses: Addresses) -> bytes:
    """Write changes as an Atom feed."""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    SubElement(feed, "id").text = addresses.own.partition("?")[0]
    SubElement(feed, "title").text = TITLE
    SubElement(feed, "updated").text = _updated(found)
    SubElement(SubElement(feed, "author"), "name").text = _AUTHOR
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": addresses.own})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": addresses.page})
    if addresses.next_url:
        SubElement(feed, "link", {"rel": "next", "type": "application/atom+xml", "href": addresses.next_url})
    for change in found.changes:
        _add_entry(feed, change, addresses.of(change))
    octets: bytes = tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + octets


def json_feed(found: ChangePage, addresses: Addresses) -> bytes:
    """Write changes as a JSON Feed."""
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "home_page_url": addresses.page,
        "feed_url": addresses.own,
        "language": "en-GB",
        "authors": [{"name": _AUTHOR}],
    }
    if addresses.next_url:
        feed["next_url"] = addresses.next_url
    feed["items"] = [_item(change, addresses.of(change)) for change in found.changes]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def text_of(change: Change) -> str:
    """Give a change as one text, with what it corrects or is corrected by."""
    parts = [change.words, f"In effect from {change.effective_from}."]
    if change.corrects:
        parts.append(f"It corrects statement {change.corrects}.")
    if change.corrected_by:
        parts.append(f"It counts no more: statement {change.corrected_by} corrects it.")
    if change.party:
        parts.append(f"Stated by {change.party} ({change.channel}).")
    if change.reason:
        parts.append(f"Reason: {change.reason}")
    return " ".join(parts)


def _item(change: Change, url: str) -> dict[str, object]:
    return {
        "id": change.urn,
        "url": url,
        "title": change.words,
        "content_text": text_of(change),
        "date_published": write_instant(change.recorded_at),
        "tags": [change.kind.name, *_kinds_of_correction(change)],
        "_firmpath": {
            "number": change.number,
            "effective_from": change.effective_from.isoformat(),
            "cpl_entry_ids": list(change.entries),
            "corrects": change.corrects or None,
            "corrected_by": change.corrected_by or None,
        },
    }


def _add_entry(feed: Element, change: Change, url: str) -> None:
    entry = SubElement(feed, "entry")
    SubElement(entry, "id").text = change.urn
    SubElement(entry, "title").text = change.words
    SubElement(entry, "updated").text = write_instant(change.recorded_at)
    SubElement(entry, "published").text = write_instant(change.recorded_at)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": url})
    for term in (change.kind.name, *_kinds_of_correction(change)):
        SubElement(entry, "category", {"term": term})
    SubElement(entry, "content", {"type": "text"}).text = text_of(change)


def _kinds_of_correction(change: Change) -> list[str]:
    is_correction = change.corrects > 0 and not change.is_retraction
    said = {"retraction": change.is_retraction, "correction": is_correction, "corrected": change.corrected_by > 0}
    return [word for word, holds in said.items() if holds]


def _updated(found: ChangePage) -> str:
    return write_instant(found.changes[0].recorded_at) if found.changes else _NEVER
