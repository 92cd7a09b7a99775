"""What `firmpath ssc` prints with `--json`, by its acts; a test with a register that is served holds it."""

from tests.docs.cli_json import ALWAYS, DATE, ID, IDS, TEXT, Field, Form

_DONE = {"done": "it was read"}
_NUMBER, _OBJECTS, _TEXTS, _KNOWN = "number", "list of objects", "list of texts", "it is known"
_DAY = (
    Field("as_at", DATE, ALWAYS, "the day that was asked about"),
    Field("known_on", DATE, "`--known-at` was given", "the last day, in UTC, whose knowledge counts"),
)


def _verdicts(path: str) -> tuple[Field, ...]:
    words = "how many entries are so: in `affected`, `not_affected` and `unknown`"
    return (
        Field(f"{path}.*.entries", _NUMBER, ALWAYS, words),
        Field(f"{path}.*.devices", _NUMBER, "an inventory is named and has some", "how many Devices run them"),
    )


def _remarks(path: str, of: str) -> tuple[Field, ...]:
    when = "another vulnerability on record affects some, or may"
    return (
        Field(path, _OBJECTS, when, f"what is to be said besides of {of}"),
        Field(f"{path}[].cpl_entry_id", ID, ALWAYS, "CPL Entry ID"),
        Field(f"{path}[].affected_by", _TEXTS, "there are some", "the references of what affects it"),
        Field(f"{path}[].not_known_of", _TEXTS, "there are some", "the references of what may affect it"),
        Field(f"{path}[].text", TEXT, ALWAYS, "the same in words"),
    )


