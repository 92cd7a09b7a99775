"""The places in the frame of every page, in order, each for those who may use it."""

from typing import Final, NamedTuple

from firmpath.registry.parties.roles import Act


class Place(NamedTuple):
    """A page in the navigation: its words, the name of its URL, and what one must be allowed to do to see it."""

    label: str
    name: str
    act: Act


PLACES: Final = (
    Place("Find a pathway", "home", Act.READ_CPL),
    Place("The CPL", "entries", Act.READ_CPL),
    Place("Check a request", "preflight", Act.READ_FIR),
    Place("Changes", "changes", Act.READ_CPL),
    Place("Submissions", "submissions", Act.READ_SUBMISSIONS),
    Place("Corrections", "corrections", Act.REQUEST_CORRECTION),
    Place("To be decided", "proposals", Act.EDIT),
    Place("Gaps", "worklist", Act.EDIT),
    Place("Parties and people", "parties", Act.MANAGE_PEOPLE),
    Place("DCC systems", "dcc", Act.RECORD_LOADED),
    Place("ZigBee", "ssc", Act.READ_SSC),
)

FOOTER: Final = (
    Place("Glossary", "glossary", Act.READ_CPL),
    Place("Rules", "rules", Act.READ_CPL),
    Place("API", "api", Act.READ_CPL),
    Place("Who may do what", "roles", Act.READ_CPL),
    Place("Accessibility", "accessibility", Act.READ_CPL),
)
