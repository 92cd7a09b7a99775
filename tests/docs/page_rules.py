"""The page of all rules: docs/rules.md."""

from firmpath.pathways.rules import RULES, Rule
from tests.docs.page import Page

_INTRODUCTION = """\
# Rules

By these numbered rules Firmpath judges a CPL entry: when it is submitted, when it comes in a file, and when the
whole CPL is checked. A number is never used again.

What follows where a rule is broken:

- **refuse**: a submission is not accepted, and a file that breaks R01 to R17 is not read. About an entry that is on
  the CPL already it means that what is stated cannot be true, or contradicts itself, and has to be corrected.
- **needs a reason**: accepted if whoever submits it says why. The finding is then a note that gives the reason.
- **note**: worth knowing; nothing is held up.

Words used below:

- The *base firmware* of an entry is the earlier firmware that it can be applied to; the entries named as such are
  its *base entries*, or *bases*. An *upgrade* goes from a base entry to the entry that names it.
- A *pathway* is a sequence of upgrades that may be used today.
- A *hardware model* is a Device Model without its firmware version: Device type, manufacturer, model, hardware
  version and hardware revision.
- A *withdrawn* entry has been removed from the CPL. Devices may still run it.
- A *register file* holds the whole record of the CPL, one statement a line.

The sources DESIGN, DOMAIN and FEATURES are papers of this project, and an ADR is a decision in `docs/adr/`; the
others are published.

| Number | Rule | In other words | New submission | On record | Source |
|---|---|---|---|---|---|
"""


def write() -> str:
    """Write the page."""
    return _INTRODUCTION + "".join(map(_row, RULES.values()))


def _row(rule: Rule) -> str:
    cells = (rule.number, rule.title, rule.words, rule.severity, rule.on_record, rule.source)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


PAGE = Page("docs/rules.md", write)
