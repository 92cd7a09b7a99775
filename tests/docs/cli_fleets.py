"""The JSON of the commands about fleets, field by field."""

from tests.docs.cli_json import ALWAYS, AS_AT, DATE, KNOWN_AT, TEXT, Field

_ASKED, _LIMITED = "`--finish-by` was given", "`--finish-by` and a limit were given"
DEADLINE = tuple(
    Field(f"deadline.{name}", kind, when, meaning)
    for name, kind, when, meaning in (
        ("finish_by", DATE, _ASKED, "the day by which all steps are to be taken"),
        ("first_day", DATE, _ASKED, "the first day on which one can be"),
        ("not_on", "list of text", "`--not-on` was given besides", "the days that are left out"),
        ("days", "number", _ASKED, "how many days there are"),
        ("can_be_done", "true or false", _ASKED, "whether all steps can be taken by then"),
        ("devices", "number", _ASKED, "how many Devices have a step"),
        ("steps", "number", _ASKED, "the steps that they have left"),
        ("days_needed", "number", _LIMITED, "the fewest days in which these can be taken"),
        ("devices_not_done", "number", _ASKED, "how many Devices at least cannot take all of theirs by then"),
        ("devices_with_too_many_steps", "number", _ASKED, "how many of them have more steps than there are days"),
        (
            "devices_a_day_needed",
            "number",
            "`--finish-by` was given, and no limit or one in all",
            "how many Devices a day the others need in all",
        ),
        (
            "devices_a_day_in_a_region_needed",
            "number",
            "`--finish-by` and `--per-day-by` were given",
            "how many a day with the same value in the column they need",
        ),
        (
            "devices_not_certain",
            "number",
            _ASKED,
            "for how many the pathway can be used only until a day before the last of these days",
        ),
        ("first_not_certain_after", DATE, "there are such", "the first day on which a pathway of theirs ends"),
        ("devices_stuck", "number", _ASKED, "how many Devices are stuck, and not counted here"),
    )
)
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
    *DEADLINE,
    KNOWN_AT,
)
