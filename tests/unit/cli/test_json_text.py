"""JSON that is written in pieces is that of `json.dumps`, and what stands at many places is written once."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from firmpath.cli.json_text import json_pieces

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
        # What stands there is one object, at several places and depths.
        | inner.map(lambda each: [each, each])
        | inner.map(lambda each: {"a": each, "b": [each, {"c": each}]})
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_the_text_is_that_of_json(value: dict[str, Any]) -> None:
    assert "".join(json_pieces(value)) == json.dumps(value, indent=2, ensure_ascii=False)
    assert "".join(json_pieces(value, escaped=True)) == json.dumps(value, indent=2)


def test_names_that_are_no_text_are_written_as_json_writes_them() -> None:
    value: dict[Any, Any] = {2: {}, None: [], True: (), 1.5: "a"}
    assert "".join(json_pieces(value)) == json.dumps(value, indent=2)


def test_an_object_at_many_places_is_one_piece() -> None:
    shared = {"steps": [1, 2, 3]}
    pieces = json_pieces({"devices": [{"id": at, "pathway": shared} for at in range(5)]})
    found = [each for each in pieces if "steps" in each]
    assert len(found) == 5
    assert len({id(each) for each in found}) == 1
