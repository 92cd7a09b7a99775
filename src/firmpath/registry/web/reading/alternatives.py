"""Other pathways to the same firmware, and the one among them that is as short and warns of less."""

from typing import Final, NamedTuple

from firmpath.pathways.answers import Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cautions import cautions_of_pathway
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps, find_alternatives
from firmpath.pathways.upgrades import Upgrades
from firmpath.registry.web.reading.asking import Wanted

MOST: Final = 10


class Alternatives(NamedTuple):
    """Other pathways, best first; `calmer` is the first as short as the best with fewer cautions and no other."""

    alternatives: tuple[Steps, ...] = ()
    calmer: Steps | NotKnown = NOT_KNOWN


def alternatives_to(catalogue: Catalogue, wanted: Wanted, pathway: Pathway) -> Alternatives:
    """Give the other pathways from and to the same entries, at most `MOST` of them.

    Which one is best is not for this page to say anew: ADR 0005 has the rule.
    """
    upgrades = catalogue.upgrades(catalogue.family_of(pathway.installed), wanted.accepted)
    found = find_alternatives(upgrades, pathway.installed, pathway.target, MOST + 1)[1:]
    return Alternatives(found, _calmer(catalogue, upgrades, pathway.steps, found))


def _calmer(catalogue: Catalogue, upgrades: Upgrades, best: Steps, found: tuple[Steps, ...]) -> Steps | NotKnown:
    warned = set(cautions_of_pathway(catalogue, upgrades, best))
    as_short = (each for each in found if len(each) == len(best))
    calmer = (each for each in as_short if set(cautions_of_pathway(catalogue, upgrades, each)) < warned)
    return next(calmer, NOT_KNOWN)
