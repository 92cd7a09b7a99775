"""Whom to ask where there is no pathway, and a letter to send them."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from firmpath.pathways.answers import AnswerKind, NoPathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.no_pathway import entry_to_ask_about
from firmpath.pathways.naming import full_name, maker_of, short_name
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who

_E_MAIL: Final = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\"]+")


class Letter(NamedTuple):
    """A letter to a manufacturer: `contact` as it is on record, `link` opens it in a mail program, if it can."""

    maker: str
    contact: str | NotKnown
    subject: str
    body: str

    @property
    def link(self) -> str:
        """The `mailto:` link; "" where the contact on record is no e-mail address."""
        address = mail_link(self.contact)
        body = self.body.replace("\n", "\r\n")
        return address and f"{address}?subject={quote(self.subject)}&body={quote(body)}"


def mail_link(contact: str | NotKnown) -> str:
    """Give the `mailto:` link to a contact; "" where it is no e-mail address."""
    return f"mailto:{quote(contact, safe='@')}" if contact and _E_MAIL.fullmatch(contact) else ""


def letter_about(catalogue: Catalogue, answer: NoPathway, who: Who) -> Letter | NotKnown:
    """Write the letter that asks for what is missing, where the manufacturer is to be asked at all."""
    about = entry_to_ask_about(answer)
    if not about:
        return NOT_KNOWN
    entry = catalogue[about]
    installed, target = short_name(catalogue, answer.installed), short_name(catalogue, answer.target)
    subject = f"Firmware upgrade from {installed} to {target}"
    paragraphs = (f"Dear {maker_of(entry)},", *_questions(catalogue, answer), f"{who.name}\n{who.party_name}")
    body = "\n\n".join(paragraphs)
    return Letter(maker_of(entry), entry.contact, subject, body)


def _questions(catalogue: Catalogue, answer: NoPathway) -> Iterator[str]:
    hardware = catalogue[answer.installed].hardware_model
    installed, target = full_name(catalogue, answer.installed), full_name(catalogue, answer.target)
    yield f"We have Devices ({hardware.device_type} {hardware}) that run {installed}."
    yield f"We want to take them to {target}."
    as_at = day_in_words(catalogue.as_at)
    yield f"As at {as_at} the Central Products List has no pathway for this that may be used."
    for each in answer.missing:
        onto, base = full_name(catalogue, each.to_id), full_name(catalogue, each.from_id)
        yield f"Can {onto} be applied to {base}? If it can, please have it recorded as base firmware of that entry."
    if answer.kind is AnswerKind.DEAD_END:
        yield f"Is there firmware that {installed} can be upgraded to, or are the Devices to stay as they are?"
    else:
        yield "If there is another way, which firmware has to be activated, and in which order?"
