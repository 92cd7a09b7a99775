"""What a phone fetches for a page: the page and every file it names, in bytes on the wire."""

import re
from collections.abc import Iterator
from typing import Final

from benchmarks.measuring import Figure, Spread
from benchmarks.served.register import Served, prepare, serving
from benchmarks.settings import Settings

NAME = "page-weight"
LIMITS_KB: Final = {"the first page": 40.0, "the page of an entry": 40.0, "the list of entries": 50.0}
_PATHS: Final = {"the first page": "/", "the page of an entry": "/cpl/101/", "the list of entries": "/cpl/"}
_ENTRIES: Final = 5_000
_FILE: Final = re.compile(rb'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"')


def measure(settings: Settings) -> Iterator[Figure]:
    """Fetch as somebody who was never here before; browsers keep all but the page itself."""
    folder = settings.material.folder / "served-pages"
    token = prepare(folder, settings.material.register(min(_ENTRIES, settings.fewer_entries)))
    with serving(folder, token) as served:
        for name, path in _PATHS.items():
            page = _fetch(served, path, "identity").partition(b"\r\n\r\n")[2]
            files = {file.decode() for file in _FILE.findall(page)}
            weights = [len(_fetch(served, each)) / 1000 for each in (path, *sorted(files))]
            what, total = f"{name} and the {len(files)} files it names", sum(weights)
            alone = f"the page alone: {weights[0]:.1f} kB"
            yield Figure(NAME, what, alone, Spread(total, total, total), (0.0, 0.0), LIMITS_KB[name], "kB")


def _fetch(served: Served, path: str, encoding: str = "gzip, br") -> bytes:
    caller = served.connect()
    try:
        return caller.ask(served.request(path, more=f"Accept-Encoding: {encoding}"))
    finally:
        caller.close()