_ONE = "vulnerabilities[].vulnerability"
_VULNERABILITIES = (
    *_DAY,
    Field("vulnerabilities", _OBJECTS, ALWAYS, "each vulnerability with what it comes to"),
    Field(f"{_ONE}.number", _NUMBER, ALWAYS, "its number, which the other acts take"),
    Field(f"{_ONE}.revision", _NUMBER, ALWAYS, "the revision that is shown"),
    Field(f"{_ONE}.recorded_at", TEXT, ALWAYS, "when it was first recorded here"),
    Field(f"{_ONE}.changed_at", TEXT, ALWAYS, "when that revision was"),
    Field(f"{_ONE}.reference", TEXT, ALWAYS, "the number of its advisory, or a CVE id"),
    Field(f"{_ONE}.cves", _TEXTS, _KNOWN, "its CVE ids"),
    Field(f"{_ONE}.title", TEXT, _KNOWN, "a few words"),
    Field(f"{_ONE}.ranges", _OBJECTS, ALWAYS, "versions that are affected, or may be"),
    Field(f"{_ONE}.ranges[].words", TEXT, ALWAYS, "the range in words"),
    Field(f"{_ONE}.ranges[].status", TEXT, ALWAYS, "`affected`, `unaffected` or `unknown`"),
    Field(f"{_ONE}.ranges[].stack_maker", TEXT, _KNOWN, "who makes the stack"),
    Field(f"{_ONE}.ranges[].stack", TEXT, "it is about one", "the stack"),
    Field(f"{_ONE}.ranges[].chipset_vendor", TEXT, "it is about one", "whose chips alone"),
    Field(f"{_ONE}.ranges[].since", TEXT, "there is one", "the first version"),
    Field(f"{_ONE}.ranges[].up_to", TEXT, "there is one", "the last version, included"),
    Field(f"{_ONE}.ranges[].below", TEXT, "there is one", "the version that is no more in it"),
    Field(f"{_ONE}.ranges[].as_printed", TEXT, _KNOWN, "the advisory's own words"),
    Field(f"{_ONE}.condition", TEXT, _KNOWN, "what a Device must have besides"),
    Field(f"{_ONE}.cvss", TEXT, _KNOWN, "the CVSS vector"),
    Field(f"{_ONE}.severity.score", _NUMBER, "there is a vector", "what it comes to"),
    Field(f"{_ONE}.severity.word", TEXT, "there is a vector", "the same in a word"),
    Field(f"{_ONE}.note", TEXT, _KNOWN, "what the SSC noted"),
    Field(f"{_ONE}.sources", _TEXTS, _KNOWN, "where it is published"),
    Field(f"{_ONE}.is_withdrawn", "true", "it was withdrawn", "that it was"),
    Field(f"{_ONE}.rejected", _TEXTS, "CVEs of it were rejected since", "when and why"),
    Field(f"{_ONE}.same_cve", _OBJECTS, "there are some", "other records of the same CVE"),
    Field(f"{_ONE}.same_cve[].number", _NUMBER, ALWAYS, "the number of the other"),
    Field(f"{_ONE}.same_cve[].reference", TEXT, ALWAYS, "its reference"),
    Field(f"{_ONE}.same_cve[].cves", _TEXTS, ALWAYS, "the CVE ids that both have"),
    Field(f"{_ONE}.same_cve[].agrees", "true or false", ALWAYS, "whether versions and condition are the same"),
    Field(f"{_ONE}.same_cve[].text", TEXT, ALWAYS, "the same in words"),
    *_verdicts("vulnerabilities[].verdicts"),
    Field("vulnerabilities[].with_a_way_out", _NUMBER, ALWAYS, "affected entries that have a way out"),
    Field(
        "vulnerabilities[].onto_affected_by_another",
        _NUMBER,
        ALWAYS,
        "of those, the entries whose nearest unaffected ones another vulnerability all affects",
    ),
    Field("vulnerabilities[].most_activations", _NUMBER, ALWAYS, "the most activations that one of them takes"),
    Field("vulnerabilities[].without_a_way_out.*", _NUMBER, ALWAYS, "affected entries that have none, by reason"),
)
_EXPOSURE = (
    *_DAY,
    Field("vulnerability", _NUMBER, ALWAYS, "its number"),
    Field("condition", TEXT, _KNOWN, "what a Device must have besides, which no version tells"),
    *_verdicts("verdicts"),
    Field("not_on_the_cpl", _NUMBER, "there are some", "Devices of the inventory that run no entry of this CPL"),
    Field("shares.*", _OBJECTS, ALWAYS, "the same by `manufacturer`, `device_type` and `zigbee_band`"),
    Field("shares.*[].name", TEXT, ALWAYS, "which manufacturer, type or band"),
    *_verdicts("shares.*[].verdicts"),
    Field("entries", _OBJECTS, ALWAYS, "every entry, or those with the `--verdict`"),
    Field("entries[].cpl_entry_id", ID, ALWAYS, "CPL Entry ID"),
    Field("entries[].firmware_version", TEXT, ALWAYS, "firmware version, 8 hex digits"),
    Field("entries[].verdict", TEXT, ALWAYS, "`affected`, `not affected` or `unknown`"),
    Field("entries[].why", TEXT, ALWAYS, "why that is so"),
    Field(
        "entries[].condition",
        TEXT,
        "there is one, the entry may be affected, and nobody assessed it",
        "what a Device must have besides",
    ),
    Field("entries[].chipset_vendor", TEXT, _KNOWN, "what was given as ZigBee chipset vendor"),
    Field("entries[].stack_version", TEXT, _KNOWN, "what was given as ZigBee stack version"),
    Field("entries[].assessed_by", TEXT, "the SSC assessed it", "who"),
    Field("entries[].assessed_at", TEXT, "the SSC assessed it", "when"),
    Field("entries[].devices", _NUMBER, "the inventory has some", "how many Devices run it"),
    Field("entries[].way_out", IDS, "it is affected and there is one", "the pathway to an unaffected entry"),
    Field(
        "entries[].days_of_exposure",
        _NUMBER,
        "it is affected, and the vulnerability was recorded by that day",
        "the days since the entry was listed and the vulnerability recorded here, whichever came later; since when "
        "a Device runs the firmware is not known",
    ),
    Field(
        "entries[].days_since_fix_was_listed",
        _NUMBER,
        "there is a way out",
        "the days since the unaffected entry was listed to which it leads",
    ),
    Field("entries[].no_way_out", TEXT, "it is affected and there is none", "why there is none"),
    *_remarks("entries[].way_out_cautions", "entries on the way out"),
    Field(
        "entries[].cleaner_way_out",
        IDS,
        "the way out ends at what another vulnerability affects, or may, and there is one",
        "a longer pathway to an entry of which less is to be said",
    ),
    *_remarks("entries[].cleaner_way_out_cautions", "entries on that one"),
)
_FIXES = (
    *_DAY,
    Field("fixes", _OBJECTS, ALWAYS, "the upgrades that would rescue most"),
    Field("fixes[].from", ID, ALWAYS, "the entry that it would lead from"),
    Field("fixes[].to", ID, "the CPL has such an entry", "the entry that it would lead to"),
    Field("fixes[].rescued", IDS, ALWAYS, "the entries that would have a way out"),
    Field("fixes[].devices", _NUMBER, "the inventory has some", "how many Devices run them"),
    Field("fixes[].adds", IDS, ALWAYS, "those of them that none before it rescues"),
    Field("fixes[].adds_devices", _NUMBER, "the inventory has some", "how many Devices it adds to those before it"),
    Field("fixes[].only", IDS, ALWAYS, "those of them that no other rescues"),
    Field("fixes[].only_devices", _NUMBER, "the inventory has some", "how many Devices run these"),
    *_remarks("fixes[].cautions", "the entries that it would lead to"),
    Field("fixes[].text", TEXT, ALWAYS, "all of it in words"),
)
_LETTERS = (
    *_DAY,
    Field("letters", _OBJECTS, ALWAYS, "the letters that would be written today"),
    Field("letters[].about", TEXT, ALWAYS, "`upgrades`, `stacks` or `operators`"),
    Field("letters[].manufacturer_id", TEXT, "it is to a manufacturer", "its identifier"),
    Field("letters[].manufacturer_name", TEXT, "it is to a manufacturer", "its name, or its identifier"),
    Field("letters[].contact", TEXT, _KNOWN, "how it is reached"),
    Field("letters[].text", TEXT, ALWAYS, "the letter"),
)
_ASSESSMENTS = (
    Field("assessments", _OBJECTS, ALWAYS, "what the SSC said of entries, the newest first"),
    Field("assessments[].cpl_entry_id", ID, ALWAYS, "CPL Entry ID"),
    Field("assessments[].verdict", TEXT, ALWAYS, "`affected`, `not affected`, `unknown` or `taken back`"),
    Field("assessments[].justification", TEXT, "it is not affected", "why, by a word of OpenVEX"),
    Field("assessments[].reason", TEXT, ALWAYS, "how it was found out"),
    Field("assessments[].entered_by", TEXT, ALWAYS, "by whom"),
    Field("assessments[].recorded_at", TEXT, ALWAYS, "when"),
)
_STACKS = (
    Field("as_at", DATE, ALWAYS, "today"),
    Field("stacks", _OBJECTS, ALWAYS, "every entry"),
    Field("stacks[].cpl_entry_id", ID, ALWAYS, "CPL Entry ID"),
    Field("stacks[].firmware_version", TEXT, ALWAYS, "firmware version, 8 hex digits"),
    Field("stacks[].chipset_vendor", TEXT, _KNOWN, "ZigBee chipset vendor"),
    Field("stacks[].stack_version", TEXT, _KNOWN, "ZigBee stack version"),
)
_NAMES = (
    Field("makers", _OBJECTS, ALWAYS, "the makers that are known"),
    Field("stacks", _OBJECTS, ALWAYS, "the stacks that are known"),
    *(
        field
        for path in ("makers[]", "stacks[]")
        for field in (
            Field(f"{path}.number", _NUMBER, ALWAYS, "its number"),
            Field(f"{path}.revision", _NUMBER, ALWAYS, "its revision, which a change names"),
            Field(f"{path}.name", TEXT, ALWAYS, "its name"),
            Field(f"{path}.spellings", _TEXTS, "there are some", "other spellings"),
        )
    ),
    Field("stacks[].maker", _NUMBER, _KNOWN, "the number of its maker"),
    Field("stacks[].rule", TEXT, ALWAYS, "how its versions compare"),
    Field("unmatched", _OBJECTS, ALWAYS, "texts that match nothing on the list"),
    Field("unmatched[].kind", TEXT, ALWAYS, "as what it was given: `maker` or `stack`"),
    Field("unmatched[].text", TEXT, ALWAYS, "the text"),
    Field("unmatched[].entries", _NUMBER, ALWAYS, "how many entries have it"),
    Field("unmatched[].references", _TEXTS, ALWAYS, "which vulnerabilities name it"),
    Field("not_comparable", _OBJECTS, ALWAYS, "versions that cannot be compared by the rule of their stack"),
    Field("not_comparable[].stack", TEXT, ALWAYS, "the stack"),
    Field("not_comparable[].text", TEXT, ALWAYS, "the version, or the range"),
    Field("not_comparable[].entries", _NUMBER, ALWAYS, "how many entries have it"),
    Field("not_comparable[].references", _TEXTS, ALWAYS, "which vulnerabilities name it"),
)


