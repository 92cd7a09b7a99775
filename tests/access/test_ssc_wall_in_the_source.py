"""Nothing in the source outside `registry/ssc` can reach the SSC's database: read off the source itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

SOURCE = PROJECT / "src" / "firmpath"
OWN = SOURCE / "registry" / "ssc"

NAMES_THE_ALIAS = {
    "registry/routing.py": "sends models to it",
    "registry/settings.py": "says where it is",
    "registry/web/places.py": "names the page in the navigation, which has the same name",
    "registry/operations": "copies it as a file it does not look into",
}
"""Who may say `"ssc"`, and why."""

TABLES = re.compile("ssc_(draftstack|stackstatement|looklog)", re.IGNORECASE)

IMPORTS_THE_PAGES = {"registry/urls.py": "includes the addresses of its pages"}
LOOKS_UP_CONNECTIONS = {"registry/operations": "backs up and restores both databases, whole"}


def outside() -> list[Path]:
    return sorted(each for each in SOURCE.rglob("*.py") if OWN not in each.parents)


def is_one_of(path: Path, allowed: dict[str, str]) -> bool:
    place = path.relative_to(SOURCE).as_posix()
    return any(place == each or place.startswith(f"{each}/") for each in allowed)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for each in ast.walk(tree):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            yield from (f"{each.module}.{alias.name}" for alias in each.names)


def texts(tree: ast.Module) -> Iterator[str]:
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def faults_of(path: Path) -> list[str]:
    """Say how a file outside could reach the database."""
    tree = tree_of(path)
    names = set(imported(tree))
    found = []
    if not is_one_of(path, NAMES_THE_ALIAS) and (
        "ssc" in set(texts(tree)) or "firmpath.registry.routing.SSC" in names
    ):
        found.append("names the alias of the SSC's database")
    in_texts = any(text.startswith("firmpath.registry.ssc") for text in texts(tree))
    in_imports = any(name.startswith("firmpath.registry.ssc") for name in names)
    is_settings = path == SOURCE / "registry" / "settings.py"  # which lists every application
    if in_imports or (in_texts and not is_one_of(path, IMPORTS_THE_PAGES) and not is_settings):
        found.append("imports the SSC's part")
    is_migration = "migrations" in path.parts  # the router lets those of others run on their own database alone
    if (
        not is_migration
        and not is_one_of(path, LOOKS_UP_CONNECTIONS)
        and any(_looks_up(each) for each in ast.walk(tree))
    ):
        found.append("looks up a database by its name")
    if any(TABLES.search(text) for text in texts(tree)):
        found.append("names a table of the SSC")
    return found


def _looks_up(node: ast.AST) -> bool:
    """Whether it is `connections[…]`, `connections.all()`, `.using(…)`, or `using=…`."""
    if isinstance(node, ast.ImportFrom) and node.module == "django.db":
        return any(alias.name == "connections" for alias in node.names)
    if isinstance(node, ast.Call):
        is_using = isinstance(node.func, ast.Attribute) and node.func.attr == "using"
        return is_using or any(keyword.arg in ("using", "database") for keyword in node.keywords)
    return False


@pytest.mark.parametrize("path", outside(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_file_outside_reaches_the_database(path: Path) -> None:
    assert faults_of(path) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('Entry.objects.using("ssc")', "names the alias of the SSC's database"),
        ("from firmpath.registry.routing import SSC", "names the alias of the SSC's database"),
        ("from firmpath.registry.ssc import queries", "imports the SSC's part"),
        ("import firmpath.registry.ssc.models", "imports the SSC's part"),
        ('import_module("firmpath.registry.ssc.queries")', "imports the SSC's part"),
        ("from django.db import connections", "looks up a database by its name"),
        ("transaction.atomic(using=name)", "looks up a database by its name"),
        ('cursor.execute("ssc_stackstatement")', "names a table of the SSC"),
    ],
)
def test_the_test_sees_what_it_looks_for(
    line: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.SOURCE", tmp_path)
    file = tmp_path / "anywhere.py"
    file.write_text(line, encoding="utf-8")
    assert fault in faults_of(file)


def test_no_template_outside_asks_for_the_ssc() -> None:
    templates = [each for each in SOURCE.rglob("*.html") if OWN not in each.parents]
    assert templates
    named = [each.name for each in templates if "ssc/" in each.read_text(encoding="utf-8")]
    assert named == []


def test_the_slot_takes_and_never_gives() -> None:
    """What the other side can call has no way to give anything back."""
    slot = next(
        each
        for each in tree_of(SOURCE / "registry" / "submissions" / "sealed.py").body
        if isinstance(each, ast.ClassDef) and each.name == "Slot"
    )
    methods = {
        each.name: ast.unparse(each.returns)
        for each in slot.body
        if isinstance(each, ast.FunctionDef) and each.returns
    }
    assert methods == {"put": "None", "put_all": "None", "discard": "None"}
