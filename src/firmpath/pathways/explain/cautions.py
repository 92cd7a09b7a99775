"""What to know before following a pathway, in words."""

from firmpath.pathways.answers import Caution, CautionKind
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.bars import mark_in_words, notice_in_words
from firmpath.pathways.naming import full_name, listing, short_name


def caution_in_words(catalogue: Catalogue, caution: Caution) -> str:
    """Say in one or two sentences what a person should know."""
    entry = catalogue[caution.cpl_entry_id]
    name = full_name(catalogue, caution.cpl_entry_id)
    others = listing(catalogue, caution.others)
    match caution.kind:
        case CautionKind.TWIN:
            own = f"that of {entry.cpl_entry_id} begins with {entry.manufacturer_image_hash[:8]}"
            return f"{name} has the same firmware version as {others}; only the hash tells them apart, and {own}."
        case CautionKind.PROBABLE_DOWNGRADE:
            return f"{name} was listed before {others}, from which this step leads to it: probably a downgrade."
        case CautionKind.OTHER_REVISION:
            why = (
                f": {entry.base_firmware_reason}" if entry.base_firmware_reason else ", and no reason is on record"
            )
            return f"{name} is for another hardware revision than {others}{why}."
        case CautionKind.NOTICE_ACCEPTED:
            notice = next(each for each in catalogue.notices if each.notice_id == caution.notice_id)
            step = f"the step {others} → {short_name(catalogue, caution.cpl_entry_id)}"
            return f"The risk on {step} is accepted. {notice_in_words(catalogue, notice)}"
        case CautionKind.INTO_DEAD_END:
            stuck = "Once there, a Device can be upgraded no more."
            return f"{name} is marked as a dead end: {mark_in_words(entry)} {stuck}"
        case CautionKind.NEWER_IS_DEAD_END:
            return f"There is newer firmware, {others}, but it is marked as a dead end, so it is not chosen."
        case CautionKind.NEWER_UNREACHED:
            return f"There is newer firmware, {others}, but no pathway to it is open."
