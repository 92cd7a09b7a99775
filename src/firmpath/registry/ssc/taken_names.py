"""No two things have one name, even where two people name them at once: the database refuses the second."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import IntegrityError, transaction

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import TakenName


class OwnNames(NamedTuple):
    """The names of something of a kind: without what does not matter in them, each with how it was written.

    `term` is what a name is called.
    """

    kind: str
    term: str
    names: Mapping[str, str]


def take_names(given: OwnNames, number: int) -> None:
    """Take names for the thing with a number, in place of those it had; within the transaction that records it.

    :raises FirmpathError: somebody has taken one of them since they were looked up.
    """
    TakenName.objects.filter(kind=given.kind, number=number).delete()
    rows = [TakenName(kind=given.kind, name=name, number=number) for name in sorted(given.names)]
    try:
        with transaction.atomic(using=SSC):
            TakenName.objects.bulk_create(rows)
    except IntegrityError:
        taken = TakenName.objects.filter(kind=given.kind, name__in=given.names).values_list("name", flat=True)
        wrong, right = "has been taken by somebody else just now", "look at the list again"
        raise FirmpathError(
            *(Fault(given.term, given.names[each], wrong, right) for each in sorted(taken))
        ) from None
