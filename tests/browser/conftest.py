"""One register with the example CPL, and people of every role who joined it through its pages."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.checks import Checks
from tests.browser.joining import join_all
from tests.browser.visits import Visits
from tests.servers.browser import Chromium
from tests.servers.register import SERVE, running_register


@pytest.fixture(scope="session")
def visits(
    chromium: Chromium,
    tmp_path_factory: pytest.TempPathFactory,
    fresh_databases: Callable[[], dict[str, str]],
) -> Iterator[Visits]:
    """Sittings at a register in which every page is checked."""
    folder = tmp_path_factory.mktemp("register") / "data"
    command = (*SERVE, "--with-example")
    with running_register(folder, environment=fresh_databases(), command=command) as register:
        yield Visits(chromium, register, join_all(chromium, register), Checks())
