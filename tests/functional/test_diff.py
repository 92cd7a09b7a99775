"""`firmpath diff`: two days of a CPL, two CPLs, or what was known then and now."""

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.notation import ON

WITHDRAWN = "1 <- 2 <- 3; 3 withdrawn=2025-03-01"
THREE = 'CPL entry 3 (firmware 00000003, "v3")'


def test_two_days_of_one_cpl(firmpath: Firmpath, register: Register) -> None:
    printed = firmpath("diff", "2025-02-28", "2025-03-01", "--cpl", register(WITHDRAWN))
    assert printed.code == ExitCode.NO
    assert printed.lines == [
        "2 pathways lost.",
        "1 entry withdrawn: 3 (00000003).",
        'CPL entry 2 (firmware 00000002, "v2") lost its only way out.',
        f"{THREE} can no longer come to the newest firmware of its model.",
        f"{THREE} can no longer be reached from 1 (00000001) and 2 (00000002).",
    ]


def test_the_other_way_round_is_a_gain(firmpath: Firmpath, register: Register) -> None:
    printed = firmpath("diff", "2025-03-01", "2025-02-28", "--cpl", register(WITHDRAWN), "--json")
    assert (printed.code, printed.json["answer"]) == (ExitCode.YES, "changed")
    assert (printed.json["before"], printed.json["after"]) == ("2025-03-01", "2025-02-28")
    assert printed.json["reinstated"] == [3]
    assert [(each["from"], each["to"]) for each in printed.json["gained"]] == [(1, 3), (2, 3)]


def test_two_files(firmpath: Firmpath, register: Register) -> None:
    old, new = register("1 <- 2 <- 3; 1 <- 3", "old.register"), register("1 <- 2 <- 3", "new.register")
    printed = firmpath("diff", old, new, "--on", ON)
    assert printed.code == ExitCode.NO
    assert printed.lines == [
        "1 pathway lengthened.",
        "1 entry with other facts stated: 3 (00000003).",
        f"{THREE} takes more activations from 1 (00000001): 2 activations, before 1.",
    ]


def test_a_file_and_a_day(firmpath: Firmpath, register: Register) -> None:
    old, new = register("1 <- 2", "old.register"), register("1 <- 2 <- 3", "new.register")
    printed = firmpath("diff", old, ON, "--cpl", new, "--on", ON, "--json")
    assert (printed.json["answer"], printed.json["listed"]) == ("changed", [3])


def test_what_would_not_be_used_is_refused(firmpath: Firmpath, register: Register) -> None:
    cpl = register("1 <- 2")
    days = firmpath("diff", "2025-01-01", ON, "--cpl", cpl, "--on", ON)
    assert (days.code, days.err) == (
        ExitCode.REFUSED,
        f"firmpath: Day '{ON}' is given, but OLD and NEW are days themselves; leave out --on\n",
    )
    files = firmpath("diff", cpl, cpl, "--cpl", "other.register")
    assert (files.code, files.err) == (
        ExitCode.REFUSED,
        "firmpath: CPL 'other.register' is given, but OLD and NEW are files; leave out --cpl\n",
    )


def test_nothing_changes(firmpath: Firmpath, register: Register) -> None:
    printed = firmpath("diff", ON, ON, "--cpl", register("1 <- 2"))
    assert (printed.code, printed.out) == (ExitCode.YES, "Nothing changes.\n")


def test_what_was_known_then_and_now(firmpath: Firmpath, register: Register) -> None:
    printed = firmpath("diff", ON, ON, "--cpl", register("1 <- 2"), "--known-at", "2025-12-31", "--json")
    assert printed.json["listed"] == [1, 2]


def test_days_without_a_cpl_are_refused(firmpath: Firmpath) -> None:
    printed = firmpath("diff", "2025-01-01", "2026-01-01")
    assert printed.code == ExitCode.REFUSED
    assert printed.err == "firmpath: CPL is not given; add --cpl FILE, or set FIRMPATH_CPL\n"


def test_days_that_are_none_are_refused_together(firmpath: Firmpath, register: Register) -> None:
    printed = firmpath("diff", "2025-02-30", "2026-13-01", "--cpl", register("1"))
    assert printed.err.splitlines()[:2] == [
        "firmpath: Day '2025-02-30' is not a date; write it as 2026-01-31",
        "firmpath: Day '2026-13-01' is not a date; write it as 2026-01-31",
    ]


def test_faults_name_their_file(firmpath: Firmpath, register: Register) -> None:
    good, bad = register("1", "good.register"), register("1", "bad.register")
    bad.write_text(bad.read_text(encoding="utf-8").replace("ESME", "Esme"), encoding="utf-8")
    assert f"in line 2 of {bad}" in firmpath("diff", good, bad).err
