"""Nothing is committed that is secret, private to one machine, or about how the work was done."""

import re
from collections.abc import Iterator

import pytest

from tests.docs.committed import Text, committed_texts

# Hosts that a committed file may point at: namespaces, and names that are reserved for examples. Sources are
# cited by title and clause.
HOSTS = re.compile(
    r"www\.w3\.org|www\.dccinterface\.co\.uk|openvex\.dev|schemas\.openxmlformats\.org|jsonfeed\.org|testserver|localhost|127(?:\.0\.0\.1)?"
    r"|(?:[\w-]+\.)*(?:example|example\.(?:com|net|org)|test|invalid)"
)
ADDRESS = re.compile(r"\b(?:https?|ftp|ssh|git|file|wss?)://(?P<host>[\w.-]+|/)")

# What is installed is named by release and hash; where from is for each machine's own settings.
BUILD_FILES = ("pyproject.toml", "requirements.lock", "requirements-cluster.lock", "Makefile", ".ci/run")
WITHOUT_HOSTS = (*BUILD_FILES, "deploy/Containerfile")
BARE_HOST = re.compile(r"\b[\w-]+\.(?:org|com|net|io|dev)\b")

# In brackets, so that no pattern finds itself.
FORBIDDEN = {
    "a private key": re.compile(r"-----BEGIN[ ][A-Z ]*PRIVATE KEY"),
    "an access key": re.compile(r"\b(?:AKI[A][0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[A-Za-z0-9-]{10,})"),
    "a password in an address": re.compile(
        r"[:]//(?!user:(?:password|pw)@)[^\s/:@?\"']+:[^\s/@?\"']+@(?![\w.-]*\.example\b)"
    ),
    "a path of one machine": re.compile(r"(?<![\w.*}])/(?:wor[k]|tm[p]|roo[t]|hom[e]|User[s]|op[t]|mn[t])/\w"),
    "how the work was organised": re.compile(
        r"(?i)\b(?:earlier|coding|working|last|next) sess[i]on|\bissue ?#\d|co-authored-b[y]"
    ),
}


def forbidden_text(text: Text) -> Iterator[str]:
    """Yield each place of a committed file that must not be in it, without repeating what it says."""
    for what, pattern in FORBIDDEN.items():
        for found in pattern.finditer(text.text):
            yield f"{text.line_of(found.start())}: {what}"
    for found in ADDRESS.finditer(text.text):
        if not HOSTS.fullmatch(found["host"]):
            yield f"{text.line_of(found.start())}: an address at {found['host']!r}"
    if text.path in WITHOUT_HOSTS:
        for found in BARE_HOST.finditer(text.text):
            yield f"{text.line_of(found.start())}: the host {found[0]!r}"


def test_nothing_forbidden_is_committed() -> None:
    texts = committed_texts()
    assert {"Makefile", "pyproject.toml", "requirements.lock"} <= {text.path for text in texts}
    assert [fault for text in texts for fault in forbidden_text(text)] == []


def test_build_files_have_no_address_at_all() -> None:
    assert [text.path for text in committed_texts() if text.path in BUILD_FILES and "://" in text.text] == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.md", "-----BEGIN" + " RSA PRIVATE KEY-----"),
        ("a.py", "key = 'AKI" + "A0123456789ABCDEF'"),
        ("a.py", "token = 'gh" + "p_" + "a1" * 18 + "'"),
        ("a.md", "see /wor" + "k/main"),
        ("a.py", "open('/tm" + "p/x')"),
        ("a.md", "found in an earlier sess" + "ion"),
        ("a.md", "see issue " + "#12"),
        ("a.md", "https:/" + "/files.registry.org/simple"),
        ("a.md", "file:/" + "//simple"),
        ("Makefile", "fetch registry" + ".org"),
        ("deploy/Containerfile", "FROM registry" + ".io/python"),
    ],
)
def test_forbidden_text_is_seen_in(path: str, line: str) -> None:
    (fault,) = forbidden_text(Text(path, f"first\n{line}\n"))
    assert fault.startswith(f"{path}:2: ")


@pytest.mark.parametrize(
    "line",
    [
        'xmlns="http://www.w3.org/2000/svg"',
        "https://firmware.umbra.example/notes",
        '@pytest.fixture(scope="session")',
        "the certificate at issue; obsession; #12",
        "people are signed in with a session; postgresql://user:password@host:5432/name",
        "tests/work/x, ../shared/data and {home}/x",
    ],
)
def test_forbidden_text_is_not_seen_in(line: str) -> None:
    assert list(forbidden_text(Text("a.md", line))) == []
