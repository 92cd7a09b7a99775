"""What can be wrong with the elements of a service request, as faults that name them as people do."""

from collections.abc import Iterator
from typing import Final

from firmpath.images.duis_header import is_schema_version
from firmpath.images.service_request import NAMESPACE
from firmpath.pathways.faults import Fault, shortened

TERM: Final = "Service request"
SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_EVERYWHERE: Final = tuple(
    f"{{http://www.w3.org/2001/XMLSchema-instance}}{each}"
    for each in ("schemaLocation", "noNamespaceSchemaLocation")
)
"""Attributes that say where a schema is to be had, and nothing of the request."""


def own_name(name: str) -> str:
    """Give a name of the DUIS bare, and any other with its namespace, also where that is none."""
    if name.startswith("{"):
        return name.removeprefix(f"{{{NAMESPACE}}}")
    return f"{{}}{name}"


def local(name: str) -> str:
    """Give a name without its namespace."""
    return name.rpartition("}")[2]


def where(path: list[str]) -> str:
    """Say where in a request an element is; a name can be as long as whoever made it likes."""
    return "/".join(shortened(local(each)) for each in path)


def other_root(root: str) -> Fault:
    """Say what a document is that is no request: of another namespace, or another document of the DUIS."""
    if local(root) != "Request":
        wrong = f"begins with the element {shortened(local(root))}, not with Request of the DUIS"
        return Fault(TERM, "", wrong, "give a request, not an answer", quoted=False)
    namespace = root.rpartition("}")[0].removeprefix("{")
    wrong = f"has its Request in {f'the namespace {shortened(namespace)}' if namespace else 'no namespace'}"
    return Fault(TERM, "", wrong, f"that of the DUIS is {NAMESPACE}", quoted=False)


def attributes_not_understood(path: list[str], attributes: dict[str, str]) -> Iterator[Fault]:
    """Yield the attributes of an element of the DUIS that mean nothing known."""
    understood = ("schemaVersion", *_EVERYWHERE) if len(path) == 1 else _EVERYWHERE
    for each in attributes:
        if each not in understood:
            yield Fault("Attribute", each, "is not understood", "leave it out", f"in {where(path)}")


def misplaced(path: list[str]) -> Fault:
    """Say that an element has no place where it is."""
    return Fault(
        "Element", local(path[-1]), "has no place here", "give it as in the DUIS", f"in {where(path[:-1])}"
    )


def too_long(field: str, characters: int) -> Fault:
    """Say that a field is longer than any can be meant."""
    return Fault(local(field), "", f"has {characters:,} characters", "is it the right file?", quoted=False)


def faults_of_version(written: str) -> Iterator[Fault]:
    """Yield what is wrong with a schemaVersion."""
    right = 'write it as in "5.4"'
    if not written:
        yield Fault("schemaVersion", "", "is not given", right, quoted=False)
    elif not is_schema_version(written):
        yield Fault("schemaVersion", written, "is not a version", right)
