"""Pictures to draw: some made by hand, some by hypothesis."""

from hypothesis import strategies as st

from firmpath.drawing.picture import Arrow, ArrowKind, Box, BoxKind, Picture, Role

D, P, X, M = ArrowKind.DECLARED, ArrowKind.PATHWAY, ArrowKind.BARRED, ArrowKind.MISSING


def box(key: int, kind: BoxKind = BoxKind.PLAIN, role: Role = Role.NONE, words: tuple[str, ...] = ()) -> Box:
    return Box(key, (f"Entry {key}", f"{0x38040000 + key:08X}"), kind, words, role)


def picture(*arrows: Arrow, boxes: int = 0, title: str = "Northgrid ESME 0005") -> Picture:
    """Boxes 1 to `boxes`, and those the arrows name."""
    keys = {*range(1, boxes + 1), *(a.from_key for a in arrows), *(a.to_key for a in arrows)}
    return Picture(title, (), tuple(box(key) for key in sorted(keys)), arrows)


def chain(length: int) -> Picture:
    return picture(*(Arrow(key, key + 1) for key in range(1, length)), boxes=length)


EVERYTHING = Picture(
    "Pathway from 311 to 498",
    ("Two stepping stones, 402 and 410, lie on the way.",),
    (
        box(311, role=Role.INSTALLED),
        box(312),
        box(402, BoxKind.STEPPING_STONE, Role.ON_PATHWAY),
        box(406, BoxKind.WITHDRAWN),
        box(410, BoxKind.STEPPING_STONE, Role.ON_PATHWAY),
        box(420, BoxKind.DEAD_END),
        box(431, BoxKind.SILENT),
        box(498, role=Role.TARGET, words=("newest",)),
    ),
    (
        Arrow(311, 312),
        Arrow(312, 402),
        Arrow(311, 402, P),
        Arrow(402, 406, X, "withdrawn"),
        Arrow(406, 410),
        Arrow(402, 410, P),
        Arrow(410, 420),
        Arrow(410, 498, P),
        Arrow(410, 431, M),
        Arrow(431, 498),
    ),
)

_LABELS = st.sampled_from(("", "", "", "notice N-17"))


@st.composite
def pictures(draw: st.DrawFn, most_boxes: int = 24, cycles: bool = True) -> Picture:
    """Graphs of every sort: sparse and dense, with cycles, loops and several components."""
    count = draw(st.integers(1, most_boxes))
    keys = st.integers(1, count)
    pairs = draw(st.lists(st.tuples(keys, keys), max_size=2 * count))
    if not cycles:
        pairs = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    boxes = tuple(
        box(key, draw(st.sampled_from(BoxKind)), draw(st.sampled_from(Role))) for key in range(1, count + 1)
    )
    arrows = tuple(Arrow(*pair, draw(st.sampled_from(ArrowKind)), draw(_LABELS)) for pair in pairs)
    return Picture("Northgrid ESME 0005", (), boxes, arrows)
