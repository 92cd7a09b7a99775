"""How a person names an entry, and what a Catalogue makes of it."""

from datetime import date

import pytest

from firmpath.pathways.answers import CandidatesAgree, CandidatesDisagree, NotOnTheCPL, Pathway, SeveralTargets
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerID, ManufacturerImageHash
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import (
    ByHash,
    ByID,
    ByModelAndVersion,
    Newest,
    find_candidates,
    parse_reference,
    parse_target,
    require_one,
)
from tests.notation import ON, catalogue, statements

TWINS = "1 version=0000000A ; 2 version=0000000A ; 1 <- 3 ; 2 <- 4 ; 5 hash=3 ; 6 listed=2030-01-01"
BY_VERSION = "F001/00050203@0000000A"


def test_three_ways_to_name_an_entry() -> None:
    assert parse_reference(" 311 ") == ByID(CPLEntryID(311))
    assert parse_reference("ab" * 32) == ByHash(ManufacturerImageHash("AB" * 32))
    expected = ByModelAndVersion(ManufacturerID("F001"), "0005020A", FirmwareVersion("0002012F"))
    for written in (
        "f001 / 0005020a @ 0002012f",
        "F001, 0005020A, 0002012F",
        "F001;0005020A;0002012F ",
        "\tf001  0005020a\t0002012f",
    ):
        assert parse_reference(written) == expected
    assert parse_target("NEWEST ") == Newest()
    assert parse_target("311") == ByID(CPLEntryID(311))


