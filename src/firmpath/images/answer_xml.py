"""Messages in XML, as parts."""

import re
from typing import Final

from firmpath.images.answer_parts import MESSAGES, NAMES, OTHER_NAMES, READ, TERM, Part, local_name
from firmpath.images.xml_streaming import as_octets, stream_xml
from firmpath.pathways.faults import Fault, FirmpathError

_MOST_DOCUMENTS: Final = 1_000
_BEGINS: Final = re.compile(r"(?=<\?xml\s)")
_NO_ATTRIBUTES: Final = frozenset(each.casefold() for each in (*NAMES, *OTHER_NAMES, "Status"))
"""Fields of a Device: one that is passed over could be a status by which the Device is in use no longer."""


def parts_of_xml(text: str) -> Part:
    """Give the documents of a text, each of which but the first begins with an XML declaration, in one part.

    Cost: linear in the text.
    :raises FirmpathError: one is not XML that can be read, or a field has elements in its text.
    """
    content = _Content()
    documents = list(filter(str.strip, _BEGINS.split(text)))
    if len(documents) > _MOST_DOCUMENTS:
        wrong, right = f"has more than {_MOST_DOCUMENTS:,} documents in it", "give fewer at once"
        raise FirmpathError(Fault(TERM, "", wrong, right, quoted=False))
    for document in documents:
        stream_xml([as_octets(document.strip())], content, TERM)
    return content.whole


class _Content:
    """Gathers elements into parts; what is not read and has nothing in it that is, is left out."""

    def __init__(self) -> None:
        self.whole = Part("", "", [])
        self._open = [self.whole]
        self._texts: list[list[str]] = [[]]
        self._has_elements = [False]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element.

        :raises FirmpathError: an attribute has the name of what is read: no source says what it would mean there.
        """
        for each in attributes:
            if local_name(each).casefold() in _NO_ATTRIBUTES:
                right = "give the answer as it came: what is read stands in elements of their own"
                raise FirmpathError(Fault("Attribute", each, f"is not understood, in {local_name(name)}", right))
        self._has_elements[-1] = True
        self._has_elements.append(False)
        self._open.append(Part(local_name(name), "", []))
        self._texts.append([])

    def data(self, text: str) -> None:
        """Take a part of a text."""
        if self._open[-1].name in READ:
            self._texts[-1].append(text)

    def end(self, name: str) -> None:
        """Take the end of an element.

        :raises FirmpathError: it has elements in its text, so its value is not the text on either side of them.
        """
        part, text = self._open.pop(), "".join(self._texts.pop()).strip()
        if self._has_elements.pop() and text:
            raise FirmpathError(Fault(part.name, text, "has elements in its text", "give the answer as it came"))
        if part.parts or part.name in READ or part.name in MESSAGES:
            self._open[-1].parts.append(part._replace(text=text))
