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
    "cli/main.py": "names the command, which has the same name",
    "cli/commands/ssc.py": "is the command, and asks a register over HTTP",
    "registry/operations": "copies it as a file it does not look into",
}
"""Who may say `"ssc"`, and why."""

TABLES = re.compile(
    "ssc_(draftstack|stackstatement|looklog|namerevision|vulnerabilityrevision|assessmentstatement"
    "|inventorycount|steeringnotice)",
    re.IGNORECASE,
)

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
    if not is_migration and not is_one_of(path, LOOKS_UP_CONNECTIONS) and _looks_up(tree):
        found.append("looks up a database by its name")
    if any(TABLES.search(text) for text in texts(tree)):
        found.append("names a table of the SSC")
    return found


def _looks_up(tree: ast.Module) -> bool:
    """Whether there is `connections`, but for closing them all, or `.using(…)`, or `using=…`."""
    nodes = list(ast.walk(tree))
    closing = {id(each.value) for each in nodes if isinstance(each, ast.Attribute) and each.attr == "close_all"}
    return any(_is_lookup(each) and id(each) not in closing for each in nodes)


def _is_lookup(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id == "connections"
    if isinstance(node, ast.alias):
        return node.name == "connections" and node.asname is not None
    if isinstance(node, ast.Attribute):
        return node.attr in ("connections", "using")
    return isinstance(node, ast.Call) and any(each.arg in ("using", "database") for each in node.keywords)


@pytest.mark.parametrize("path", outside(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_file_outside_reaches_the_database(path: Path) -> None:
    assert faults_of(path) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('Entry.objects.using("ssc")', "names the alias of the SSC's database"),
        ("from firmpath.registry.routing import SSC", "names the alias of the SSC's database"),
        ("from firmpath.registry.ssc.stacks import queries", "imports the SSC's part"),
        ("import firmpath.registry.ssc.models", "imports the SSC's part"),
        ('import_module("firmpath.registry.ssc.stacks.queries")', "imports the SSC's part"),
        ("from django.db import connections; connections[name]", "looks up a database by its name"),
        ("import django.db; django.db.connections.all()", "looks up a database by its name"),
        ("from django.db import connections as these", "looks up a database by its name"),
        ("Entry.objects.using(name)", "looks up a database by its name"),
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
