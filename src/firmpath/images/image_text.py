"""The OTA file in the text of a request's element, decoded and hashed as it comes."""

from typing import Final

from firmpath.images.base64_streaming import Base64Reader
from firmpath.images.manufacturer_image import Image, ImageReader
from firmpath.pathways.faults import Fault, FirmpathError

_AT_ONCE: Final = 2**16
"""Characters that are decoded at once, at least."""


class ImageText:
    """The image within a request, decoded and hashed as it comes; nothing more is done after its first fault."""

    def __init__(self) -> None:
        self._base64 = Base64Reader("FirmwareImage")
        self._reader = ImageReader()
        self._faults: tuple[Fault, ...] = ()
        self._waiting: list[str] = []
        self._characters = 0

    def feed(self, text: str) -> None:
        """Take the next piece of the text, of any size.

        Cost: that of the text, and little for each piece: a reader of XML gives one for each character reference.
        """
        if self._faults:
            return
        self._waiting.append(text)
        self._characters += len(text)
        if self._characters >= _AT_ONCE:
            self._decode()

    def _decode(self) -> None:
        text, self._waiting, self._characters = "".join(self._waiting), [], 0
        try:
            self._reader.feed(self._base64.feed(text))
        except FirmpathError as error:
            self._faults = error.faults

    def finished(self, faults: list[Fault]) -> Image | None:
        """Give the image once there is no more of it; what is wrong with it goes to the faults."""
        if not self._faults:
            self._decode()
        if not self._faults:
            try:
                self._base64.finish()
                return self._reader.finish()
            except FirmpathError as error:
                self._faults = error.faults
        faults += (fault._replace(where=fault.where or "in FirmwareImage") for fault in self._faults)
        return None
