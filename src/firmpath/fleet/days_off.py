"""Days on which nobody is to be upgraded: days of the week, and single dates such as public holidays."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from firmpath.pathways.days import day_in_words
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import parse_date

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class DaysOff(NamedTuple):
    """The days of the week that are left out, Monday being 0, and the dates; both ascending."""

    weekdays: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()

    def nth(self, first: date, number: int) -> date:
        """Give the day with a number, from 1, where days are counted from `first` on and these are left out.

        Cost: linear in the dates.
        :raises FirmpathError: there is no such day in any year that can be written.
        """
        for each in self.dates:
            if first <= each <= self._nth_of_the_week(first, number) and each.weekday() not in self.weekdays:
                number += 1
        return self._nth_of_the_week(first, number)

    def number_of(self, first: date, last: date) -> int:
        """Count the days from `first` to `last`, both included, without these; 0 where `last` is before `first`.

        Cost: linear in the dates.
        """
        weeks, rest = divmod(max(0, (last - first).days + 1), 7)
        left = [each for each in range(7) if (first.weekday() + each) % 7 not in self.weekdays]
        off = sum(first <= each <= last and each.weekday() not in self.weekdays for each in self.dates)
        return weeks * len(left) + sum(each < rest for each in left) - off

    def _nth_of_the_week(self, first: date, number: int) -> date:
        left = [each for each in range(7) if (first.weekday() + each) % 7 not in self.weekdays]
        weeks, rest = divmod(number - 1, len(left))
        try:
            return first + timedelta(days=7 * weeks + left[rest])
        except OverflowError:
            wrong, right = f"{number} from {first} on is after the year 9999", "ask about an earlier day"
            raise FirmpathError(Fault("Day", "", wrong, right, quoted=False)) from None

    def written(self) -> Iterator[str]:
        """Give each as it is read."""
        yield from (WEEKDAYS[each] for each in self.weekdays)
        yield from map(str, self.dates)

    def in_words(self) -> str:
        """List them as a sentence has them."""
        named = [*(f"{WEEKDAYS[each].capitalize()}s" for each in self.weekdays), *map(day_in_words, self.dates)]
        return " or ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


NO_DAYS_OFF: Final = DaysOff()


def parse_days_off(written: Iterable[str]) -> DaysOff:
    """Read names of days of the week, and dates.

    :raises FirmpathError: every one that is neither, or no day of the week is left.
    """
    days = all_parsed(*(lambda each=each: _parse(each) for each in written))
    weekdays = sorted({each for each in days if isinstance(each, int)})
    if len(weekdays) == len(WEEKDAYS):
        raise FirmpathError(Fault("Days", "", "leave no day of the week", "name fewer", quoted=False))
    return DaysOff(tuple(weekdays), tuple(sorted({each for each in days if isinstance(each, date)})))


def _parse(written: str) -> int | date:
    if written.lower() in WEEKDAYS:
        return WEEKDAYS.index(written.lower())
    try:
        return parse_date(written, "Day")
    except FirmpathError:
        right = "write it as saturday, or as 2026-12-25"
        raise FirmpathError(Fault("Day", written, "is neither a day of the week nor a date", right)) from None
