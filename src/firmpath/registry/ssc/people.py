"""Who stated something, by name: what is kept has numbers of people, and the register knows their names.

The SSC reads the names of its own people; of somebody of another Party it reads the Party, as everybody else does.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role

_IN_RECORD: Final = re.compile(r"person ([0-9]{1,18})")


def names_of_people(numbers: Iterable[int]) -> dict[int, str]:
    """Give the names of people by number; who is on the register no longer is not among them.

    Cost: one query, or none where there are no numbers.
    """
    wanted = set(numbers)
    if not wanted:
        return {}
    rows = Person.objects.filter(pk__in=wanted).values_list("pk", "name", "party__name", "party__role")
    return {
        number: name if role == Role.SSC.value else f"somebody of {party}" for number, name, party, role in rows
    }


def named_in(written: Iterable[str]) -> Callable[[str], str]:
    """Give what turns 'person 7' into a name; `written` are all the texts that it will be asked about.

    Cost: one query.
    """
    names = names_of_people(int(number) for text in written for number in _IN_RECORD.findall(text))

    def in_words(text: str) -> str:
        return _IN_RECORD.sub(lambda found: names.get(int(found[1]), f"{found[0]}, who has left"), text)

    return in_words
