"""What others published is fitted to what can be kept: nothing is left out, and whatever is moved is said."""

import re
from collections.abc import Iterator
from typing import Final

from firmpath.pathways.plain_text import LONGEST_TEXT, UNFIT
from firmpath.registry.ssc.stacks.parsing import LONGEST, check_line
from firmpath.registry.ssc.vulnerabilities.vulnerability import NOTE, REJECTED, SOURCES, TITLE, Vulnerability

_END_OF_LINE: Final = re.compile("\r\n?|\u2028|\u2029")
_SPACE: Final = re.compile("[\t\x0b\x0c\x85]")


def fit_published(given: Vulnerability) -> tuple[Vulnerability, list[str]]:
    """Fit a published vulnerability to what may be written, and say what was moved, shortened or taken out.

    Tabs and ends of lines are white space however they are written. A title that is too long is shortened; it, and
    any source that cannot be kept as one, then stands in the note.
    """
    said: list[str] = []
    fitted = given._replace(
        title=_shown(given.title, TITLE, said),
        sources=tuple(_shown(each, SOURCES, said) for each in given.sources),
        note=_shown(given.note, NOTE, said),
        rejected=tuple(shortened(_shown(each, REJECTED, said), LONGEST_TEXT) for each in given.rejected),
        ranges=tuple(each._replace(as_printed=shortened(each.as_printed, LONGEST)) for each in given.ranges),
    )
    if fitted.ranges != given.ranges:
        said.append(f"what was printed of its versions was shortened to {LONGEST} characters")
    moved = list(_moved(fitted, said))
    title, sources = fitted.title, tuple(each for each in fitted.sources if not _is_unfit(each))
    if _is_unfit(title):
        title = "" if len(title) <= LONGEST else shortened(title, LONGEST)
        title = "" if _is_unfit(title) else title
    note = "\n\n".join(each for each in ("\n".join(moved), fitted.note) if each)
    if len(note) > LONGEST_TEXT:
        said.append(
            f"{NOTE}, {len(note):,} characters with what was moved there, was shortened to {LONGEST_TEXT:,}"
        )
        note = shortened(note, LONGEST_TEXT)
    fitted = fitted._replace(title=title, sources=sources, note=note)
    return fitted, [f"{given.reference}: {each}" for each in said]


def shortened(text: str, most: int) -> str:
    """Shorten a text that is longer than it may be, and let it be seen."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _shown(text: str, term: str, said: list[str]) -> str:
    plain = _SPACE.sub(" ", _END_OF_LINE.sub("\n", text))
    # Half of a surrogate pair is no character but a broken file, which is refused.
    shown = UNFIT.sub(lambda found: found[0] if found[0] >= "\ud800" else "", plain)
    if shown != plain:
        said.append(f"{term} had characters that cannot be shown; they were taken out")
    return shown.strip()


def _moved(given: Vulnerability, said: list[str]) -> Iterator[str]:
    for text, term in ((given.title, TITLE), *((each, SOURCES) for each in given.sources)):
        if _is_unfit(text):
            fault = next(check_line(text, term))
            done = "was shortened" if term == TITLE and len(text) > LONGEST else "was moved"
            said.append(f"{term} '{shortened(text, 40)}' {fault.wrong}: it {done}, and stands in the note")
            yield f"{term}: {text}"


def _is_unfit(text: str) -> bool:
    return bool(text) and any(True for _ in check_line(text, TITLE))
