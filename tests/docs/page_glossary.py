"""The words of GLOSSARY.md as the pages of the register show them: src/firmpath/registry/web/glossary.json."""

import json
import re

from tests.docs.committed import PROJECT
from tests.docs.page import Page

ENTRY = re.compile(r"- \*\*(?P<word>[^*]+)\*\*: (?P<text>.+[.)]) Source: (?P<source>.+)\.")
"""One word of GLOSSARY.md: what it means, and where it comes from."""

_PUBLISHED = ("SEC", "MP231", "GBCS", "DUIS")
_IN_CODE = re.compile(r" In code: [^.]+\.")
_BETWEEN_SOURCES = re.compile(r"; |, as in (?=DOMAIN|FEATURES|DESIGN)")


def write() -> str:
    """Write the words by section, without what only those who work on the project look for."""
    text = (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8")
    sections = []
    for part in text.split("\n## ")[1:]:
        title, _, lines = part.partition("\n")
        words = [_word(found) for line in lines.splitlines() if (found := ENTRY.fullmatch(line))]
        sections.append({"title": title, "words": words})
    return json.dumps(sections, ensure_ascii=False, indent=1) + "\n"


def _word(found: re.Match[str]) -> dict[str, str]:
    sources = _BETWEEN_SOURCES.split(found["source"])
    shown = "; ".join(each for each in sources if each.startswith(_PUBLISHED))
    return {"word": found["word"], "text": _IN_CODE.sub("", found["text"]).replace("`", ""), "source": shown}


PAGE = Page("src/firmpath/registry/web/glossary.json", write)
