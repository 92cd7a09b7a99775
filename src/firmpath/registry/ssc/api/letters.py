"""The call that drafts letters, none of which says why it is written."""

from typing import Any

from django.http import HttpResponseBase

from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import AsAt, Number
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.asking import KnownOn, asked_of, picture_of
from firmpath.registry.ssc.api.json_form import as_of_json
from firmpath.registry.ssc.api.schemas_knowing import Letters
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.ways_out.asking import Letter, draft_letters, draft_operators, draft_stack_letters

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))


@router.get(
    "/vulnerabilities/{number}/letters",
    response=Letters,
    summary="Draft letters that do not say why",
    openapi_extra=CONFLICTS,
)
def read_letters(request: Any, number: Number, as_at: AsAt, known_on: KnownOn) -> HttpResponseBase:
    """Give letters to manufacturers about upgrades and stacks of which nobody has spoken, and one to operators."""
    asked = asked_of(request, as_at, known_on, 0)
    with as_things_stand():
        picture = picture_of(request, number, asked, "letters")
    today, party = request.today, request.who.party_name
    affected = picture.exposure.ids_with(VerdictKind.AFFECTED)
    to_operators = draft_operators(picture.catalogue, affected, party, today) if affected else ""
    letters = [
        *(_letter_json("upgrades", each) for each in draft_letters(picture.exposure, picture.found, party, today)),
        *(_letter_json("stacks", each) for each in draft_stack_letters(picture.exposure.ground, party, today)),
        *([{"about": "operators", "text": to_operators}] if to_operators else ()),
    ]
    return json_response({**as_of_json(asked), "letters": letters})


def _letter_json(about: str, letter: Letter) -> Json:
    contact = {"contact": str(letter.contact)} if letter.contact else {}
    to = {"manufacturer_id": letter.manufacturer_id, "manufacturer_name": letter.maker, **contact}
    return {"about": about, **to, "text": letter.text}
