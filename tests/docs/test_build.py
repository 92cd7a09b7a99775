"""The lock, the Makefile and the notices agree with pyproject.toml and with each other."""

import re
import tomllib
from collections.abc import Iterable

import pytest

from tests.docs.committed import PROJECT

LOCKS = ("requirements.lock", "requirements-cluster.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_nothing_but_releases_hashes_and_comments(name: str) -> None:
    lock = (PROJECT / name).read_text(encoding="utf-8")
    pin = r"[a-z0-9][a-z0-9-]*==[\w.]+(?: ; [\w .\"'<>=]+)? \\"
    pin_hash = r"    --hash=sha256:[0-9a-f]{64}(?: \\)?"
    shape = re.compile(rf"{pin}|{pin_hash}| *#.*|")
    assert [line for line in lock.splitlines() if not shape.fullmatch(line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    lock = (PROJECT / name).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z0-9])", lock)[1:]
    assert len(pins) == len(_pinned(name))
    assert [pin.splitlines()[0] for pin in pins if "--hash=" not in pin] == []


def test_lock_pins_everything_the_project_asks_for() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["fleet"],
        *project["project"]["optional-dependencies"]["test"],
    ]
    assert _names(asked) - _pinned() == set()
    assert _names(project["project"]["optional-dependencies"]["cluster"]) <= _pinned("requirements-cluster.lock")


def test_notices_name_everything_the_lock_pins() -> None:
    notices = (PROJECT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8").lower()
    named = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", notices))
    assert _pinned().union(*map(_pinned, LOCKS)) - named == set()


def test_make_help_says_what_every_target_does() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.* ## \S", makefile, re.MULTILINE)
    assert sorted(phony.split()) == sorted(explained)


def test_contributing_names_every_folder() -> None:
    contributing = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    homes = (PROJECT / "src" / "firmpath", PROJECT / "tests")
    folders = [
        f"{folder.relative_to(PROJECT).as_posix()}/"
        for home in homes
        for folder in sorted(home.iterdir())
        if folder.is_dir() and folder.name != "__pycache__" and any(folder.glob("*.*"))
    ]
    assert folders
    assert [folder for folder in folders if f"`{folder}`" not in contributing] == []


def _names(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[<>=!~ \[;]", requirement)[0] for requirement in requirements}


def _pinned(name: str = LOCKS[0]) -> set[str]:
    lock = (PROJECT / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9][a-z0-9-]*)==", lock, re.MULTILINE))