def _inventory(path: str) -> tuple[Field, ...]:
    return (
        Field(f"{path}.number", _NUMBER, ALWAYS, "its number, which `--inventory` takes"),
        Field(f"{path}.name", TEXT, ALWAYS, "its name"),
        Field(f"{path}.counted_on", DATE, ALWAYS, "the day it is of"),
        Field(f"{path}.devices", _NUMBER, ALWAYS, "how many Devices it counts by entry"),
    )


_LOOKS = (
    Field("looks", _OBJECTS, ALWAYS, "who looked at what, the newest first"),
    Field("looks[].number", _NUMBER, ALWAYS, "its number in the record"),
    Field("looks[].looked_at", TEXT, ALWAYS, "when"),
    Field("looks[].name", TEXT, ALWAYS, "who"),
    Field("looks[].what", TEXT, ALWAYS, "at what; by which token, where it was a program"),
    Field("looks[].searched", TEXT, "something was searched for", "the words"),
    Field("looks[].rows", _NUMBER, ALWAYS, "how many rows they were shown"),
    Field("more", "true or false", ALWAYS, "whether `--most` left some out"),
)
_COUNT = (
    *_inventory("inventory"),
    Field("not_listed", _NUMBER, ALWAYS, "Devices whose firmware is not on the CPL"),
    Field("not_understood", _NUMBER, ALWAYS, "Devices whose firmware is named in a way that is not understood"),
)
_WRITTEN = (
    Field("file", TEXT, ALWAYS, "the file that was written"),
    Field("rows", _NUMBER, ALWAYS, "how many rows it has"),
)

