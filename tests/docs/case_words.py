"""The questions and the known answers of the cases, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.cases.case import Case
from tests.notation import ON

_BARS = {
    "withdrawn": "entry {entry} is withdrawn",
    "certificate_ended": "the CPA certificate of entry {entry} has ended",
    "notice": "notice {notice}",
    "dead_end": "entry {entry} is marked as a dead end",
    "skips_stepping_stone": "the step skips entry {entry}, a marked stepping stone",
    "excluded": "entry {entry} is excluded",
}

_CAUTIONS = {
    "twin": "entry {entry} has a twin, {those}",
    "probable_downgrade": "going from {those} to {entry} is probably a downgrade",
    "other_revision": "entry {entry} is for another hardware revision than {those}",
    "newer_is_closed": "there is newer firmware, {those}, that no Device may be taken to",
    "newer_is_dead_end": "there is newer firmware, {those}, marked as a dead end",
    "notice_accepted": "the risk that notice {notice} names is accepted",
    "into_dead_end": "entry {entry} is marked as a dead end",
    "stays_withdrawn": "entry {entry}, which it runs, is withdrawn",
    "stays_uncertified": "the CPA certificate of entry {entry}, which it runs, has ended",
    "stays_in_dead_end": "entry {entry}, which it runs, is marked as a dead end",
    "nothing_leads_on": "nothing leads on from {entry} to newer firmware ({those})",
    "newer_unreached": "there is newer firmware, {those}, that cannot be reached",
}


def question_in_words(case: Case) -> str:
    """Put the question of a case as a person would."""
    question = case.question
    asked = _QUESTIONS[case.kind](question)
    if case.on != ON:
        asked += f" On {case.on}."
    if case.known_at:
        asked += f" Going by what had been recorded by {case.known_at:%Y-%m-%d %H:%M:%S} UTC."
    if case.accepted:
        asked += f" The risk of notice {', '.join(sorted(case.accepted))} is accepted."
    if case.excluded:
        asked += f" Entry {', '.join(map(str, sorted(case.excluded)))} is excluded."
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


def statement_in_words(added: Mapping[str, Any]) -> str:
    """Write a statement that follows the catalogue of a case in a line."""
    fact = {name: value for name, value in added["fact"].items() if name != "kind"}
    parts = ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in fact.items())
    what = added["fact"]["kind"].replace("_", " ")
    corrects = f", correcting the {added['corrects']}" if "corrects" in added else ""
    about = f": {parts}" if parts else ""
    return (
        f"recorded {added['recorded_at']:%Y-%m-%d}, in effect from {added['effective_from']}{corrects}: "
        f"*{what}*{about}"
    )


def answer_in_words(answer: Mapping[str, Any]) -> str:
    """Write a known answer in a line.

    What is not in `_PARTS` stays in the case file: the way that comes nearest, and what leads on.
    """
    if answer.get("answer") == "refused":
        return "refused"
    parts = [_PARTS[name](value) for name, value in answer.items() if name in _PARTS]
    return "; ".join(filter(None, parts)) or "nothing changes"


def _candidates(value: list[Any]) -> str:
    if all(isinstance(each, int) for each in value):
        return f"it can be {' or '.join(map(str, value))}"
    return "; ".join(f"if it is {_starts(each)}: {answer_in_words(each)}" for each in value)


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
    "instead": lambda value: f"from the first entry to the last: {answer_in_words(value)}",
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
