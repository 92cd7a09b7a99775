"""R20 to R23: what a submission states about itself. What is missing on old entries is merely noted."""

from collections.abc import Iterator

from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.naming import full_name, whom_to_ask
from firmpath.pathways.rules.registry import Found, Severity, entry_rule
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand


@entry_rule("R20", "MP231 section 3 item 1", Severity.REFUSE, on_record=Severity.NOTE)
def check_base_firmware_stated(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """Base firmware is stated.

    A submission names the CPL entries that the new firmware can be applied to, or says N/A where there is no
    previous version. For an entry already on the CPL this is asked for on best endeavours.
    """
    if isinstance(entry.base_firmware, NotProvided):
        name = full_name(catalogue, entry.cpl_entry_id)
        remedy = f"give CPL Entry IDs or N/A; {whom_to_ask(entry)} can say"
        yield Found(entry.cpl_entry_id, f"Nobody has said what {name} can be applied to", remedy)


@entry_rule("R21", "MP231 section 3 item 4", Severity.REFUSE, on_record=Severity.NOTE)
def check_zigbee_band_stated(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """The ZigBee band is stated.

    A submission gives one of the six join options. For an entry already on the CPL it is asked for on best
    endeavours.
    """
    if not entry.zigbee_band:
        name = full_name(catalogue, entry.cpl_entry_id)
        yield Found(entry.cpl_entry_id, f"Nobody has stated the ZigBee band of {name}", "choose a join option")


@entry_rule("R22", "MP231 section 3 item 4", Severity.REFUSE, on_record=Severity.NOTE)
def check_zigbee_band_suits_device_type(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """Only a Communications Hub is Dual Band.

    On any other Device 'Dual Band' is most likely the older value, which may mean any of the three Multi MAC
    Selection options. It is asked about and never converted.
    """
    is_hub = entry.hardware_model.device_type is DeviceType.COMMUNICATIONS_HUB
    if entry.zigbee_band is ZigBeeBand.DUAL_BAND and not is_hub:
        name, kind = full_name(catalogue, entry.cpl_entry_id), entry.hardware_model.device_type
        remedy = f"ask {whom_to_ask(entry)} which Multi MAC Selection it is: Auto, Manual or Either"
        yield Found(entry.cpl_entry_id, f"{name} is of type {kind}, but its ZigBee band is 'Dual Band'", remedy)


@entry_rule("R23", "MP231 section 7, 'ZigBee band'", Severity.REFUSE, on_record=Severity.NOTE)
def check_zigbee_band_is_not_an_older_value(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """The ZigBee band is not one of the older values.

    'Single Band (2.4GHz)' and 'Single Band (Sub-GHz)' come from the optional field that MP231 replaces. They are
    kept as they are until somebody confirms the join option.
    """
    if isinstance(entry.zigbee_band, LegacyZigBeeBand):
        name = full_name(catalogue, entry.cpl_entry_id)
        remedy = f"ask {whom_to_ask(entry)} for the join option"
        yield Found(entry.cpl_entry_id, f"{name} has the older ZigBee band '{entry.zigbee_band}'", remedy)
