"""Calls about the register itself: who calls, where the ledger stands, the rules, and this API's document."""

from typing import Any

from django.http import HttpResponseBase

from firmpath.pathways.rules import RULES
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.schemas.about import Head, Me, RuleOut, Rules
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act

router = Calls(tags=["about"], auth=Takes(Act.READ_CPL))


@router.get("/me", response=Me, summary="Say who calls, and what they may do")
def read_me(request: Any) -> HttpResponseBase:
    """Give the role and the acts that the token is good for; without a token, those of the public."""
    who = request.who
    acts = sorted(act.name.lower() for act in who.acts)
    return json_response({"version": 1, "role": who.role.value, "party": who.party_name, "acts": acts})


@router.get("/head", response=Head, summary="Say where the ledger stands")
def read_head(request: Any) -> HttpResponseBase:
    """Give the number of the last statement and the chain up to it: while they stay, so does every answer."""
    head = current()
    return json_response({"version": 1, "number": head.number, "chain": head.chain})


@router.get("/rules", response=Rules, summary="List the rules that submissions are judged by")
def list_rules(request: Any) -> HttpResponseBase:
    """Give each rule's number, source, and words."""
    rules = [
        RuleOut(
            number=rule.number, title=rule.title, words=rule.words, source=rule.source, severity=str(rule.severity)
        ).model_dump()
        for rule in RULES.values()
    ]
    return json_response({"version": 1, "rules": rules})
