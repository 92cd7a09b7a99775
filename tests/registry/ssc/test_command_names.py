"""`firmpath ssc add-name` and `change-name` against a register that is served: added, renamed, matched, refused."""

import json

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.registry.ssc.test_command import Run, refused, run, served

__all__ = ["run", "served"]


def names(run: Run, kind: str) -> dict[str, dict[str, object]]:
    return {each["name"]: each for each in json.loads(run("names", "--json")[1])[kind]}


def test_names_are_added_renamed_and_matched(run: Run) -> None:
    code, said = run("add-name", "Brook Radio", "--kind", "maker", "--spelling", "Brook")
    assert (code, "The maker 'Brook Radio' has been added." in said) == (ExitCode.YES, True)
    maker = names(run, "makers")["Brook Radio"]
    added = ("add-name", "BrookNet", "--kind", "stack", "--maker", maker["number"], "--rule", "dotted numbers")
    assert run(*added)[0] == ExitCode.YES
    stack = names(run, "stacks")["BrookNet"]
    assert (stack["maker"], stack["rule"]) == (maker["number"], "dotted numbers")
    code, said = run("change-name", stack["number"], "--spelling", "BN", "--because", "they write it so", "--json")
    (changed,) = [each for each in json.loads(said)["stacks"] if each["number"] == stack["number"]]
    assert (code, changed["spellings"], changed["maker"]) == (ExitCode.YES, ["BN"], maker["number"])
    code, said = run("change-name", stack["number"], "--name", "Brook Net 2", "--because", "renamed")
    assert (code, "'Brook Net 2' has been changed." in said) == (ExitCode.YES, True)
    assert names(run, "stacks")["Brook Net 2"]["spellings"] == ["BN"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("add-name",), "ssc 'add-name' needs a NAME"),
        (("add-name", "Tarn"), "Kind is not given; give --kind maker or --kind stack"),
        (("add-name", "Tarn", "--kind", "chip"), "Kind 'chip' is not a kind of name; give --kind maker"),
        (("add-name", "Tarn", "--kind", "stack"), "How versions compare has not been chosen"),
        (("add-name", "Tarn", "--kind", "stack", "--maker", "x"), "Stack maker 'x' is not a number"),
        (("change-name", "x", "--because", "so"), "Number of a name 'x' is not a number; look it up with firmpath"),
        (("change-name", "1", "--name", "Tarn"), "Reason is not given; give it with --because"),
        (("change-name", "1", "--because", "so"), "The change changes nothing; give --name, --spelling, --maker"),
        (("change-name", "999", "--name", "Tarn", "--because", "so"), "Number of a name 999 is not on the list"),
        (("names", "--kind", "maker"), "--kind 'maker' is not used by ssc names"),
    ],
)
def test_what_is_not_clear_is_refused(argv: tuple[str, ...], words: str, run: Run) -> None:
    assert words in " ".join(refused(run, *argv).split())
