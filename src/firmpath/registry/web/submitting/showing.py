"""A rehearsal as pages show it: what the rules say, every pathway that changes, and the model before and after."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from firmpath.drawing.svg import write_svg
from firmpath.drawing.upgrade_map import map_of_entry
from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import Difference
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NoWay
from firmpath.pathways.pathway_changes import PathwayChange
from firmpath.pathways.rehearsal import Rehearsal
from firmpath.pathways.rules import RULES, Finding, Rule, Severity
from firmpath.registry.submissions.rehearsing import Outcome

MOST_SHOWN: Final = 200
"""Pathways of each kind that a page shows; the CSV has all."""

FEW: Final = 12
"""So many are shown open; more are folded away until somebody wants them."""

_KINDS: Final = (
    ("lost", "Pathways lost", "There was one, and there would be none"),
    ("lengthened", "Pathways lengthened", "More activations than before"),
    ("shortened", "Pathways shortened", "Fewer activations than before"),
    ("gained", "Pathways gained", "There was none, and there would be one"),
)
_SEVERITIES: Final = (
    (Severity.REFUSE, "Refused", "bad", "These have to be put right before it can go on."),
    (Severity.NEEDS_REASON, "Wants a reason", "warn", "Say why on the page Base firmware, or correct it."),
    (Severity.NOTE, "To note", "info", "These do not hold it up."),
)


class Changes(NamedTuple):
    """The pathways that change in one way; `rows` are those that are shown."""

    kind: str
    title: str
    meaning: str
    total: int
    rows: tuple[tuple[CPLEntryID, CPLEntryID, str, str], ...]

    @property
    def is_long(self) -> bool:
        """Whether they are folded away."""
        return self.total > FEW

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


class Judged(NamedTuple):
    """The findings of one severity, each with its rule and what would put it right."""

    title: str
    tag: str
    meaning: str
    findings: tuple[tuple[Finding, Rule, str], ...]


def show_outcome(outcome: Outcome, position: int) -> dict[str, Any]:
    """Give what the template of a rehearsal needs; the entry at a position is drawn."""
    rehearsal = outcome.rehearsal
    drawn = outcome.ids.get(position) or next(iter(outcome.ids.values()))
    return {
        "outcome": outcome,
        "after": rehearsal.after,
        "headline": explain_rehearsal(outcome),
        "kind_of_answer": "bad" if rehearsal.is_refused else "warn" if outcome.blocking else "good",
        "judged": list(_judged(rehearsal.findings)),
        "changes": list(_changes(rehearsal.difference)),
        "way_changes": list(_way_changes(rehearsal.difference)),
        "twins": twins_in(rehearsal),
        "drawn": drawn,
        "new_entries": [(at, cpl_entry_id) for at, cpl_entry_id in outcome.ids.items()],
        "svg_before": _drawn_before(rehearsal, drawn),
        "svg_after": write_svg(map_of_entry(rehearsal.after, drawn, frozenset())),
    }


def explain_rehearsal(outcome: Outcome) -> Explanation:
    """Say in a sentence whether it could be published, and what would change."""
    rehearsal = outcome.rehearsal
    if rehearsal.is_refused:
        verdict = "would be refused as it stands"
    else:
        verdict = "can be accepted once a reason is given" if outcome.blocking else "can be accepted"
    what = counted(len(outcome.ids), "new entry", "new entries")
    said = explain_difference(rehearsal.before, rehearsal.after, rehearsal.difference)
    on = day_in_words(rehearsal.after.as_at)
    late = [
        f"The listing date that entry {each} asks for has passed; it would be listed on {on}."
        for each in outcome.late
    ]
    return Explanation(f"This submission of {what} {verdict}. {said.headline}", tuple(late))


def change_rows(rehearsal: Rehearsal) -> Iterator[tuple[str, ...]]:
    """Give every pathway that changes as a row of a table, each entry by id and firmware version."""
    after = rehearsal.after
    ends = ("From CPL Entry ID", "From firmware version", "To CPL Entry ID", "To firmware version")
    yield ("Change", *ends, "Activations before", "Activations after")
    for kind, _, _ in _KINDS:
        for each in getattr(rehearsal.difference, kind):
            named = [
                text for end in (each.from_id, each.to_id) for text in (str(end), str(after[end].firmware_version))
            ]
            yield (kind, *named, _activations(each.before), _activations(each.after))
    for kind, more in rehearsal.difference.left_out:
        yield (kind, f"and {more} more that are not listed", *[""] * 5)


def twins_in(rehearsal: Rehearsal) -> list[tuple[CPLEntryID, ...]]:
    """Give the twins among which a new entry would be, each group once."""
    groups = {rehearsal.after.twins_of(each) for each in rehearsal.new_entries}
    return sorted(group for group in groups if len(group) > 1)


def _judged(findings: Iterable[Finding]) -> Iterator[Judged]:
    found = list(findings)
    for severity, title, tag, meaning in _SEVERITIES:
        chosen = tuple((each, RULES[each.rule], _remedy(each)) for each in found if each.severity is severity)
        if chosen:
            yield Judged(title, tag, meaning, chosen)


def _remedy(finding: Finding) -> str:
    """Leave out what is a command to type: the pages have the pathways themselves."""
    return "" if finding.remedy.startswith("`") else finding.remedy


def _changes(difference: Difference) -> Iterator[Changes]:
    for kind, title, meaning in _KINDS:
        found: tuple[PathwayChange, ...] = getattr(difference, kind)
        rows = tuple(
            (each.from_id, each.to_id, _activations(each.before), _activations(each.after))
            for each in found[:MOST_SHOWN]
        )
        yield Changes(kind, title, meaning, difference.pathway_counts[kind], rows)


def _way_changes(difference: Difference) -> Iterator[tuple[str, str, tuple[CPLEntryID, ...]]]:
    for title, tag, ids in (
        ("Newly stranded: no pathway to the newest firmware any more", "bad", difference.newly_stranded),
        ("Lost the only way out", "bad", difference.lost_only_way_out),
        ("No longer stranded", "good", difference.rescued),
        ("Gained a first way out", "good", difference.gained_first_way_out),
    ):
        if ids:
            yield title, tag, ids


def _activations(count: int | NoWay) -> str:
    return "none" if isinstance(count, NoWay) else str(count)


def _drawn_before(rehearsal: Rehearsal, drawn: CPLEntryID) -> str:
    """Draw what the entry would be joined to as it is today: around a base of it, or else around the newest."""
    before = rehearsal.before
    around = _known_before(before, rehearsal.after, drawn)
    return write_svg(map_of_entry(before, around, frozenset())) if around else ""


def _known_before(before: Catalogue, after: Catalogue, drawn: CPLEntryID) -> CPLEntryID | None:
    base = after[drawn].base_firmware
    named = [each for each in base.ids if each in before] if isinstance(base, Bases) else []
    family = before.families.get(after.family_of(drawn), ())
    around = named or sorted(family, key=lambda each: before[each].listed_on)
    return around[-1] if around else None