def test_sixty_four_digits_are_a_hash_and_no_entry_id() -> None:
    assert parse_reference("1" * 64) == ByHash(ManufacturerImageHash("1" * 64))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "CPL Entry ID '0' is not a positive whole number; write it as in 311"),
        ("²", "CPL Entry ID '²' is not a positive whole number; write it as in 311"),
        ("A" * 63, f"Manufacturer Image hash '{'A' * 63}' is not 64 hex digits (it has 63 characters)"),
        (
            "meter",
            "Entry 'meter' is not a way to name one; give a CPL Entry ID (311), a Manufacturer Image hash "
            "(64 hex digits), or manufacturer/model@version (1063/00050203@38040404)",
        ),
        (
            "3804abcd",
            "Firmware version '3804abcd' does not name an entry by itself; give manufacturer and model as well, "
            "as in 1063/00050203@3804ABCD",
        ),
        (
            " 02-00-00-00-00-00-00-0a",
            "Device ID '02-00-00-00-00-00-00-0a' says which Device it is, not what it runs; read its inventory "
            "(service request 8.2), and give that answer, or what that says it runs",
        ),
        (
            "020000000000000A",
            "Device ID '020000000000000A' says which Device it is, not what it runs; read it",
        ),
        ("0005, 0005020A", "Entry '0005, 0005020A' is not a way to name one; give a CPL Entry ID (311), a Manufac"),
        ("F001,,0002012F", "Entry 'F001,,0002012F' is not a way to name one; give a CPL Entry ID (311), a Manufac"),
        (
            "F01, 0005020, x",
            "Manufacturer identifier 'F01' is not 4 hex digits (it has 3 characters)\n"
            "Model '0005020' is not 8 hex digits (it has 7 characters)\n"
            "Firmware version 'x' is not 8 hex digits (it has 1 character)",
        ),
        (
            "F01/0005020@x",
            "Manufacturer identifier 'F01' is not 4 hex digits (it has 3 characters)\n"
            "Model '0005020' is not 8 hex digits (it has 7 characters)\n"
            "Firmware version 'x' is not 8 hex digits (it has 1 character)",
        ),
    ],
)
def test_what_is_refused_and_in_which_words(text: str, expected: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_reference(text)
    assert str(refused.value).startswith(expected)


def test_every_candidate_is_found() -> None:
    listed = catalogue(TWINS)
    assert find_candidates(listed, parse_reference("3")) == (3,)
    assert find_candidates(listed, parse_reference("9")) == ()
    assert find_candidates(listed, parse_reference(BY_VERSION)) == (1, 2)
    assert find_candidates(listed, parse_reference("3".rjust(64, "0"))) == (3, 5)
    assert find_candidates(listed, parse_reference("F001/00050204@0000000A")) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", "CPL entry 9 is not on this CPL as at 1 June 2026; check it, or ask for a newer CPL"),
        (
            "38040404",
            "CPL entry 38040404 is not on this CPL as at 1 June 2026; if it is a firmware version, give "
            "manufacturer and model as well, as in 1063/00050203@38040404",
        ),
        ("6", "CPL entry 6 is listed from 1 January 2030, after 1 June 2026"),
        (
            BY_VERSION,
            "Firmware version 0000000A of F001/00050203 is on the CPL twice, with different hashes "
            "(CPL entries 1 and 2); give the CPL Entry ID or the hash",
        ),
        (
            "3".rjust(64, "0"),
            "Manufacturer Image hash 00000000… is on the CPL twice (CPL entries 3 and 5); give the CPL Entry ID",
        ),
    ],
)
def test_one_entry_is_required(text: str, expected: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        require_one(catalogue(TWINS), parse_reference(text))
    assert str(refused.value) == expected
    assert require_one(catalogue(TWINS), parse_reference("5")) == 5


def test_candidates_are_answered_together_and_safe_only_if_all_agree() -> None:
    same = catalogue("1 version=0000000A ; 2 version=0000000A ; 1, 2 <- 3")
    agreed = ask(same, parse_reference(BY_VERSION), parse_target("3"))
    assert isinstance(agreed, CandidatesAgree)
    assert agreed.kind == "pathway"
    assert [each.steps for each in agreed.answers if isinstance(each, Pathway)] == [(1, 3), (2, 3)]
    other = ask(catalogue(TWINS), parse_reference(BY_VERSION), parse_target("3"))
    assert isinstance(other, CandidatesDisagree)
    assert [each.kind for each in other.answers] == ["pathway", "no_pathway_declared"]


@pytest.mark.parametrize("warned", ["1", "2", "any"])
def test_what_holds_for_all_candidates_ends_with_the_first_that_ends(warned: str) -> None:
    said = statements(f"1 version=0000000A ; 2 version=0000000A ; 1, 2 <- 3 ; notice N1: {warned} -> 3")
    said[-1] = said[-1]._replace(effective_from=date(2026, 7, 1))
    agreed = ask(fold(said, ON), parse_reference(BY_VERSION), parse_target("3"))
    assert isinstance(agreed, CandidatesAgree)
    assert isinstance(agreed.shared, Pathway)
    assert agreed.shared.valid_until == date(2026, 6, 30)


def test_a_target_that_could_be_several_is_not_chosen() -> None:
    answer = ask(catalogue(TWINS), parse_reference("3"), parse_target(BY_VERSION))
    assert isinstance(answer, SeveralTargets)
    assert answer.candidates == (1, 2)


@pytest.mark.parametrize(
    ("installed", "target", "kind"), [("9", "3", "unknown_device"), ("1", "9", "unknown_target")]
)
def test_what_is_not_on_the_cpl(installed: str, target: str, kind: str) -> None:
    answer = ask(catalogue(TWINS), parse_reference(installed), parse_target(target))
    assert isinstance(answer, NotOnTheCPL)
    assert (answer.kind, answer.listed_from) == (kind, NOT_KNOWN)


def test_what_is_not_on_the_cpl_yet() -> None:
    listed = catalogue(TWINS)
    answer = ask(listed, parse_reference("6"), parse_target("3"))
    assert isinstance(answer, NotOnTheCPL)
    assert answer.listed_from == listed.not_yet_listed[CPLEntryID(6)].listed_on


def test_a_catalogue_groups_its_entries() -> None:
    listed = catalogue("1 ; 2 rev=04 ; 3 hw=09 ; 4")
    assert sorted(listed.families.values()) == [(1, 2, 4), (3,)]
    assert sorted(listed.hardware_models.values()) == [(1, 4), (2,), (3,)]
    assert CPLEntryID(4) in listed
    assert CPLEntryID(9) not in listed
    assert (len(listed), repr(listed)) == (4, "<Catalogue of 4 entries as at 2026-06-01>")
    assert hash(listed) == hash(catalogue("1 ; 2 rev=04 ; 3 hw=09 ; 4"))
    assert listed != catalogue("1 ; 2 rev=04 ; 3 hw=09")
    assert listed != object()


def test_upgrades_are_worked_out_once_for_each_set_of_accepted_notices() -> None:
    listed: Catalogue = catalogue("1 <- 2 ; notice N1: 1 -> 2")
    (family,) = listed.families
    assert listed.upgrades(family) is listed.upgrades(family)
    assert listed.upgrades(family).open[CPLEntryID(1)] == ()
    assert listed.upgrades(family, frozenset({"N1"})).open[CPLEntryID(1)] == (2,)
