"""R30 to R37: whether the entries named as base firmware can be meant."""

from collections.abc import Iterator

from firmpath.pathways.base_firmware import Bases, NoPreviousVersion
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import day_in_words
from firmpath.pathways.naming import full_name, listing, short_name
from firmpath.pathways.rules.registry import Found, Severity, entry_rule

_REASON = "say why, or correct the base firmware"


def _bases(catalogue: Catalogue, entry: CPLEntry) -> list[CPLEntry]:
    """Give the base entries that are on the CPL, the entry itself left out."""
    if not isinstance(entry.base_firmware, Bases):
        return []
    known = (catalogue.entries.get(cpl_entry_id) for cpl_entry_id in entry.base_firmware.ids)
    return [base for base in known if base and base is not entry]


@entry_rule("R30", "MP231 section 3 item 1", Severity.REFUSE)
def check_base_entries_exist(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """Base entries are on the CPL.

    A withdrawn entry may be named: Devices in homes may still run it.
    """
    ids = entry.base_firmware.ids if isinstance(entry.base_firmware, Bases) else ()
    for cpl_entry_id in ids:
        if cpl_entry_id not in catalogue:
            later = catalogue.not_yet_listed.get(cpl_entry_id)
            state = f"is not listed before {day_in_words(later.listed_on)}" if later else "is not on the CPL"
            name = full_name(catalogue, entry.cpl_entry_id)
            text = f"{name} names CPL entry {cpl_entry_id} as base, which {state}"
            yield Found(entry.cpl_entry_id, text, "correct the CPL Entry ID, or take it out")


@entry_rule("R31", "MP231 section 3 item 1", Severity.REFUSE)
def check_base_is_not_the_entry_itself(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """An entry is not its own base firmware.

    Base firmware is the earlier firmware that the new one can be applied to.
    """
    if isinstance(entry.base_firmware, Bases) and entry.cpl_entry_id in entry.base_firmware.ids:
        name = full_name(catalogue, entry.cpl_entry_id)
        yield Found(entry.cpl_entry_id, f"{name} names itself as base", "take it out of the list")


@entry_rule("R32", "DOMAIN section 8 item 3", Severity.REFUSE)
def check_bases_share_hardware(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """Base entries share Device type, manufacturer, model and hardware version.

    Firmware made for other hardware can leave a Device without function, so no pathway ever uses such a base.
    """
    for base in _bases(catalogue, entry):
        if base.hardware_model.family != entry.hardware_model.family:
            mine, other = entry.hardware_model, base.hardware_model
            text = (
                f"{full_name(catalogue, entry.cpl_entry_id)} is for {mine.device_type} {mine}, but its base "
                f"{full_name(catalogue, base.cpl_entry_id)} is for {other.device_type} {other}"
            )
            yield Found(entry.cpl_entry_id, text, "correct the base firmware")


@entry_rule("R33", "DOMAIN section 3", Severity.NEEDS_REASON)
def check_bases_share_hardware_revision(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """Base entries share the hardware revision.

    The hardware revision is the last two digits of the model. An upgrade that would put firmware for one revision
    onto a Device of another needs a reason.
    """
    for base in _bases(catalogue, entry):
        same_family = base.hardware_model.family == entry.hardware_model.family
        if same_family and base.hardware_model != entry.hardware_model:
            text = (
                f"{full_name(catalogue, entry.cpl_entry_id)} is for hardware revision "
                f"{entry.hardware_model.hardware_revision}, but its base {full_name(catalogue, base.cpl_entry_id)} "
                f"is for revision {base.hardware_model.hardware_revision}"
            )
            yield Found(entry.cpl_entry_id, text, _REASON)


@entry_rule("R34", "FEATURES F16", Severity.NEEDS_REASON)
def check_not_all_bases_withdrawn(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """At least one base entry is still listed.

    No pathway leads to a withdrawn entry, so only Devices that run one already could be upgraded.
    """
    bases = _bases(catalogue, entry)
    if bases and all(base.withdrawn_on for base in bases):
        names = listing(catalogue, (base.cpl_entry_id for base in bases))
        text = f"All base firmware of {full_name(catalogue, entry.cpl_entry_id)} has been withdrawn: {names}"
        yield Found(entry.cpl_entry_id, text, _REASON)


@entry_rule("R35", "FEATURES F28", Severity.NEEDS_REASON)
def check_bases_listed_earlier(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """Base entries were not listed later than the entry.

    Where one was, the upgrade probably goes back to earlier firmware. The dates say so; firmware versions have no
    order that could.
    """
    for base in _bases(catalogue, entry):
        if base.listed_on > entry.listed_on:
            later, earlier = (f"listed on {day_in_words(each.listed_on)}" for each in (base, entry))
            text = (
                f"{full_name(catalogue, entry.cpl_entry_id)} was {earlier}, before its base "
                f"{full_name(catalogue, base.cpl_entry_id)}, {later}: probably a downgrade"
            )
            yield Found(entry.cpl_entry_id, text, _REASON)


@entry_rule("R36", "MP231 section 3 item 1", Severity.NEEDS_REASON)
def check_no_previous_version_is_true(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """N/A is stated only where the hardware model has no earlier entry.

    N/A says that there is no previous version. Where entries were listed on an earlier day, withdrawn ones
    included, Devices that run them could not be upgraded to this one.
    """
    if not isinstance(entry.base_firmware, NoPreviousVersion):
        return
    earlier = [
        other
        for other in catalogue.hardware_models[entry.hardware_model]
        if catalogue[other].listed_on < entry.listed_on
    ]
    if earlier:
        text = (
            f"{full_name(catalogue, entry.cpl_entry_id)} has N/A as base firmware, but {entry.hardware_model} has "
            f"earlier entries: {listing(catalogue, earlier)}"
        )
        yield Found(entry.cpl_entry_id, text, "name those that it can be applied to, or say why there are none")


@entry_rule("R37", "MP231 section 7, 'Firmware version or CPL Entry ID as reference'", Severity.NEEDS_REASON)
def check_base_list_names_all_twins(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """A base list names all twins or none.

    Twins are entries of one hardware model with the same firmware version. The DCC's inventory has no hash and so
    cannot tell them apart: an upgrade that is safe on only one of them cannot be offered by version.
    """
    bases = {base.cpl_entry_id for base in _bases(catalogue, entry)}
    for base in sorted(bases):
        known = bases | {entry.cpl_entry_id}
        unnamed = [twin for twin in catalogue.twins_of(base) if twin not in known]
        if unnamed:
            have = "has" if len(unnamed) == 1 else "have"
            text = (
                f"{full_name(catalogue, entry.cpl_entry_id)} names {short_name(catalogue, base)} as base, but not "
                f"{listing(catalogue, unnamed)}, which {have} the same firmware version"
            )
            yield Found(entry.cpl_entry_id, text, _REASON)
