"""The fields that commands have in common under `--json`; cli_forms.py has what each command prints."""

from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.answers import AnswerKind, CautionKind
from firmpath.pathways.comparison import MOST_LISTED
from firmpath.pathways.rules import Severity
from firmpath.pathways.towards_any import Shut
from firmpath.pathways.upgrades import BarKind


class Field(NamedTuple):
    """A field: its path (`[]`: each item of a list, `*`: each name), its type, when it is there, what it means."""

    path: str
    kind: str
    when: str
    meaning: str


class Form(NamedTuple):
    """What some commands print: a title, a word for each answer, and the fields beside `version` and `answer`."""

    title: str
    commands: tuple[str, ...]
    answers: dict[str, str]
    fields: tuple[Field, ...]


ANSWERS = {
    AnswerKind.PATHWAY: "there is a safe pathway",
    AnswerKind.ALREADY_THERE: "the Device runs the target already",
    AnswerKind.UNKNOWN_DEVICE: "what the Device runs is not on this CPL on this day",
    AnswerKind.UNKNOWN_TARGET: "the target is not on this CPL on this day",
    AnswerKind.SEVERAL_TARGETS: "the target can be any of several entries; give the CPL Entry ID",
    AnswerKind.OTHER_HARDWARE: "the target is for other hardware, and must never be put on the Device",
    AnswerKind.BLOCKED_BY_NOTICE: "an open notice is in the way; it can be accepted by name",
    AnswerKind.PATHWAY_CLOSED: "a pathway is declared, but something else bars it",
    AnswerKind.DEAD_END: "no upgrade leads out of the entry that the Device runs",
    AnswerKind.NOBODY_HAS_SAID: "no pathway is declared, and not everybody has stated base firmware",
    AnswerKind.NO_PATHWAY_DECLARED: "no pathway is declared, though everybody has stated base firmware",
    AnswerKind.CANDIDATES_DISAGREE: "the Device may run any of several entries, and the answers differ",
}

ALWAYS = "always"
_NO = "there is no pathway"
ID, IDS, TEXT, DATE = "number", "list of numbers", "text", "date"


def one_of(*kinds: type[StrEnum]) -> str:
    return ", ".join(f"`{value.value}`" for kind in kinds for value in kind)


NAMES = (
    Field("entries", "object", ALWAYS, "every entry that is mentioned, under its CPL Entry ID as text"),
    Field("entries.*.cpl_entry_id", ID, ALWAYS, "CPL Entry ID"),
    Field("entries.*.firmware_version", TEXT, "it is on the CPL", "firmware version, 8 hex digits"),
    Field("entries.*.firmware_name", TEXT, "it is known", "what the manufacturer calls the firmware"),
    Field("entries.*.manufacturer_image_hash", TEXT, "it is on the CPL", "Manufacturer Image hash, 64 hex digits"),
)
NAMES_TO_COME = (Field("entries.*.listed_from", DATE, "it is listed from a later day", "that day"),)
EXPLANATION = (
    Field("explanation.headline", TEXT, ALWAYS, "the answer in a sentence or two"),
    Field("explanation.lines", "list of texts", ALWAYS, "why"),
    Field("explanation.next_step", TEXT, ALWAYS, "what to do next; empty where there is nothing"),
)
ACCEPTED = (
    Field("accepted.notices", "list of texts", "`--accept` was given", "the notices whose risk is accepted"),
    Field("accepted.because", TEXT, "`--accept` was given", "why, as `--because` says"),
)
KNOWN_AT = Field("known_at", TEXT, "`--known-at` was given", "the instant by which things had to be on record")
AS_AT = Field("as_at", DATE, ALWAYS, "the day that was asked about")
FILE = Field("file", TEXT, ALWAYS, "the file that was written")

CAUTIONS = (
    Field("cautions[].kind", TEXT, ALWAYS, one_of(CautionKind)),
    Field("cautions[].cpl_entry_id", ID, ALWAYS, "the entry that it is about"),
    Field("cautions[].others", IDS, ALWAYS, "other entries that it concerns"),
    Field("cautions[].notice_id", TEXT, "a notice is accepted", "the notice"),
    Field("cautions[].why", TEXT, "nothing leads on", f"what keeps Devices there: `excluded`, {one_of(Shut)}"),
    Field("cautions[].text", TEXT, ALWAYS, "the caution in words"),
)

