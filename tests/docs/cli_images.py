"""The fields of what is said about Devices and service requests, under `--json` and by the API alike."""

from firmpath.images.identifying import Identity
from firmpath.images.preflight import REASONS
from firmpath.images.targets import ObjectionKind
from tests.docs.cli_json import ACCEPTED, ALWAYS, AS_AT, EXPLANATION, IDS, KNOWN_AT, NAMES, TEXT, Field, one_of

_TRUTH = "true or false"
_SEVERAL = "several requests are given"

PREFLIGHT = (
    AS_AT,
    Field("service_request", TEXT, ALWAYS, "`11.1`, `11.3` or `11.4`"),
    Field("request_id", TEXT, ALWAYS, "its RequestID"),
    Field("is_signed", _TRUTH, ALWAYS, "whether it has a signature, which is not looked into"),
    Field("manufacturer_image_hashes", "list of texts", ALWAYS, "the hash that it names, or those of its image"),
    Field("targets", IDS, ALWAYS, "the entries that it can bring; none where something speaks against all"),
    Field("excluded_entries", IDS, "`--exclude` was given", "the entries that no Device is taken to"),
    Field("objections", "list of objects", ALWAYS, "what speaks against the request as a whole"),
    Field("objections[].kind", TEXT, ALWAYS, one_of(ObjectionKind)),
    Field("objections[].text", TEXT, ALWAYS, "the same in words"),
    Field("objections[].remedy", TEXT, ALWAYS, "what would be right"),
    Field("groups", "list of objects", ALWAYS, "Devices that are alike, those that may not take it first"),
    Field("groups[].go", _TRUTH, ALWAYS, "whether they may take it"),
    Field("groups[].reason", TEXT, ALWAYS, "as in `devices[].reason`"),
    Field("groups[].candidates", IDS, ALWAYS, "the entries that they can be running, as far as that is known"),
    Field("groups[].text", TEXT, ALWAYS, "why, in words"),
    Field("groups[].next_step", TEXT, ALWAYS, "what would settle it; empty where nothing has to be done"),
    Field("groups[].devices", "number", ALWAYS, "how many they are"),
    Field("devices", "list of objects", ALWAYS, "every Device of the request once, in its order"),
    Field("devices[].device_id", TEXT, ALWAYS, "the Device ID, as it is written"),
    Field("devices[].go", _TRUTH, ALWAYS, "whether it may take what the request brings"),
    Field("devices[].reason", TEXT, ALWAYS, ", ".join(f"`{each}`" for each in REASONS)),
    Field("devices[].group", "number", ALWAYS, "the place of its group in `groups`, from 0"),
    Field("repaired", "list of texts", ALWAYS, "the Device IDs that may take it"),
    Field("assurances", "list of objects", ALWAYS, "what was counted as known on your word"),
    Field(
        "assurances[].reason", TEXT, ALWAYS, "what would else be the reason of a no-go, as in `devices[].reason`"
    ),
    Field("assurances[].status", TEXT, "`--in-use`", "the device_status that counts as in use"),
    Field("assurances[].because", TEXT, ALWAYS, "why, in your words"),
    Field("assurances[].devices", "number", ALWAYS, "how many Devices that is about, whatever their verdict"),
    Field("not_known", "list of texts", ALWAYS, "what could not be checked, and why"),
    KNOWN_AT,
    *ACCEPTED,
    *NAMES,
    *EXPLANATION,
    Field(
        "requests",
        "list of objects",
        _SEVERAL,
        "the requests in their order; then `between_them`, `known_at` and `accepted` are all that is beside them",
    ),
    Field("requests[].file", TEXT, _SEVERAL, "the file of the request"),
    Field("requests[].…", "", _SEVERAL, "`version`, `answer`, and the fields above, as of one request alone"),
    Field("between_them", "list of objects", _SEVERAL, "what contradicts what between the requests"),
    Field("between_them[].text", TEXT, _SEVERAL, "the same in words"),
    Field("between_them[].remedy", TEXT, _SEVERAL, "what would be right"),
)

IDENTITIES = {
    Identity.IDENTIFIED: "every Device runs the one entry that is named",
    Identity.ONLY_CANDIDATE: "of some Device only the version is known, and one entry alone has it; exit code 1",
    Identity.SEVERAL_CANDIDATES: "some Device can be running any of several; exit code 0 only if the same is right "
    "for each of them",
    Identity.NOT_ON_THE_CPL: "what some Device runs is not on this CPL on this day",
}
IDENTIFIED = (
    AS_AT,
    Field("devices", "list of objects", ALWAYS, "the Devices that the answer names"),
    Field("devices[].device_id", TEXT, "it is named", "the Device ID"),
    Field("devices[].device_type", TEXT, "it is named", "the Device type"),
    Field("devices[].read", TEXT, ALWAYS, "what it runs, as far as the answer says"),
    Field("devices[].device_status", TEXT, "it is given", "the Device's status, as it is written"),
    Field("devices[].is_suspended", _TRUTH, ALWAYS, "whether the inventory has it as Suspended"),
    Field("devices[].identity", TEXT, ALWAYS, "one of the words above, for this Device"),
    Field("devices[].candidates", IDS, ALWAYS, "the entries that it can be running"),
    Field("devices[].ask", "list of texts", ALWAYS, "whom to ask about these"),
    Field("devices[].pathway", "object", "it is clear what to ask", "the answer to where it may go, as in Answers"),
    Field("devices[].explanation.headline", TEXT, ALWAYS, "what it runs, in a sentence"),
    Field("devices[].explanation.lines", "list of texts", ALWAYS, "why, and whom to ask"),
    Field("devices[].explanation.next_step", TEXT, ALWAYS, "what to do next"),
    Field("passed_over", "list of texts", ALWAYS, "what need not be looked up, and why"),
    Field("left_out", "list of texts", ALWAYS, "what could not be looked up, and why"),
    KNOWN_AT,
    *ACCEPTED,
    *NAMES,
)
REQUESTS = (
    Field("folder", TEXT, ALWAYS, "the folder that was made"),
    Field("requests.*", "number", "some were written", "how many of `11.1`, `11.3` and `11.4`"),
    Field("devices", "number", ALWAYS, "for how many Devices they are"),
    Field("cancels", "true or false", ALWAYS, "whether each cancels an activation that was to come"),
    Field("next_counter", "number", ALWAYS, "the first counter that no RequestID has"),
)
