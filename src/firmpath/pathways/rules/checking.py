"""Apply the rules: to a new entry before it is accepted, or to everything on record."""

from collections.abc import Callable, Container, Iterable, Iterator

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import short_name
from firmpath.pathways.rules.registry import RULES, Finding, Found, Rule, Severity


def check_entry(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> tuple[Finding, ...]:
    """Judge an entry that is to be published, in the Catalogue as it would be with it; by entry and rule.

    Findings about other entries of its HardwareFamily are given too where they come of it; those that would be
    there without it are not.
    Cost: two walks of the family for each of R42 to R45.
    """
    family = catalogue.family_of(cpl_entry_id)
    before = set(_about_others(catalogue, family, cpl_entry_id))
    found = (
        *_about_entry(catalogue, cpl_entry_id, new=True),
        *(finding for finding in _about_family(catalogue, family) if finding not in before),
    )
    return _in_order(found)


def check_catalogue(
    catalogue: Catalogue,
    progress: Callable[[int], object] = lambda entries: None,
    families: Iterable[HardwareFamily] | None = None,
    new: Container[CPLEntryID] = (),
) -> tuple[Finding, ...]:
    """Judge everything on record, by entry and rule; `progress` is told how many more entries are done.

    With `families`, only what is about the entries of these; they are still judged beside all the others. The
    entries that are `new` are judged as those that are to be published.

    What several entries have in common, such as a hash, is said once, at the first of them.
    Cost: linear in entries and bases, but for the walks of R42 to R45 within each family.
    """
    if families is None:
        with collection_paused():  # the upgrades of every family are kept, and would be walked again and again
            return check_catalogue(catalogue, progress, catalogue.families, new)
    found: list[Finding] = []
    for family in families:
        ids = catalogue.families[family]
        found += _about_family(catalogue, family)
        for cpl_entry_id in ids:
            found += _about_entry(catalogue, cpl_entry_id, new=cpl_entry_id in new)
        progress(len(ids))
    return once_each(_in_order(found))


def once_each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Leave out what the same rule has said already, about another entry, in the same words."""
    said: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        said.setdefault((finding.rule, finding.text), finding)
    return tuple(said.values())


def _about_entry(catalogue: Catalogue, cpl_entry_id: CPLEntryID, new: bool) -> Iterator[Finding]:
    entry = catalogue[cpl_entry_id]
    for rule in RULES.values():
        if rule.check_entry:
            severity = rule.severity if new else rule.on_record
            for found in rule.check_entry(catalogue, entry):
                yield _finding(catalogue, rule, severity, found)


def _about_family(catalogue: Catalogue, family: HardwareFamily) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.check_family:
            for found in rule.check_family(catalogue, family):
                yield _finding(catalogue, rule, rule.severity, found)


def _about_others(catalogue: Catalogue, family: HardwareFamily, cpl_entry_id: CPLEntryID) -> Iterator[Finding]:
    """Give what the rules about a family find in it without one of its entries."""
    entries = {each: catalogue[each] for each in catalogue.families[family] if each != cpl_entry_id}
    if entries:
        yield from _about_family(Catalogue(catalogue.as_at, entries, catalogue.notices), family)


def _finding(catalogue: Catalogue, rule: Rule, severity: Severity, found: Found) -> Finding:
    """A finding that needs a reason is a mere note where the declaration came with one."""
    reasons = _reasons(catalogue, found)
    if severity is Severity.NEEDS_REASON and reasons:
        return Finding(rule.number, Severity.NOTE, found.cpl_entry_id, f"{found.text}. The reason given{reasons}")
    return Finding(rule.number, severity, found.cpl_entry_id, found.text, found.remedy)


def _reasons(catalogue: Catalogue, found: Found) -> str:
    """Give the reasons that came with the declarations, each with its entry where more than one declared."""
    if not found.also_declared_by:
        reason = catalogue[found.cpl_entry_id].base_firmware_reason
        return f": {reason}" if reason else ""
    declared_by = (found.cpl_entry_id, *found.also_declared_by)
    reasons = [(each, catalogue[each].base_firmware_reason) for each in declared_by]
    return ";".join(f" for {short_name(catalogue, each)}: {reason}" for each, reason in reasons if reason)


def _in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: (finding.cpl_entry_id, finding.rule)))
