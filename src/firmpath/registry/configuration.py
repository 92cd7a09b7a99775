"""What the environment says about this register, parsed once; refused in words where it cannot be meant."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from firmpath.pathways.faults import Fault, FirmpathError

_LONGEST_WAIT: Final = 30
"""Seconds for which a writer waits for another before it gives up."""

_PATIENCE: Final = {"connect_timeout": "5", "options": f"-c lock_timeout={_LONGEST_WAIT}s"}
"""How long PostgreSQL is waited for, unless the address says otherwise."""


class Configuration(NamedTuple):
    """Where this register keeps its data, how it is reached, and who vouches for people."""

    data_dir: Path
    database: dict[str, Any]
    ssc_database: dict[str, Any]
    public_url: str
    hosts: tuple[str, ...]
    email_url: str
    oidc: dict[str, str]
    trusts_proxy: bool
    api_calls_a_minute: int
    seconds_to_send: int

    @property
    def is_https(self) -> bool:
        """Whether people reach it by https, so that cookies may be kept to it."""
        return self.public_url.startswith("https://")


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """Read the variables that `docs/operations.md` lists.

    :raises FirmpathError: one of them cannot be meant.
    """
    data_dir = Path(environment.get("FIRMPATH_DATA_DIR") or "firmpath-data").absolute()
    public_url = (environment.get("FIRMPATH_PUBLIC_URL") or "http://127.0.0.1:8000").rstrip("/")
    host = urlsplit(public_url).hostname
    if not public_url.startswith(("http://", "https://")) or not host:
        wrong, right = "is not the address of a web site", "write it as https://register.example"
        raise FirmpathError(Fault("FIRMPATH_PUBLIC_URL", public_url, wrong, right))
    database, ssc_database = _read_databases(environment, data_dir)
    named = (each.strip() for each in environment.get("FIRMPATH_HOSTS", "").split(","))
    return Configuration(
        data_dir,
        database,
        ssc_database,
        public_url,
        tuple(dict.fromkeys((host, "127.0.0.1", "localhost", *filter(None, named)))),
        environment.get("EMAIL_URL", ""),
        {name: environment[name] for name in _OIDC if environment.get(name)},
        _read_whether("FIRMPATH_TRUST_PROXY", environment.get("FIRMPATH_TRUST_PROXY", "")),
        _read_count(environment, "FIRMPATH_API_CALLS_A_MINUTE", 1200),
        _read_count(environment, "FIRMPATH_SECONDS_TO_SEND", 20),
    )


_OIDC: Final = ("OIDC_NAME", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def parse_database_url(name: str, url: str, default: Path) -> dict[str, Any]:
    """Give Django's settings for `postgresql://user:password@host:5432/name`, or for SQLite where there is none.

    The address is never repeated in a refusal, since it may hold a password.

    :raises FirmpathError: another kind of address.
    """
    if not url:
        return _sqlite(default)
    wrong = "is not the address of a database"
    right = "write postgresql://user:password@host:5432/name, or sqlite:///path/to/file"
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        raise FirmpathError(Fault(name, "", wrong, right, quoted=False)) from None
    if parts.scheme == "sqlite" and parts.path:
        return _sqlite(Path("/" + unquote(parts.path).lstrip("/")))
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise FirmpathError(Fault(name, "", wrong, right, quoted=False))
    options = {**_PATIENCE, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _read_databases(environment: Mapping[str, str], data_dir: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    first, second = "DATABASE_URL", "SSC_DATABASE_URL"
    ours = parse_database_url(first, environment.get(first, ""), data_dir / "register.sqlite3")
    of_the_ssc = parse_database_url(second, environment.get(second, ""), data_dir / "ssc.sqlite3")
    if all(ours.get(part) == of_the_ssc.get(part) for part in ("ENGINE", "NAME", "HOST", "PORT")):
        wrong, right = "is the register's database too", "give the SSC a database of its own"
        raise FirmpathError(Fault(second, "", wrong, right, quoted=False))
    return ours, of_the_ssc


def _read_whether(name: str, written: str) -> bool:
    if written not in ("", "0", "1"):
        raise FirmpathError(Fault(name, written, "is neither 1 nor 0", "write it as 1, or leave it out"))
    return written == "1"


def _read_count(environment: Mapping[str, str], name: str, usual: int) -> int:
    written = environment.get(name) or str(usual)
    if written.isascii() and written.isdecimal() and 0 < int(written[:12]) < 10**9:
        return int(written)
    raise FirmpathError(Fault(name, written, "is not a whole number from 1 to 999999999", f"write it as {usual}"))


def _sqlite(path: Path) -> dict[str, Any]:
    """A writer takes the lock when it begins, so that two never find out in the middle that they cannot both."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"timeout": _LONGEST_WAIT, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
    }
