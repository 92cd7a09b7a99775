"""The list of what was written for a plan, which lies beside the requests: what they are, and were made with."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

LIST: Final = "requests.json"
SETTINGS: Final = ("broker", "execute", "only", "schema_version")
"""What requests can be made with besides, each as the command takes it; left out where it is what it is mostly."""

_FORMAT: Final = "firmpath-requests"
_VERSION: Final = 1


class MadeWith(NamedTuple):
    """What requests were made with: the plan, the file of the image for each CPL Entry ID, and settings."""

    plan: str
    images: Mapping[int, str]
    originator: str
    settings: Mapping[str, str]


class Listed(NamedTuple):
    """What a list says: how its requests were made, for which entries, and the first counter that is free."""

    made_with: MadeWith
    entries: frozenset[int]
    next_counter: int


def write_list(made_with: MadeWith, first_counter: int, next_counter: int, requests: Sequence[Any]) -> str:
    """Give the text of a list."""
    fields = {
        "format": _FORMAT,
        "version": _VERSION,
        "originator": made_with.originator,
        "first_counter": first_counter,
        "next_counter": next_counter,
        "plan": made_with.plan,
        "images": {str(each): path for each, path in made_with.images.items()},
        "settings": {name: value for name, value in made_with.settings.items() if value},
        "requests": [each._asdict() for each in requests],
    }
    return json.dumps(fields, indent=1) + "\n"


def find_list(folder: Path) -> Listed | NotKnown:
    """Read the list in a folder; not known where there is none that says what its requests were made with."""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        fields = json.loads((folder / LIST).read_text(encoding="utf-8"))
        if (fields["format"], fields["version"]) == (_FORMAT, _VERSION):
            images = {int(each): _text(path) for each, path in fields["images"].items()}
            settings = {name: _text(fields["settings"][name]) for name in SETTINGS if name in fields["settings"]}
            made_with = MadeWith(_text(fields["plan"]), images, _text(fields["originator"]), settings)
            entries = frozenset(int(each["cpl_entry_id"]) for each in fields["requests"])
            return Listed(made_with, entries, int(fields["next_counter"]))
    return NOT_KNOWN


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
