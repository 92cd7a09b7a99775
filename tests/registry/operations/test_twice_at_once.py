"""What is sent twice at once, as with a button pressed twice, is kept once, and no limit is passed by the rest."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.registry.ledger.staging import program


def test_what_is_sent_many_times_at_once_is_kept_once(
    fresh_databases: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    started = program("twice_at_once", tmp_path, fresh_databases(), beside=__package__)
    done = subprocess.run(**started, capture_output=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["sent"] == 8
    assert told["kept"] == {
        "links": 1,
        "requests": 1,
        "letters": 1,
        "loaded": 1,
        "drafts": 0,
        "tokens": 0,
        "invitations": 1,
        "invented": 1,
    }
    assert told["told"] == [
        "What is invented can be written only where nothing is yet, on the example CPL as it is; add what is "
        "yours, or begin another register with `firmpath serve --with-example`"
    ]
