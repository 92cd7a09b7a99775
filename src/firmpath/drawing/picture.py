"""What is to be drawn: boxes for firmware, arrows for upgrades, and what marks them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, refuse_if_any

MOST_BOXES: Final = 400
"""More boxes than this cannot be read on any sheet, and are refused."""

MOST_ARROWS: Final = 4000
"""More arrows than this cannot be told apart, and are refused."""

_DRAW_INSTEAD = (
    f"at most {MOST_BOXES} boxes and {MOST_ARROWS} arrows can be read; draw the upgrades around one entry, or a "
    "long pathway part by part"
)


class BoxKind(StrEnum):
    """What sort of firmware a box stands for; the value is the word printed in the box."""

    PLAIN = ""
    STEPPING_STONE = "stepping stone"
    DEAD_END = "dead end"
    WITHDRAWN = "withdrawn"
    SILENT = "nobody has said"


class Role(StrEnum):
    """What a box is to the question that is being answered; the value is the word printed in the box."""

    NONE = ""
    ASKED_ABOUT = "asked about"
    INSTALLED = "installed"
    TARGET = "target"
    NOT_REACHED = "target, not reached"
    ON_PATHWAY = "on the pathway"


class ArrowKind(StrEnum):
    """How an upgrade stands: declared, chosen, declared but not to be used, or declared by nobody."""

    DECLARED = "declared"
    PATHWAY = "pathway"
    BARRED = "barred"
    MISSING = "missing"


class Box(NamedTuple):
    """One firmware: its lines of text, and status words printed as small tags beneath them.

    The words of its kind and of its role, where it is installed or the target, are printed as well.
    """

    key: int
    lines: tuple[str, ...]
    kind: BoxKind = BoxKind.PLAIN
    words: tuple[str, ...] = ()
    role: Role = Role.NONE


class Arrow(NamedTuple):
    """One upgrade, from the firmware a Device runs to the firmware it would run."""

    from_key: int
    to_key: int
    kind: ArrowKind = ArrowKind.DECLARED
    label: str = ""


class Picture(NamedTuple):
    """A picture: its title and the lines beneath it, its boxes and its arrows.

    The first line is the one that must not be missed: it is printed in bold.
    """

    title: str
    lines: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def description(self) -> str:
        """The lines as one text, for those who cannot see the picture."""
        return " ".join(self.lines)


def require_drawable(picture: Picture) -> None:
    """Refuse a picture that cannot be drawn, with all its faults at once.

    :raises FirmpathError: too large to read, two boxes with one key, or an arrow to or from no box.
    """
    refuse_if_any(_check_size(picture))
    refuse_if_any(_check_keys(picture))


def _check_size(picture: Picture) -> Iterator[Fault]:
    boxes, arrows = len(picture.boxes), len(picture.arrows)
    if boxes > MOST_BOXES or arrows > MOST_ARROWS:
        yield Fault("Picture", picture.title, f"has {boxes} boxes and {arrows} arrows", _DRAW_INSTEAD)


def _check_keys(picture: Picture) -> Iterator[Fault]:
    keys: set[int] = set()
    for box in picture.boxes:
        if box.key in keys:
            yield Fault("Box", str(box.key), "is in the picture twice", "give each box a key of its own")
        keys.add(box.key)
    for arrow in picture.arrows:
        for key in dict.fromkeys((arrow.from_key, arrow.to_key)):
            if key not in keys:
                where = f"in the arrow from {arrow.from_key} to {arrow.to_key}"
                yield Fault("Box", str(key), "is not in the picture", "add the box or leave out the arrow", where)
