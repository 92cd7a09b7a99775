"""What is said of several requests: those that may be sent, and are alike, are told together."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from firmpath.images.preflight_words import explain_preflight, find_groups, find_not_known
from firmpath.images.together import Judged, Together
from firmpath.images.ways import BY_COMMAND, Ways
from firmpath.pathways.explain.explanation import Explanation

_NAMED: Final = 3


class Told(NamedTuple):
    """One request, or several that are alike, by the names of their files; and what is said of each."""

    names: str
    explanation: Explanation


def tell_each(together: Together, ways: Ways = BY_COMMAND) -> Iterator[Told]:
    """Say of each request what came of it: one by one in their order, then those that are alike.

    A no-go, or a go on somebody's word, is always told by itself: somebody has to look at it.
    Cost: linear in the requests and their Devices.
    """
    alike: dict[Explanation, list[str]] = {}
    plain = [_plain_go(each) for each in together.judged]
    for each, explanation in zip(together.judged, plain, strict=True):
        if explanation:
            alike.setdefault(explanation, []).append(each.name)
    for each, explanation in zip(together.judged, plain, strict=True):
        if explanation is None or len(alike[explanation]) <= _NAMED:
            yield Told(each.name, explain_preflight(each.found, find_groups(each.found, ways), ways))
    for explanation, names in alike.items():
        if len(names) > _NAMED:
            named = ", ".join(names[:_NAMED])
            yield Told(f"{named} and {len(names) - _NAMED:,} more, which are alike", explanation)


def _plain_go(judged: Judged) -> Explanation | None:
    """Give what is said of a request that may be sent, without its Devices; none where there is more to say."""
    found = judged.found
    groups = find_groups(found)
    if not found.is_go or found.assured or len(groups) != 1:
        return None
    headline, _, next_step = explain_preflight(found, groups)
    not_known = (f"Not known: {each}" for each in find_not_known(found))
    return Explanation(headline, (groups[0].text, *not_known), next_step)