ANSWER = (
    AS_AT,
    Field("reasons", "list of objects", ALWAYS, "what is in the way; empty where nothing is"),
    Field(
        "reasons[].kind",
        TEXT,
        ALWAYS,
        f"{one_of(BarKind)} for what bars a declared step, `missing_declaration` for one that would open a way, "
        "or else the word of the answer",
    ),
    Field("reasons[].step", "two numbers", "it is about a step", "from which entry to which"),
    Field("reasons[].cpl_entry_id", ID, "it is about a step", "the entry that it is about"),
    Field("reasons[].notice_id", TEXT, "a notice bars the step", "the notice"),
    Field("reasons[].ask", TEXT, "a declaration is missing", "whom to ask"),
    Field("reasons[].text", TEXT, ALWAYS, "the reason in words"),
    Field("installed", ID, "it is one entry", "what the Device runs"),
    Field("target", ID, "it is one entry, and another", "what it is to run"),
    Field(
        "steps",
        IDS,
        "there is a pathway",
        "the pathway, both ends included; of several candidates, that of the first",
    ),
    Field("next_step", ID, "there is a pathway", "the entry to activate first"),
    Field("activations", "number", "there is a pathway", "how many there are on the pathway"),
    Field("stepping_stones", IDS, "there is a pathway", "the stops that every pathway makes, in order"),
    Field("proofs", "list of objects", "there is a pathway", "for each stepping stone, why it is one"),
    Field("proofs[].stepping_stone", ID, ALWAYS, "the stop"),
    Field("proofs[].without", IDS, ALWAYS, "every entry that a Device can come to without stopping there"),
    Field("cautions", "list of objects", "there is a pathway, or nothing to do", "what to know first"),
    *CAUTIONS,
    Field("valid_until", DATE, "there is a pathway, and it is known", "the last day on which it can be used"),
    Field("farthest", ID, _NO, "the latest entry that the Device can safely go to; its own if none"),
    Field("missing", "list of pairs", _NO, "declarations that would open a way: from which entry to which"),
    Field("leads_to_target", IDS, _NO, "the entries from which a pathway to the target is open"),
    Field("coming", IDS, _NO, "entries of the HardwareModel that are listed from a later day"),
    Field("targets", IDS, "the answer is `several_targets`", "the entries that the target can be"),
    Field("asked_for", TEXT, "an entry is not on the CPL", "what was asked for"),
    Field("listed_from", DATE, "it is listed from a later day", "that day"),
    Field("candidates", IDS, "the Device can run any of several", "the entries that it can run"),
    Field("answers", "list of objects", "the Device can run any of several", "the answer for each, in that order"),
    Field("answers[].…", "", ALWAYS, "`answer`, and the fields above that go with it"),
    Field("alternatives", "list of lists", "`alternatives` finds a pathway", "every pathway, best first"),
    Field("more", "true or false", "`alternatives` finds a pathway", "whether `--most` left some out"),
    KNOWN_AT,
    *ACCEPTED,
    *NAMES,
    *NAMES_TO_COME,
    *EXPLANATION,
)

FINDINGS = (
    Field("counts.*", "number", ALWAYS, f"how many findings there are of each severity: {one_of(Severity)}"),
    Field("findings", "list of objects", ALWAYS, "what the rules find, by entry and rule"),
    Field("findings[].rule", TEXT, ALWAYS, "the number of the rule, as in rules.md"),
    Field("findings[].title", TEXT, ALWAYS, "what the rule says"),
    Field("findings[].severity", TEXT, ALWAYS, "what follows from the finding"),
    Field("findings[].cpl_entry_id", ID, ALWAYS, "the entry that it is about"),
    Field("findings[].text", TEXT, ALWAYS, "the finding in words"),
    Field("findings[].remedy", TEXT, ALWAYS, "what would put it right"),
)


_SO_IN_ALL_FOUR = "so in `lost`, `lengthened` and `shortened` too"

DIFFERENCE = (
    Field("before", DATE, ALWAYS, "the day of the first CPL"),
    Field("after", DATE, ALWAYS, "the day of the second"),
    Field("listed", IDS, ALWAYS, "entries only on the second"),
    Field("no_longer_listed", IDS, ALWAYS, "entries only on the first"),
    Field("withdrawn", IDS, ALWAYS, "entries withdrawn since"),
    Field("reinstated", IDS, ALWAYS, "withdrawn entries that came back"),
    Field("changed", IDS, ALWAYS, "entries of which anything else differs"),
    Field("gained", "list of objects", ALWAYS, "pathways that there were not"),
    Field("lost", "list of objects", ALWAYS, "pathways that there no longer are"),
    Field("lengthened", "list of objects", ALWAYS, "pathways that take more activations"),
    Field("shortened", "list of objects", ALWAYS, "pathways that take fewer"),
    Field("gained[].from", ID, ALWAYS, f"from which entry; {_SO_IN_ALL_FOUR}"),
    Field("gained[].to", ID, ALWAYS, f"to which entry; {_SO_IN_ALL_FOUR}"),
    Field("gained[].before", "number or null", ALWAYS, f"activations before, null: no pathway; {_SO_IN_ALL_FOUR}"),
    Field("gained[].after", "number or null", ALWAYS, f"activations after, null: no pathway; {_SO_IN_ALL_FOUR}"),
    Field(
        "pathway_counts.*",
        "number",
        ALWAYS,
        f"how many there are in each of `gained`, `lost`, `lengthened` and `shortened`, which list {MOST_LISTED:,} "
        "at most",
    ),
    Field("lost_only_way_out", IDS, ALWAYS, "entries that no upgrade leads out of any more"),
    Field("gained_first_way_out", IDS, ALWAYS, "entries that an upgrade leads out of for the first time"),
    Field("newly_stranded", IDS, ALWAYS, "entries that can no longer come to the newest of their HardwareModel"),
    Field("rescued", IDS, ALWAYS, "entries that now can"),
    KNOWN_AT,
    *NAMES,
    *EXPLANATION,
)
