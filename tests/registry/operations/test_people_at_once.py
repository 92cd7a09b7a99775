"""Two who change at the same moment who may do what take turns: neither fails, and neither goes by what was."""

import json
import os
import subprocess
from pathlib import Path

from tests.registry.ledger.staging import program
from tests.servers.postgres import Postgres


def test_who_fills_the_part_of_the_ssc_when_another_has_is_told_so(postgres: Postgres, tmp_path: Path) -> None:
    databases = {
        "DATABASE_URL": postgres.create_database(f"filled_{os.getpid()}"),
        "SSC_DATABASE_URL": postgres.create_database(f"filled_ssc_{os.getpid()}", "firmpath_ssc"),
    }
    done = subprocess.run(**program("filled_at_once", tmp_path, databases, beside=__package__), capture_output=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    refused = "What is invented can be written only where nothing is yet, on the example CPL as it is; add what is "
    assert [each.startswith(refused) for each in told["told"]] == [True, True, False]
    assert (told["told"][2], told["vulnerabilities"]) == ("inventory 1", 4)


def test_two_who_change_who_may_do_what_take_turns(postgres: Postgres, tmp_path: Path) -> None:
    databases = {
        "DATABASE_URL": postgres.create_database(f"people_{os.getpid()}"),
        "SSC_DATABASE_URL": postgres.create_database(f"people_ssc_{os.getpid()}", "firmpath_ssc"),
    }
    started = program("people_at_once", tmp_path, databases, beside=__package__)
    done = subprocess.run(**started, capture_output=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {
        "switched off": ["done", "done"],
        "left alone": [
            "Role 'SECAS' would have nobody left who can sign in; invite another person first",
            "done",
        ],
        "joined": [
            "joined: Kim Lee",
            "This link has expired, was withdrawn or was used already; ask SECAS for a new invitation",
        ],
        "role": [
            "joined: Kim Lee",
            "Role 'SSC' is not given to a Party that has people, nor taken from it; make another Party, and invite "
            "them into it",
            "Supplier",
        ],
    }
