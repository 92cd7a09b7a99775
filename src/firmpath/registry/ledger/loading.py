"""A whole CPL that was kept elsewhere becomes the beginning of the ledger."""

from collections.abc import Sequence
from datetime import datetime

from firmpath.pathways.days import instant_in_words
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.append import appending


def load(statements: Sequence[Statement], at: datetime) -> int:
    """Record the statements of a register file or of a table as they are, and give how many they are.

    They keep their instants, so that what was known on an earlier day stays known.

    :raises FirmpathError: the ledger has statements already, or these contradict one another or come from later.
    """
    with appending(at) as ledger:
        if ledger.register.last_number:
            wrong = f"has {ledger.register.last_number} statements already"
            right = "load a CPL into an empty register, and submit or correct what is new"
            raise FirmpathError(Fault("Ledger", "", wrong, right, quoted=False))
        late = next((each for each in statements if each.recorded_at > at), None)
        if late:
            wrong = f"was recorded at {instant_in_words(late.recorded_at)}, which is still to come"
            raise FirmpathError(Fault("Statement", str(late.number), wrong, "set the clock right", quoted=False))
        ledger.adopt(statements)
    return len(statements)
