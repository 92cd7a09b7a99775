"""Who may do what: one table. Pages, the API and the documentation are all made from it.

Source: MP231 sections 3, 4 and 7; DOMAIN section 2 item 10.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a Party is to the register; its people have the role of their Party. Nobody signed in is public."""

    PUBLIC = "public"
    SUPPLIER = "Supplier"
    MAP = "MAP"
    OTHER = "Other SEC Party"
    MANUFACTURER = "Device Manufacturer"
    DCC = "DCC"
    SECAS = "SECAS"
    SSC = "SSC"


class Act(StrEnum):
    """Something that a page or a call does; the value completes 'may …'."""

    READ_CPL = "read the CPL (entries, bands, status) and download it"
    READ_FIR = "read pathways, release information, contacts, notices and history"
    OWN_ACCOUNT = "manage their own account, second factor and API tokens"
    REQUEST_CORRECTION = "request corrections, and follow their own requests"
    SUBMIT = "prepare and make submissions, and see why they came back"
    READ_SUBMISSIONS = "read the submissions that concern them"
    ENDORSE = "endorse Communications Hub submissions, or return them with a reason"
    TAKE_EXTRACT = "take the extract for the DCC's systems"
    RECORD_LOADED = "record which entries the DCC's systems have loaded"
    REVIEW = "review submissions, return them with reasons, and publish them"
    EDIT = "decide corrections, edit with a reason, withdraw, open notices, and fill old entries"
    MANAGE_PEOPLE = "manage Parties and people"
    READ_SSC = "read the ZigBee chipset vendor and stack version, and what follows from them"
    WORK_SSC = "keep vulnerabilities, names and assessments for the SSC"
    OPEN_NOTICE = "open a public notice, with its own text"
    SEE_ADMISSIONS = "see who has been let into the SSC and waits to be confirmed"
    ADMIT = "confirm that somebody is of the SSC whom another person let in"


_EVERYBODY: Final = frozenset({Act.READ_CPL})
_SIGNED_IN: Final = _EVERYBODY | {Act.READ_FIR, Act.OWN_ACCOUNT, Act.REQUEST_CORRECTION}
_SUBMITTER: Final = _SIGNED_IN | {Act.SUBMIT, Act.READ_SUBMISSIONS}

MAY: Final[Mapping[Role, frozenset[Act]]] = {
    Role.PUBLIC: _EVERYBODY,
    Role.SUPPLIER: _SUBMITTER,
    Role.MAP: _SIGNED_IN,
    Role.OTHER: _SIGNED_IN,
    Role.MANUFACTURER: _SUBMITTER,
    Role.DCC: _SIGNED_IN | {Act.READ_SUBMISSIONS, Act.ENDORSE, Act.TAKE_EXTRACT, Act.RECORD_LOADED},
    Role.SECAS: _SIGNED_IN | {Act.READ_SUBMISSIONS, Act.REVIEW, Act.EDIT, Act.MANAGE_PEOPLE, Act.SEE_ADMISSIONS},
    Role.SSC: _SIGNED_IN | {Act.READ_SSC, Act.WORK_SSC, Act.OPEN_NOTICE, Act.SEE_ADMISSIONS, Act.ADMIT},
}

NOT_ADMITTED: Final = _SIGNED_IN
"""What somebody of a Party with the role SSC may do until another has confirmed them. Source: ADR 0039, 0048."""


class Scope(StrEnum):
    """What an API token is good for: never more than its person may do."""

    READ = "read"
    WRITE = "read and write"
    READ_SSC = "SSC: read"
    WRITE_SSC = "SSC: read and write"


READING: Final = frozenset(
    {Act.READ_CPL, Act.READ_FIR, Act.READ_SUBMISSIONS, Act.TAKE_EXTRACT},
)
"""What a token with the scope `read` is good for."""

ONLY_BY_SSC_TOKEN: Final = frozenset({Act.READ_SSC, Act.WORK_SSC})
"""What no token is good for but one that is made for the SSC's data."""

BY_SSC_TOKEN: Final[Mapping[Scope, frozenset[Act]]] = {
    Scope.READ_SSC: frozenset({Act.READ_SSC, Act.READ_CPL, Act.READ_FIR}),
    Scope.WRITE_SSC: frozenset({Act.READ_SSC, Act.WORK_SSC, Act.READ_CPL, Act.READ_FIR}),
}
"""What a token is good for that is made for the SSC's data."""

NOT_BY_TOKEN: Final = frozenset(
    {Act.OWN_ACCOUNT, Act.MANAGE_PEOPLE, Act.OPEN_NOTICE, Act.SEE_ADMISSIONS, Act.ADMIT}
)
"""What only a person who is signed in with a second factor may do."""
