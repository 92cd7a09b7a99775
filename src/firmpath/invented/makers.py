"""The invented manufacturers: who they are, and how each numbers its models."""

from typing import Final, NamedTuple

from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import ManufacturerID

_MODELS_BEFORE_NEW_HARDWARE: Final = 10_000
_MODEL_STRIDE: Final = 7  # shares no factor with 10,000 nor with 65,536, so no model id comes twice


class Maker(NamedTuple):
    """An invented manufacturer; `decimal_models` is how it writes model ids, `domain` a reserved name."""

    manufacturer_id: ManufacturerID
    name: str
    domain: str
    device_types: frozenset[DeviceType]
    decimal_models: bool
    first_model: int
    first_hardware_version: int

    @property
    def contact(self) -> str:
        """Whom to ask about firmware."""
        return f"firmware@{self.domain}"

    def model_id(self, history_number: int) -> str:
        """Give 4 digits for the model of a history, so that no two histories share model and hardware."""
        serial = self.first_model + history_number * _MODEL_STRIDE
        if self.decimal_models:
            return f"{serial % _MODELS_BEFORE_NEW_HARDWARE:04d}"
        return f"{serial & 0xFFFF:04X}"

    def hardware_version(self, history_number: int) -> str:
        """Give 2 digits for the hardware of a history."""
        return f"{self.first_hardware_version + history_number // _MODELS_BEFORE_NEW_HARDWARE:02X}"


def _maker(number: int, name: str, domain: str, types: str, models: str, hardware_version: int) -> Maker:
    # ZigBee manufacturer codes in use begin with 0 or 1; those in F0 are nobody's.
    manufacturer_id = ManufacturerID(f"F0{number:02X}")
    device_types = frozenset(_BY_LETTER[letter] for letter in types)
    decimal = models.isdigit()
    first_model = int(models, 10 if decimal else 16)
    return Maker(manufacturer_id, name, domain, device_types, decimal, first_model, hardware_version)


_BY_LETTER = {
    "E": DeviceType.ESME,
    "G": DeviceType.GSME,
    "C": DeviceType.COMMUNICATIONS_HUB,
    "P": DeviceType.PPMID,
    "H": DeviceType.HCALCS,
    "S": DeviceType.SAPC,
}

# A comma, an ampersand, an apostrophe and a letter outside ASCII are there for whoever reads the table.
MAKERS: Final = (
    _maker(0x01, "Brackenfell Metering", "brackenfell.example", "EGP", "0005", 2),
    _maker(0x02, "Ottermoor Instruments", "ottermoor.example", "EG", "5A10", 1),
    _maker(0x03, "Thistlewick & Tarn, Limited", "thistlewick.example", "EG", "0310", 1),
    _maker(0x04, "Quillfeather Gas Meters", "quillfeather.example", "G", "0E10", 0x0A),
    _maker(0x05, "Mesuryddion Llwyd-y-Dŵr", "llwyd-y-dwr.example", "EGP", "C0DA", 3),
    _maker(0x07, "Pennyfold Electric", "pennyfold.example", "E", "1000", 1),
    _maker(0x0A, "Saltmarsh Hollow Networks", "saltmarsh-hollow.example", "C", "0077", 1),
    _maker(0x0B, "Copperbeck Communications", "copperbeck.example", "C", "0042", 5),
    _maker(0x10, "Dunnockvale Displays", "dunnockvale.example", "P", "D100", 1),
    _maker(0x1E, "Larkhope Controls", "larkhope.example", "PHS", "0900", 2),
    _maker(0x2C, "Fennimore's Switchgear", "fennimore.example", "HS", "7E00", 1),
    _maker(0x42, "Whinberry Home Energy", "whinberry.example", "EPS", "2200", 4),
)
