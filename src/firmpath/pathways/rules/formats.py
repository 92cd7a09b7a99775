"""R01 to R17: how things are written. Parsers refuse what breaks them, so there is nothing to find later."""

from firmpath.pathways.rules.registry import format_rule

format_rule(
    "R01",
    "DOMAIN section 3",
    "A CPL Entry ID is a positive whole number.",
    "It belongs to one entry and is never used for another.",
)
format_rule(
    "R02",
    "MP231 section 4, 'Devices'",
    "The Device type is in scope.",
    "In scope are ESME, GSME, Communications Hub, PPMID, HCALCS and SAPC.",
)
format_rule("R03", "DOMAIN section 3", "A manufacturer identifier is 4 hex digits.", "For instance F001.")
format_rule(
    "R04",
    "DOMAIN section 3",
    "A model is 8 hex digits.",
    "They are the model identifier (4), the hardware version (2) and the hardware revision (2).",
)
format_rule(
    "R05",
    "DOMAIN section 3",
    "A firmware version is 8 hex digits.",
    "Each manufacturer codes it in its own way, so which of two versions is the newer cannot be read from them.",
)
format_rule(
    "R06",
    "DOMAIN section 3",
    "A Manufacturer Image hash is 64 hex digits.",
    "It is the SHA-256 of the Manufacturer Image, without the header of the file that it is sent in.",
)
format_rule(
    "R07",
    "ISO 8601",
    "A date is written 2026-01-31, an instant 2026-01-31T09:30:00Z.",
    "No other form is read, since 01/02/2026 has two meanings.",
)
format_rule(
    "R08",
    "MP231 section 3 item 4",
    "The ZigBee band is one of the six join options.",
    "Values of the older field are read too, kept as they are and asked about; they are never converted.",
)
format_rule(
    "R09",
    "MP231 section 3 item 1",
    "Base firmware is N/A, nothing, or CPL Entry IDs, each once.",
    "N/A says that there is no previous version; nothing means that nobody has said.",
)
format_rule(
    "R10",
    "DOMAIN section 3",
    "A removed entry has the date of its removal, a listed one has none.",
    "The date of removal does not come before the date of listing.",
)
format_rule(
    "R11",
    "MP231 section 7, 'Firmware version or CPL Entry ID as reference'",
    "A table has each CPL Entry ID once.",
    "An entry has one row. Of two rows nobody could say which counts.",
)
format_rule(
    "R12",
    "DOMAIN section 3",
    "What identifies an entry is not left empty.",
    "Its status and the day on which it was listed are not left empty either.",
)
format_rule(
    "R13",
    "DESIGN section 5 rule 6",
    "Text can be shown as it stands.",
    "It is not empty, has no control characters, no space around it and at most 10,000 characters, and is nothing "
    "that a spreadsheet would run as a formula. A link is the address of a web page. What tells one thing "
    "from another, such as a name, a version or a contact, has no character that cannot be seen; notes and reasons "
    "may have some.",
)
format_rule(
    "R14",
    "DESIGN section 5 rule 6",
    "A spreadsheet cell still has what was typed into it.",
    "A number or date cell that may have lost zeros or digits, a formula without a value, and a row with more or "
    "fewer cells than the heading row are refused, with how to put them right.",
)
format_rule(
    "R15",
    "ADR 0004",
    "A value in a register file is in its one form.",
    "The same fact is then the same bytes everywhere.",
)
format_rule(
    "R16",
    "ADR 0004",
    "A line of a register file is in its one form, in its place, and understood.",
    "A kind of fact or a field that is not known, a gap in the numbers, and a time that goes back are refused.",
)
format_rule(
    "R17",
    "DESIGN decision 1",
    "The statements of a record agree with one another.",
    "Each is about an entry or notice that exists; a correction names an earlier statement about the same thing.",
)
