"""docs/pathways.md: the known answers under tests/cases as worked examples for a newcomer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from firmpath.pathways.explain import Explanation
from tests.cases.asking import put
from tests.cases.case import Case, cases
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

These are the known answers that Firmpath is tested against, {count} of them. Each was worked out by hand from the words
of the specification, and each is a file under `tests/cases/`. This page is written from those files; `make docs` writes
it anew.

## How to read a catalogue

A catalogue here is one line. All entries in these examples are ESME of one invented maker and one model, unless the line
says otherwise, and every entry was listed a day after the one with the id before it.

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

What else may stand there (`version=`, `hash=`, `model=`, `rev=`, `listed=` and so on) says what it means. Where no day is
named, the question is about {on}.
"""

_BARS = {
    "withdrawn": "entry {entry} is withdrawn",
    "certificate_ended": "the CPA certificate of entry {entry} has ended",
    "notice": "notice {notice}",
    "dead_end": "entry {entry} is marked as a dead end",
    "skips_stepping_stone": "the step skips entry {entry}, a marked stepping stone",
}

_CAUTIONS = {
    "twin": "entry {entry} has a twin, {those}",
    "probable_downgrade": "going from {those} to {entry} is probably a downgrade",
    "other_revision": "entry {entry} is for another hardware revision than {those}",
    "passes_marked_stone": "this goes around entry {entry}, a marked stepping stone",
    "notice_accepted": "the risk that notice {notice} names is accepted",
    "newer_unreached": "there is newer firmware, {those}, that cannot be reached",
}


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
        yield f"- {_statement(added)}"
    if case.more:
        yield ""
    yield f"**Question:** {_question(case)}\n"
    yield f"**Answer:** {_answer(case.answer)}\n"
    words = put(case).words
    if str(words):
        yield "**Firmpath says:**\n"
        yield from _quoted(words)
        yield ""
    yield f"*Source: {case.source}. Case: `{case.case_id}`*"


def _question(case: Case) -> str:
    question = case.question
    asked = _QUESTIONS[case.kind](question)
    if case.on != ON:
        asked += f" On {case.on}."
    if case.known_at:
        asked += f" Going by what had been recorded by {case.known_at:%Y-%m-%d %H:%M:%S} UTC."
    if case.accepted:
        asked += f" The risk of notice {', '.join(sorted(case.accepted))} is accepted."
    return asked


def _path(question: Mapping[str, Any]) -> str:
    installed, target = question["installed"], question["target"]
    goes = "come to the newest firmware" if target.strip().lower() == "newest" else f"go to `{target}`"
    return f"How may a Device that runs `{installed}` {goes}?"


def _alternatives(question: Mapping[str, Any]) -> str:
    return (
        f"Which pathways lead from `{question['installed']}` to `{question['target']}`? At most {question['most']}."
    )


def _sequence(question: Mapping[str, Any]) -> str:
    return f"Is the sequence {_chain(question['planned'])} safe?"


def _difference(question: Mapping[str, Any]) -> str:
    if "after_catalogue" in question:
        return f"What changes if it becomes the following?\n\n```text\n{question['after_catalogue']}\n```"
    if "before_on" in question:
        return f"What changed from {question['before_on']} to {question['after_on']}?"
    before, after = (f"{question[f'{side}_known_at']:%Y-%m-%d %H:%M:%S}" for side in ("before", "after"))
    return f"What changed from what was known by {before} UTC to what was known by {after} UTC?"


def _check(question: Mapping[str, Any]) -> str:
    rules = question["rules"]
    does = f"{'does rule' if len(rules) == 1 else 'do rules'} {' and '.join(rules)}"
    if "submission" in question:
        return f"What {does} find, if entry {question['submission']} is a new submission?"
    return f"What {does} find?"


def _statement(added: Mapping[str, Any]) -> str:
    fact = {name: value for name, value in added["fact"].items() if name != "kind"}
    parts = ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in fact.items())
    what = added["fact"]["kind"].replace("_", " ")
    corrects = f", correcting the {added['corrects']}" if "corrects" in added else ""
    about = f": {parts}" if parts else ""
    return (
        f"recorded {added['recorded_at']:%Y-%m-%d}, in effect from {added['effective_from']}{corrects}: "
        f"*{what}*{about}"
    )


