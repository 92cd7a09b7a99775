"""docs/pathways.md: the known answers under tests/cases as worked examples for a newcomer."""

import re
from collections.abc import Iterator

from firmpath.pathways.explain.explanation import Explanation
from tests.cases.asking import put
from tests.cases.case import Case, cases
from tests.docs.case_words import answer_in_words, question_in_words, statement_in_words
from tests.docs.page import Page
from tests.notation import ON

# Folder under tests/cases, title, and a sentence or two; in the order a newcomer wants them.
TOPICS = {
    "pathways": (
        "Finding a pathway",
        "What is declared is what counts: an upgrade exists because somebody named an entry as base firmware.",
    ),
    "stepping_stones": (
        "Stepping stones",
        "A stop that every pathway has to make. Each comes with a proof: the entries a Device can come to "
        "without it.",
    ),
    "why_not": (
        "When there is no pathway",
        "There are several different kinds of no, and what to do next differs from one to the other.",
    ),
    "withdrawn": ("Withdrawn entries", "A withdrawn entry is a place to start from, never one to go to."),
    "notices": ("Notices", "A warning about a step. It keeps the step closed until somebody accepts it by name."),
    "excluded": (
        "Excluded entries",
        "Whoever asks can leave an entry out: no Device is then taken to it, or through it.",
    ),
    "identity": (
        "Which firmware is meant?",
        "Only the CPL Entry ID is sure to name one entry. A version or a hash can name several, and then the "
        "answer is only safe if it is the same for all of them.",
    ),
    "dates": ("Dates", "An answer is for one day. Listings, withdrawals and certificates change it."),
    "history": (
        "What held when, and who knew",
        "The record has two time axes: from when something holds, and since when it has been on record.",
    ),
    "effect": (
        "The effect of a submission",
        "Before anything is accepted, everybody can see which pathways it opens and which it closes.",
    ),
    "sequence": ("Checking a plan", "Each planned step gets its own verdict, and the right way if there is one."),
    "checks": (
        "What the rules find",
        "Numbered rules look at what is declared. A finding refuses, needs a reason, or is a mere note.",
    ),
    "not_understood": (
        "What is not understood is refused",
        "Leaving out what one does not understand is how a Device gets lost. Firmpath refuses, and says why.",
    ),
}

_OPENING = """\
# Pathways by example

These are the known answers that Firmpath is tested against, {count} of them. Each was worked out by hand from the
words of the specification, and each is a file under `tests/cases/`. This page is written from those files;
`make docs` writes it anew.

## How to read a catalogue

A catalogue here is one line. All entries in these examples are ESME of one invented maker and one model, and each
was listed the day after the one with the id before it, unless the line says otherwise.

| written | meaning |
|---|---|
| `1 <- 2 <- 3` | entry 2 can be put on top of entry 1, and 3 on top of 2 |
| `1, 2 <- 3` | entry 3 can be put on top of 1 and of 2 |
| `4 ?` | nobody has said what entry 4 can be put on top of |
| `5 N/A` | entry 5 has no previous version; so has every entry of which nothing else is said |
| `3 withdrawn` | entry 3 was taken off the CPL, on 1 January 2025 if no day is given |
| `3 stone`, `3 dead-end` | somebody marked entry 3 so |
| `3 cpa=2026-12-31` | the last day of its CPA certificate |
| `notice N1: 1 -> 3` | an open notice on going from 1 to 3 |

What else may stand there (`version=`, `hash=`, `model=`, `rev=`, `listed=` and so on) says what it means. Where no
day is named, the question is about {on}.
"""

_NUMBERED = re.compile(r"[0-9]+\. ").match


def write() -> str:
    """Write the page."""
    unknown = {case.folder for case in cases()} - TOPICS.keys()
    if unknown:
        raise ValueError(f"no topic for tests/cases/{', '.join(sorted(unknown))}; add it to {__name__}")
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _OPENING.format(count=len(cases()), on=ON)
    yield "## Contents\n"
    for folder, (title, _) in TOPICS.items():
        count = sum(case.folder == folder for case in cases())
        yield f"- [{title}](#{_anchor(title)}) ({count})"
    for folder, (title, about) in TOPICS.items():
        yield f"\n## {title}\n\n{about}"
        for case in sorted(cases(), key=_simplest_first):
            if case.folder == folder:
                yield from _about_case(case)
    yield ""


def _simplest_first(case: Case) -> tuple[bool, int, int, str]:
    """Order cases for somebody who meets all this for the first time: the main question, small catalogues."""
    return case.kind != "path", len(case.more), len(case.notation), case.case_id


def _about_case(case: Case) -> Iterator[str]:
    yield f"\n### {case.name}\n\n{case.why}\n"
    yield f"```text\n{case.notation}\n```\n"
    for added in case.more:
        yield f"- {statement_in_words(added)}"
    if case.more:
        yield ""
    yield f"**Question:** {question_in_words(case)}\n"
    yield f"**Answer:** {answer_in_words(case.answer)}\n"
    words = put(case).words
    if str(words):
        yield "**Firmpath says:**\n"
        yield from _quoted(words)
        yield ""
    yield f"*Source: {case.source}. Case: `{case.case_id}`*"


def _quoted(words: Explanation) -> Iterator[str]:
    blocks = [words.headline, "\n".join(line if _NUMBERED(line) else f"- {line}" for line in words.lines)]
    text = "\n\n".join(filter(None, (*blocks, words.next_step)))
    for line in text.split("\n"):
        yield f"> {line}".rstrip()


def _anchor(title: str) -> str:
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")


PAGE = Page("docs/pathways.md", write)
