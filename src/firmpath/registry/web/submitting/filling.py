"""How far an entry of a submission has come, and what is wrong with each of its pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from firmpath.images.image_words import hash_in_words
from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import parse_manufacturer_image_hash
from firmpath.registry.ledger.current import current
from firmpath.registry.submissions.answers import PARTS, faults_in, nowhere, term_of
from firmpath.registry.submissions.drafts import faults_of_identifiers
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.rehearsing import terms_of, wanted_of
from firmpath.registry.web.submitting.pages import PAGES

Task = tuple[str, str, str, str, str]
_UNSTATED = {
    "base_cpl_entry_ids": ("R20", "name the entries it can be applied to, or choose N/A"),
    "zigbee_band": ("R21", "choose a join option"),
}


class _Found(NamedTuple):
    """What is wrong with the answers of an entry, and whether its Party may submit it."""

    of_answers: Sequence[Fault]
    of_identifiers: Sequence[Fault]

    def on(self, entry: SubmissionEntry, part: str) -> list[Fault]:
        """Give what is wrong with one page."""
        known = {term_of(name) for name in PARTS[part]}
        faults = [fault for fault in self.of_answers if fault.term in known]
        return [*faults, *(self.of_identifiers if part == "device" else ()), *_unstated(entry, part)]


def faults_of_part(submission: Submission, entry: SubmissionEntry, part: str, at: datetime) -> list[Fault]:
    """Find what is wrong with the answers of one page."""
    return _found(submission, entry, at).on(entry, part)


def known_image(entry: SubmissionEntry, at: datetime) -> tuple[str, ...]:
    """Say what the CPL has with the Manufacturer Image hash of an entry, in the words of `firmpath image`."""
    try:
        image_hash = parse_manufacturer_image_hash(entry.answers.get("manufacturer_image_hash", ""))
    except FirmpathError:
        return ()
    return tuple(hash_in_words(current().register.catalogue(britains_day(at)), image_hash))


def _found(submission: Submission, entry: SubmissionEntry, at: datetime) -> _Found:
    """Judge all pages of an entry at once: its base firmware may name any other entry of the submission."""
    wanted = wanted_of(submission)
    own = [each for each in wanted if each.position == entry.position]
    terms = terms_of(submission, wanted, current().register, at)
    return _Found(faults_in(own, terms, nowhere), faults_of_identifiers(submission.party, own))


def _unstated(entry: SubmissionEntry, part: str) -> list[Fault]:
    """A table may leave these empty for an old entry; a submission may not."""
    return [
        Fault(term_of(name), "", "is not stated", right, rule=rule, quoted=False)
        for name, (rule, right) in _UNSTATED.items()
        if name in PARTS[part] and not entry.answers.get(name, "").strip()
    ]


def tasks_of(submission: Submission, entry: SubmissionEntry, at: datetime) -> list[Task]:
    """Give the task list of an entry."""
    found = _found(submission, entry, at)
    tasks = [_task(submission, entry, part, found) for part in PAGES]
    is_given = entry.vendor_given and entry.stack_given
    hint = "Only the Security Sub-Committee sees these; nobody else can read them once they are saved"
    given = ("Given", "good", hint) if is_given else ("Not given yet", "quiet", hint)
    zigbee = reverse("ssc_zigbee", kwargs={"reference": entry.reference})
    tasks.insert(3, ("ZigBee chipset vendor and stack version", zigbee, *given))
    return tasks


def is_ready(tasks: Sequence[Task]) -> bool:
    """Say whether every page is filled in without a fault."""
    return all(kind == "good" for _, _, _, kind, _ in tasks)


def _task(submission: Submission, entry: SubmissionEntry, part: str, found: _Found) -> Task:
    url = reverse("submission_part", args=[submission.reference, entry.position, part])
    title = PAGES[part].title
    begun = [name for name in PARTS[part] if entry.answers.get(name, "").strip()]
    if not begun and PAGES[part].needed:
        return title, url, "Not started", "quiet", ""
    faults = found.on(entry, part)
    if faults:
        there = "1 thing" if len(faults) == 1 else f"{len(faults)} things"
        return title, url, "Not finished", "warn", f"{there} to put right"
    if not begun:
        return title, url, "Nothing given", "good", "You can leave all of it empty"
    return title, url, "Completed", "good", ""


def describe(entry: SubmissionEntry) -> str:
    """Name an entry that has no CPL Entry ID yet, as far as it has been filled in."""
    get = {name: text.strip() for name, text in entry.answers.items()}.get
    hardware = "".join(get(name) or "" for name in ("model_id", "hardware_version", "hardware_revision"))
    model = "/".join(filter(None, (get("manufacturer_id"), hardware)))
    firmware = f"firmware {get('firmware_version')}" if get("firmware_version") else ""
    name = f'"{get("firmware_name")}"' if get("firmware_name") else ""
    said = ", ".join(filter(None, (" ".join(filter(None, (get("device_type"), model))), firmware, name)))
    return said or "Nothing filled in yet"
