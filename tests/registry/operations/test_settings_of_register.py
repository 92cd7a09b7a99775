"""What the environment says: everything in the document, refused in words, and a key that is made once."""

import re
import stat
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.configuration import read_configuration
from firmpath.registry.operations.secret_key import keep_secret_key

PROJECT = Path(__file__).parents[3]
NAME = re.compile(r"\b(?:FIRMPATH_[A-Z_]+|OIDC_[A-Z_]+|(?:SSC_)?DATABASE_URL|EMAIL_URL)\b")
OF_THE_COMMAND_LINE = {"FIRMPATH_CACHE", "FIRMPATH_CPL", "FIRMPATH_REGISTER", "FIRMPATH_TOKEN"}


class Asked(Mapping[str, str]):
    """An environment that has nothing, and notes what it is asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_the_document_lists_every_variable_and_no_other() -> None:
    text = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    sources = [path.read_text(encoding="utf-8") for path in (PROJECT / "src" / "firmpath").rglob("*.py")]
    read = {name for source in sources for name in NAME.findall(source)} - OF_THE_COMMAND_LINE
    assert set(NAME.findall(table)) == read
    asked = Asked()
    read_configuration(asked)
    assert asked.names <= read


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("FIRMPATH_PUBLIC_URL", "register.example", "'register.example' is not the address of a web site"),
        ("FIRMPATH_PUBLIC_URL", "https://", "write it as https://register.example"),
        ("FIRMPATH_API_CALLS_A_MINUTE", "many", "'many' is not a whole number from 1 to 999999999"),
        ("FIRMPATH_API_CALLS_A_MINUTE", "0", "'0' is not a whole number from 1 to 999999999"),
        ("FIRMPATH_SECONDS_TO_SEND", "9" * 5000, "is not a whole number from 1 to 999999999; write it as 20"),
        ("FIRMPATH_TRUST_PROXY", "yes", "'yes' is neither 1 nor 0"),
        (
            "DATABASE_URL",
            "postgresql://canary",
            "DATABASE_URL is not the address of a database; write postgresql://",
        ),
        (
            "DATABASE_URL",
            "postgresql://user:password@host:x/canary",
            "DATABASE_URL is not the address of a database",
        ),
        ("DATABASE_URL", "postgresql://[canary/n", "DATABASE_URL is not the address of a database"),
        ("SSC_DATABASE_URL", "canary", "SSC_DATABASE_URL is not the address of a database"),
        ("SSC_DATABASE_URL", "sqlite:////data/register.sqlite3", "SSC_DATABASE_URL is the register's database too"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_in_words(name: str, written: str, said: str) -> None:
    environment = {"FIRMPATH_DATA_DIR": "/data", name: written}
    with pytest.raises(FirmpathError) as refused:
        read_configuration(environment)
    assert said in str(refused.value)
    assert "canary" not in str(refused.value)


def test_the_key_is_made_once_however_many_start_at_once(tmp_path: Path) -> None:
    folder, gate = tmp_path / "data", Barrier(16)

    def start(_: int) -> str:
        gate.wait()
        return keep_secret_key("", folder)

    with ThreadPoolExecutor(16) as pool:
        (key,) = set(pool.map(start, range(16)))
    assert len(key) >= 50
    assert [path.name for path in folder.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert keep_secret_key("given", folder) == "given"


def test_a_key_that_is_not_there_or_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(FirmpathError, match="is not one that firmpath made; remove it, and another is made"):
        keep_secret_key("", tmp_path)
    with pytest.raises(FirmpathError, match="cannot be written to: not a directory; set FIRMPATH_DATA_DIR"):
        keep_secret_key("", tmp_path / "secret-key" / "data")
