"""Base64 that comes piece by piece: taken strictly, and ended once."""

import pytest

from firmpath.images.base64_streaming import Base64Reader
from firmpath.pathways.faults import FirmpathError


def test_base64_ends_once_in_whatever_pieces_it_comes() -> None:
    reader = Base64Reader("FirmwareImage")
    assert reader.feed(" Q") + reader.feed("Q=\n") + reader.feed("= ") == b"A"
    assert reader.feed(" \n") == b""
    reader.finish()
    with pytest.raises(FirmpathError, match="FirmwareImage is not Base64"):
        reader.feed("QQ==")


@pytest.mark.parametrize("text", ["QQ==QQ==", "Q=Q=", "QQ!Q", "QQ\u00a0Q", "====", "QUFB====", "QR==", "QUF="])
def test_base64_is_taken_strictly(text: str) -> None:
    with pytest.raises(FirmpathError, match="FirmwareImage is not Base64"):
        Base64Reader("FirmwareImage").feed(text)
