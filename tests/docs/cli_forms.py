"""What each command prints with `--json`, as docs/cli.md lists it; a test holds every command against it."""

from typing import NamedTuple

from firmpath.images.manufacturer_image import Extent
from firmpath.pathways.sequence import StepVerdict
from tests.docs.cli_fleets import PLANNED
from tests.docs.cli_images import IDENTIFIED, IDENTITIES, PREFLIGHT, REQUESTS
from tests.docs.cli_json import (
    ACCEPTED,
    ALWAYS,
    ANSWER,
    ANSWERS,
    AS_AT,
    CAUTIONS,
    DATE,
    DIFFERENCE,
    EXPLANATION,
    FILE,
    FINDINGS,
    ID,
    IDS,
    KNOWN_AT,
    NAMES,
    NAMES_TO_COME,
    TEXT,
    Field,
    one_of,
)


class Form(NamedTuple):
    """What some commands print: a title, a word for each answer, and the fields beside `version` and `answer`."""

    title: str
    commands: tuple[str, ...]
    answers: dict[str, str]
    fields: tuple[Field, ...]


_DONE = {"done": "it was written"}
_KNOWN = "it is known"

FORMS = (
    Form(
        "Answers",
        ("path", "next", "why-not", "alternatives", "stones"),
        {kind.value: words for kind, words in ANSWERS.items()},
        ANSWER,
    ),
    Form(
        "A planned sequence",
        ("check-sequence",),
        {"safe": "every step may be used", "not_safe": "some step may not be used"},
        (
            AS_AT,
            Field(
                "steps",
                "list of objects",
                ALWAYS,
                "the planned steps, in order; of several candidates, from the first for which it is not safe",
            ),
            Field("steps[].from", ID, ALWAYS, "from which entry"),
            Field("steps[].to", ID, ALWAYS, "to which entry"),
            Field("steps[].verdict", TEXT, ALWAYS, one_of(StepVerdict)),
            Field("steps[].reasons", "list of texts", ALWAYS, "what bars the step, in words"),
            Field(
                "instead", "object", ALWAYS, "the answer to how to go from the first entry to the last, as above"
            ),
            Field("cautions", "list of objects", ALWAYS, "what to know first, where every step may be used"),
            *CAUTIONS,
            Field("candidates", IDS, "the Device can run any of several", "the entries that it can run"),
            KNOWN_AT,
            *ACCEPTED,
            *NAMES,
            *NAMES_TO_COME,
            *EXPLANATION,
        ),
    ),
    Form(
        "An entry",
        ("entry",),
        {"found": "the entry is on the CPL"},
        (
            AS_AT,
            Field("found", "list of objects", ALWAYS, "each entry that was meant, with all that is on record"),
            Field("found[].cpl_entry_id", ID, ALWAYS, "CPL Entry ID"),
            Field("found[].firmware_version", TEXT, ALWAYS, "firmware version, 8 hex digits"),
            Field("found[].firmware_name", TEXT, _KNOWN, "what the manufacturer calls the firmware"),
            Field("found[].manufacturer_image_hash", TEXT, ALWAYS, "Manufacturer Image hash, 64 hex digits"),
            Field("found[].device_type", TEXT, ALWAYS, "Device type"),
            Field("found[].manufacturer_id", TEXT, ALWAYS, "manufacturer identifier, 4 hex digits"),
            Field("found[].manufacturer_name", TEXT, _KNOWN, "the manufacturer's name"),
            Field("found[].model_id", TEXT, ALWAYS, "model identifier, 4 hex digits"),
            Field("found[].hardware_version", TEXT, ALWAYS, "hardware version, 2 hex digits"),
            Field("found[].hardware_revision", TEXT, ALWAYS, "hardware revision, 2 hex digits"),
            Field("found[].smets_chts_version", TEXT, _KNOWN, "SMETS or CHTS version"),
            Field("found[].gbcs_version", TEXT, _KNOWN, "GBCS version"),
            Field("found[].listed_on", DATE, ALWAYS, "the day on which it came onto the CPL"),
            Field("found[].status", TEXT, ALWAYS, "`listed` or `removed`"),
            Field("found[].removed_on", DATE, "it is removed", "the day on which it left the CPL"),
            Field("found[].removal_reason", TEXT, "it is removed, and somebody said why", "why"),
            Field("found[].zigbee_band", TEXT, _KNOWN, "ZigBee band"),
            Field(
                "found[].base_firmware",
                "list of numbers, or text",
                ALWAYS,
                "CPL Entry IDs; `N/A` where there is no previous version; `not provided` where nobody has said",
            ),
            Field("found[].base_firmware_reason", TEXT, "somebody gave one", "why it was declared so"),
            Field("found[].responsible_party", TEXT, ALWAYS, "the responsible Party"),
            Field("found[].cpa_certificate", TEXT, _KNOWN, "reference of the CPA certificate"),
            Field("found[].cpa_valid_until", DATE, _KNOWN, "its last day"),
            Field("found[].zigbee_certificate", TEXT, _KNOWN, "reference of the ZigBee certificate"),
            Field("found[].release_notes_url", TEXT, _KNOWN, "where to read the release notes"),
            Field("found[].contact", TEXT, _KNOWN, "whom to ask"),
            Field("found[].notes", TEXT, _KNOWN, "notes"),
            Field("found[].marks", "list of objects", "it is marked", "how it is marked"),
            Field("found[].marks[].kind", TEXT, ALWAYS, "`stepping_stone` or `dead_end`"),
            Field("found[].marks[].reason", TEXT, ALWAYS, "why"),
            Field("found[].marks[].link", TEXT, "it is known", "where to read more"),
            Field(
                "found[].upgrades", "list of objects", ALWAYS, "the declared upgrades into it, then those out of it"
            ),
            Field("found[].upgrades[].from", ID, ALWAYS, "from which entry"),
            Field("found[].upgrades[].to", ID, ALWAYS, "to which entry"),
            Field("found[].upgrades[].open", "true or false", ALWAYS, "whether it may be used"),
            Field("found[].upgrades[].reasons", "list of texts", ALWAYS, "what bars it, in words"),
            Field("found[].history", "list of objects", ALWAYS, "every statement about it, in order"),
            Field("found[].history[].number", "number", ALWAYS, "the number of the statement"),
            Field("found[].history[].sha256", TEXT, ALWAYS, "the SHA-256 of its line in a register file"),
            Field(
                "found[].history[].corrected_by",
                "number or null",
                ALWAYS,
                "the statement that corrected it; null where it stands",
            ),
            Field("found[].history[].text", TEXT, ALWAYS, "the statement in words"),
            KNOWN_AT,
            *NAMES,
            *NAMES_TO_COME,
        ),
    ),
    Form(
        "Findings of the rules",
        ("lint",),
        {
            "sound": "nothing is found, or notes only",
            "nothing_judged": "no entry is on the CPL on this day",
            "findings": "something cannot be as it is stated, or needs a reason",
        },
        (
            Field("judged", "number", ALWAYS, "how many entries were judged"),
            AS_AT,
            *FINDINGS,
            KNOWN_AT,
            *NAMES,
        ),
    ),
    Form(
        "The effect of a submission",
        ("rehearse",),
        {
            "acceptable": "no rule speaks against it",
            "needs_reason": "some rule asks for a reason",
            "refused": "some rule refuses it",
        },
        (
            Field("new_entries", IDS, ALWAYS, "the entries that the submission brings"),
            *DIFFERENCE,
            *FINDINGS,
        ),
    ),
    Form(
        "A difference",
        ("diff",),
        {
            "unchanged": "nothing differs",
            "changed": "something differs, and no pathway is lost or longer",
            "worse": "a pathway is lost, or takes more activations",
        },
        DIFFERENCE,
    ),
    Form(
        "A picture",
        ("draw",),
        _DONE,
        (
            FILE,
            AS_AT,
            Field("title", TEXT, ALWAYS, "the title of the picture"),
            Field("description", TEXT, ALWAYS, "what it shows, in words"),
            KNOWN_AT,
            *ACCEPTED,
        ),
    ),
    Form(
        "OTA files",
        ("image",),
        {
            "read": "the files are whole, and were compared with no CPL",
            "matched": "each file is the image of an entry, and its header agrees with one",
            "not_on_the_cpl": "some image is not on this CPL; none contradicts it",
            "contradicted": "some header contradicts every entry that has its hash",
        },
        (
            Field("images", "list of objects", ALWAYS, "the files, in the order in which they were named"),
            Field("images[].file", TEXT, ALWAYS, "the file"),
            Field("images[].answer", TEXT, ALWAYS, "one of the words above, for this file"),
            Field("images[].octets", "number", ALWAYS, "its true size"),
            Field("images[].header.*", "text or number", _KNOWN, "each field of the OTA header"),
            Field("images[].hashes", "list of objects", ALWAYS, "the hash for each place where the image can end"),
            Field("images[].hashes[].extent", TEXT, ALWAYS, one_of(Extent)),
            Field("images[].hashes[].octets", "number", ALWAYS, "the size of the Manufacturer Image then"),
            Field("images[].hashes[].manufacturer_image_hash", TEXT, ALWAYS, "its hash, 64 hex digits"),
            Field("images[].matches", "list of objects", ALWAYS, "the entries that have one of the hashes"),
            Field("images[].matches[].cpl_entry_id", ID, ALWAYS, "the entry"),
            Field("images[].matches[].device_type", TEXT, ALWAYS, "its Device type"),
            Field("images[].matches[].extent", TEXT, ALWAYS, "which of the hashes it has"),
            Field("images[].matches[].contradictions", "list of objects", ALWAYS, "where header and entry differ"),
            Field("images[].matches[].contradictions[].term", TEXT, ALWAYS, "what differs"),
            Field("images[].matches[].contradictions[].header_says", TEXT, ALWAYS, "what the header says"),
            Field("images[].matches[].contradictions[].entry_says", TEXT, ALWAYS, "what the CPL says"),
            Field("images[].matches[].contradictions[].text", TEXT, ALWAYS, "the same in words"),
            Field("images[].explanation.headline", TEXT, ALWAYS, "the answer for this file, in a sentence"),
            Field("images[].explanation.lines", "list of texts", ALWAYS, "why"),
            Field("images[].explanation.next_step", TEXT, ALWAYS, "what to do next"),
            Field("as_at", DATE, "a CPL is given", "the day that was asked about"),
            KNOWN_AT,
            Field("entries", "object", "a CPL is given", "every entry that is mentioned, under its CPL Entry ID"),
            *NAMES[1:],
        ),
    ),
    Form("Service requests", ("requests",), _DONE, REQUESTS),
    Form(
        "What Devices run",
        ("identify",),
        {each.value: words for each, words in IDENTITIES.items()},
        IDENTIFIED,
    ),
    Form(
        "Preflight",
        ("preflight",),
        {
            "go": "the request may be sent: every Device may take what it brings",
            "no_go": "some Device may not, or something speaks against the request as a whole",
        },
        PREFLIGHT,
    ),
    Form(
        "Files that were written",
        ("import", "export", "generate"),
        _DONE,
        (
            FILE,
            Field("entries", "number", "a table was read or written, or `generate`", "how many entries"),
            Field("devices", "number", "`generate --fleet`", "how many Devices"),
            Field("statements", "number", "a register was written, but for `generate`", "how many statements"),
            Field("as_at", DATE, "`export` wrote a table", "the day that it shows"),
            Field(
                "left_out", "list of texts", "`export` wrote a table", "what a table cannot hold, with its count"
            ),
            KNOWN_AT,
            Field("cpl_entry_id", "number", "`generate --image`", "the entry that it is the image of"),
            Field("seed", "number", "`generate`", "the seed"),
        ),
    ),
    Form(
        "A plan for a fleet",
        ("plan",),
        {"done": "the plan was made; the exit code is 0 if nobody has to look into anything, and else 1"},
        PLANNED,
    ),
    Form(
        "The demonstration",
        ("demo",),
        _DONE,
        (
            Field("commands", "list of objects", ALWAYS, "what was run, in order"),
            Field("commands[].command", "list of texts", ALWAYS, "the command line"),
            Field("commands[].exit_code", "number", ALWAYS, "its exit code"),
            Field("commands[].printed", "object", ALWAYS, "what it printed with `--json`"),
        ),
    ),
    Form(
        "What was refused",
        ("every command, with exit code 3",),
        {"refused": "something that was given was refused"},
        (
            Field("faults", "list of objects", ALWAYS, "every fault"),
            Field("faults[].term", TEXT, ALWAYS, "the standard's word for what is wrong"),
            Field("faults[].value", TEXT, ALWAYS, "what was given"),
            Field("faults[].where", TEXT, ALWAYS, "the place, such as a row; may be empty"),
            Field("faults[].rule", TEXT, ALWAYS, "the number of the rule that it breaks; may be empty"),
            Field("faults[].remedy", TEXT, ALWAYS, "what would be right; may be empty"),
            Field("faults[].text", TEXT, ALWAYS, "the fault in words"),
        ),
    ),
)
