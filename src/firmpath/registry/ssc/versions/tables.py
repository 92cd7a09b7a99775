"""The names that the SSC knows, and the worklist, as tables to take away."""

from collections.abc import Iterator, Sequence

from firmpath.registry.ssc.versions.looking import SeenNames
from firmpath.registry.ssc.versions.names import Names

Table = tuple[Sequence[str], list[tuple[str, ...]]]


def names_table(names: Names) -> Table:
    """Give a row for each maker and each stack."""
    headings = ("number", "kind", "name", "also_spelt", "stack_maker", "how_versions_compare")
    return headings, list(_names(names))


def _names(names: Names) -> Iterator[tuple[str, ...]]:
    for maker in names.makers.values():
        yield str(maker.number), "maker", maker.name, "; ".join(maker.spellings), "", ""
    for stack in names.stacks.values():
        known = names.makers.get(stack.maker)
        spellings = "; ".join(stack.spellings)
        yield str(stack.number), "stack", stack.name, spellings, known.name if known else "", stack.rule.name


def worklist_table(seen: SeenNames) -> Table:
    """Give a row for each spelling that matches nothing, and for each version that cannot be compared."""
    headings = ("what", "given_as", "stack", "text", "entries", "vulnerabilities")
    spellings = [
        ("matches nothing", each.kind, "", each.text, str(each.entries), "; ".join(each.references))
        for each in seen.spellings
    ]
    versions = [
        ("cannot be compared", "version", each.stack, each.text, str(each.entries), "; ".join(each.references))
        for each in seen.unreadable
    ]
    return headings, [*spellings, *versions]
