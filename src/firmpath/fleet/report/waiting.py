"""Who is stuck and why, and which manufacturer to ask for how many Devices."""

from collections.abc import Sequence

from firmpath.fleet.report.tables import breakable, in_two, paragraph, section, table, wordy
from firmpath.fleet.stuck import NAME, Stuck

_MOST_NAMED = 5


def who_is_stuck(stuck: Sequence[Stuck]) -> str:
    """Give those whom somebody has to look into, with what to do next; those with the same words together."""
    heading = "Who is stuck, and why"
    if not stuck:
        return section(heading, paragraph("Nobody: every Device has a step, or is at its target."))
    where = paragraph(
        f"All of them are in {NAME}, which a spreadsheet opens. For each line its column named filter has a "
        "condition in SQL, which finds the rows in the plan, with their Device IDs."
    )
    rows = [
        (breakable(_named(alike)), in_two(*words), sum(each.rows for each in alike))
        for words, alike in _by_words(stuck)
    ]
    rows.sort(key=lambda row: (-row[2], row[:2]))
    listed = table(heading, ("Runs", "Why, and what to do", "Devices"), rows, NAME)
    return section(heading, where, wordy(listed))


def _by_words(stuck: Sequence[Stuck]) -> list[tuple[tuple[str, str], list[Stuck]]]:
    """Put together what has the same words; firmware that is not on the CPL has words of its own each time."""
    found: dict[tuple[str, str], list[Stuck]] = {}
    for each in stuck:
        words = (each.why, each.next_step)
        if each.status == "unknown_device" and each.reason == "not on the CPL":
            words = ("Their firmware is not on this CPL, so nothing safe can be said.", each.next_step)
        found.setdefault(words, []).append(each)
    return list(found.items())


def _named(alike: Sequence[Stuck]) -> str:
    """Name the most frequent of some readings, and say how many others there are."""
    named = [each.runs for each in alike if each.runs]
    more = f" and {len(named) - 1:,} more" if len(named) > 1 else ""
    return named[0] + more if named else "any firmware"


def whom_to_ask(stuck: Sequence[Stuck]) -> str:
    """Give each manufacturer that has to be asked, about how many Devices, and which firmware they run."""
    by_contact: dict[str, list[Stuck]] = {}
    for each in stuck:
        if each.ask:
            by_contact.setdefault(each.ask, []).append(each)
    heading = "Whom to ask"
    if not by_contact:
        return section(heading, paragraph("No manufacturer has to be asked.")) if stuck else ""
    rows = []
    for contact, alike in by_contact.items():
        named = "; ".join(each.runs for each in alike[:_MOST_NAMED])
        more = f" and {len(alike) - _MOST_NAMED:,} more" if len(alike) > _MOST_NAMED else ""
        rows.append((breakable(contact), breakable(named + more), sum(each.rows for each in alike)))
    rows.sort(key=lambda row: (-row[2], row[0]))
    listed = table(heading, ("Manufacturer", "About Devices that run", "Devices"), rows, NAME)
    return section(heading, wordy(listed))
