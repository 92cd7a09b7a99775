"""One place turns an instant into a day, so that all days are those of one country."""

import ast
from collections.abc import Iterator

import pytest

from tests.docs.committed import Text, python_texts

# The one place, and the cells of spreadsheets, which have a day and a time without a zone.
MAY = frozenset({"src/firmpath/pathways/days.py", "src/firmpath/tables/typed_cells.py"})


def days_taken(text: Text, tree: ast.Module) -> Iterator[str]:
    """Yield each place that takes the day off an instant, or writes it, by itself."""
    for found in ast.walk(tree):
        match found:
            case ast.Call(func=ast.Attribute(attr="date" | "today"), args=[], keywords=[]):
                yield f"{text.path}:{found.lineno}: give the day with britains_day()"
            case ast.FormattedValue(value=ast.Attribute(attr=name), format_spec=ast.JoinedStr() as spec):
                written = "".join(str(each.value) for each in spec.values if isinstance(each, ast.Constant))
                if "%d" in written and not written.endswith("Z") and (name == "at" or name.endswith("_at")):
                    yield f"{text.path}:{found.lineno}: write an instant with instant_in_words() or write_instant()"


def test_one_place_turns_instants_into_days() -> None:
    modules = [each for each in python_texts("src/firmpath") if each[0].path not in MAY]
    assert modules
    assert [fault for text, tree in modules for fault in days_taken(text, tree)] == []


@pytest.mark.parametrize(
    "code", ["request.at.date()", "datetime.now(UTC).date()", "date.today()", 'f"{row.sent_at:%Y-%m-%d}"']
)
def test_it_is_seen_in(code: str) -> None:
    assert len(list(days_taken(Text("x.py", code), ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code", ["britains_day(at)", 'f"{row.sent_at:%Y-%m-%dT%H:%M:%SZ}"', 'f"{day:%d %B}"', "table.date(1)"]
)
def test_it_is_not_seen_in(code: str) -> None:
    assert not list(days_taken(Text("x.py", code), ast.parse(code)))