COMMITTEE_FORMS = (
    Form("Vulnerabilities", ("`ssc vulnerabilities`",), _DONE, _VULNERABILITIES),
    Form("Exposure", ("`ssc exposure`",), _DONE, _EXPOSURE),
    Form("Fixes", ("`ssc fixes`",), _DONE, _FIXES),
    Form("Letters", ("`ssc letters`",), _DONE, _LETTERS),
    Form("Assessments", ("`ssc assessments`", "`ssc assess`"), _DONE, _ASSESSMENTS),
    Form("Stacks", ("`ssc stacks`",), _DONE, _STACKS),
    Form("Known names", ("`ssc names`", "`ssc add-name`", "`ssc change-name`"), _DONE, _NAMES),
    Form(
        "Inventories",
        ("`ssc inventories`",),
        _DONE,
        (Field("inventories", _OBJECTS, ALWAYS, "the newest first"), *_inventory("inventories[]")),
    ),
    Form("Who looked", ("`ssc looks`",), _DONE, _LOOKS),
    Form(
        "OpenVEX",
        ("`ssc openvex`",),
        _DONE,
        (Field("openvex", "object", ALWAYS, "an OpenVEX document of version 0.2.0"),),
    ),
    Form(
        "What was taken in",
        ("`ssc import`",),
        {"done": "it was taken in, all of it"},
        (
            *(
                Field(name, _NUMBER, ALWAYS, f"how many {words}")
                for name, words in (("added", "are new"), ("changed", "differ"), ("as_it_was", "are as they were"))
            ),
            Field("cautions", _TEXTS, ALWAYS, "what was shortened or moved, was rejected, or is on record twice"),
        ),
    ),
    Form("What was counted", ("`ssc count`",), {"done": "the counts were given to the register"}, _COUNT),
    Form("A list as a file", ("`ssc … --out FILE`",), {"done": "it was written"}, _WRITTEN),
)
"""By the act; the title says what the answer is."""
