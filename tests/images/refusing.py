"""What is wrong with an answer about Devices."""

import pytest

from firmpath.images.answer_reading import read_answer
from firmpath.pathways.faults import FirmpathError


def refused(text: str) -> list[str]:
    """Give each fault of an answer that is refused, in words."""
    with pytest.raises(FirmpathError) as refusal:
        read_answer(text)
    return [str(fault) for fault in refusal.value.faults]
