"""The JSON of the commands about fleets, field by field."""

from tests.docs.cli_json import ALWAYS, AS_AT, DATE, KNOWN_AT, TEXT, Field

PLANNED = (
    AS_AT,
    Field("folder", TEXT, ALWAYS, "the folder that was made"),
    Field("rows_in", "number", ALWAYS, "the rows of the inventory"),
    Field("rows_out", "number", ALWAYS, "the rows of the plan: as many"),
    Field("statuses.*", "number", ALWAYS, "how many rows have the status that is named"),
    Field("held_back", "number", "`--exclude` was given", "how many have no step because of that alone"),
    Field(
        "newer_left_out",
        "number",
        "`--exclude` was given",
        "how many run the newest of the rest, and would have a step to what is left out",
    ),
    Field("nothing_leads_on", "number", ALWAYS, "how many would end where nothing leads on to newer firmware"),
    Field("waves", "number", ALWAYS, "the different next steps"),
    Field("wave_files", "number", ALWAYS, "the files of Device IDs"),
    Field("days", "number", "a limit was given", "the days that the next steps take"),
    Field("first_day", DATE, "a limit was given", "the first of them"),
    Field("devices_too_late", "number", "a limit was given", "for how many the day comes too late"),
    KNOWN_AT,
)