def _answer(answer: Mapping[str, Any]) -> str:
    if answer.get("answer") == "refused":
        return "refused"
    parts = [_PARTS[name](value) for name, value in answer.items() if name in _PARTS]
    return "; ".join(filter(None, parts)) or "nothing changes"


def _candidates(value: list[Any]) -> str:
    if all(isinstance(each, int) for each in value):
        return f"it can be {_listed(value)}"
    return "; ".join(f"if it is {_starts(each)}: {_answer(each)}" for each in value)


def _starts(answer: Mapping[str, Any]) -> int:
    return int(answer["installed"])


def _missing(value: list[list[int]]) -> str:
    asked = " and ".join(f"whether {to_id} can be put on {from_id}" for from_id, to_id in value)
    return f"to be asked: {asked}"


def _bars(value: list[dict[str, Any]]) -> str:
    return "barred: " + ", ".join(f"{_chain(bar['step'])} ({_BARS[bar['kind']].format(**bar)})" for bar in value)


def _cautions(value: list[dict[str, Any]]) -> str:
    words = (_CAUTIONS[each["kind"]].format(**each, those=_listed(each.get("others", []))) for each in value)
    return "with a warning: " + ", ".join(words)


def _stepping_stones(value: list[int]) -> str:
    if not value:
        return "no stepping stone"
    return f"stepping stone{'s' if len(value) > 1 else ''} {_listed(value)}"


def _changes(word: str) -> Callable[[list[list[Any]]], str]:
    return lambda value: (
        f"{word} "
        + ", ".join(
            f"{from_id} → {to_id} (activations: {before} before, {after} after)"
            for from_id, to_id, before, after in value
        )
    )


def _entries(word: str) -> Callable[[list[int]], str]:
    return lambda value: f"{word} {_listed(value)}"


def _chain(ids: list[int]) -> str:
    return " → ".join(map(str, ids))


def _listed(ids: list[int]) -> str:
    return " and ".join(filter(None, (", ".join(map(str, ids[:-1])), *map(str, ids[-1:]))))


def _value(value: object) -> str:
    listed = isinstance(value, list) and value and all(isinstance(each, int) for each in value)
    return _listed(value) if listed else str(value)  # type: ignore[arg-type]  # a list of ids, by the line above


def _quoted(words: Explanation) -> Iterator[str]:
    blocks = [words.headline, "\n".join(line if line[0].isdigit() else f"- {line}" for line in words.lines)]
    text = "\n\n".join(filter(None, (*blocks, words.next_step)))
    for line in text.split("\n"):
        yield f"> {line}".rstrip()


def _anchor(title: str) -> str:
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")


_QUESTIONS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "path": _path,
    "alternatives": _alternatives,
    "sequence": _sequence,
    "difference": _difference,
    "check": _check,
}

_PARTS: dict[str, Callable[[Any], str]] = {
    "answer": lambda value: f"`{value}`",
    "safe": lambda value: "safe" if value else "not safe",
    "verdicts": lambda value: "step by step: " + ", ".join(f"`{verdict}`" for verdict in value),
    "steps": _chain,
    "alternatives": lambda value: "; ".join(map(_chain, value)) or "none",
    "stepping_stones": _stepping_stones,
    "proofs": lambda value: ", ".join(
        f"without {each['stone']} it comes to {_listed(each['without'])}" for each in value
    ),
    "candidates": _candidates,
    "farthest": lambda value: f"farthest safe entry {value}",
    "bars": _bars,
    "missing": _missing,
    "cautions": _cautions,
    "valid_until": lambda value: f"until {value}",
    "listed_from": lambda value: f"listed from {value}",
    "instead": lambda value: f"from the first entry to the last: {_answer(value)}",
    "findings": lambda value: ", ".join(value) or "nothing",
    "listed": _entries("listed"),
    "withdrawn": _entries("withdrawn"),
    "changed": _entries("changed"),
    "gained": _changes("gained"),
    "lost": _changes("lost"),
    "lengthened": _changes("longer"),
    "shortened": _changes("shorter"),
    "lost_only_way_out": _entries("lost its only way out:"),
    "gained_first_way_out": _entries("has a way out for the first time:"),
    "newly_stranded": _entries("newly stranded:"),
    "rescued": _entries("no longer stranded:"),
}
# A part of an answer that is not named here stays in the case file: the way that comes nearest, and what leads on.

PAGE = Page("docs/pathways.md", write)
