"""The words of a public notice that tell what only the SSC may know: names of stacks, their versions, CVE ids.

What is found is for the SSC to read and to judge; it stays in this package.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from firmpath.registry.ssc.stacks.queries import known_stacks
from firmpath.registry.ssc.versions.known_names import known_names
from firmpath.registry.ssc.versions.names import APART, read_stack, spelt
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities

_CVE: Final = r"CVE[\s_\-–]*[0-9]{4}[\s_\-–]*[0-9]{3,}"


def find_telling_words(texts: Iterable[str]) -> list[str]:
    """Give every word of some texts by which the SSC knows a maker, a stack, a version or a vulnerability.

    They are as they are written there, each once, in the order of the texts; a word within a longer one is not
    named apart. Cost: linear in the entries, and texts times different names.
    """
    known = [re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE) for each in (_CVE, *_patterns())]
    return list(dict.fromkeys(word for text in texts for word in _words_in(text, known)))


def _words_in(text: str, known: list[re.Pattern[str]]) -> Iterator[str]:
    spans = {match.span() for each in known for match in each.finditer(text)}
    for start, end in sorted(spans):
        if not any(span != (start, end) and span[0] <= start and end <= span[1] for span in spans):
            yield text[start:end]


def _patterns() -> Iterator[str]:
    """Yield how each known text can be written: with or without what does not matter, anywhere in it."""
    for text in sorted({spelt(each) for each in _known_texts()}):
        if text:
            yield f"{APART}*".join(map(re.escape, text))


def _known_texts() -> Iterator[str]:
    names = known_names()
    yield from (*names.makers_by_spelling, *names.stacks_by_spelling)
    for vendor, version in set(known_stacks().by_entry.values()):
        texts = str(vendor or ""), str(version or "")
        yield from texts
        read = read_stack(names, *texts)
        has_order = not isinstance(read.stack, int) or names.stacks[read.stack].rule.has_order
        yield read.version if "." in read.version or not has_order else ""
    for each in known_vulnerabilities().values():
        yield from (each.vulnerability.reference, *each.vulnerability.cves)
        for affected in each.vulnerability.ranges:
            yield from (affected.stack_maker, affected.stack, affected.chipset_vendor)
