"""Letters about stacks ask of each entry whose stack is not known in full, and repeat nothing that was given."""

import re

from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.ssc.exposure.ground import lay_ground
from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.ssc.ways_out.asking import draft_stack_letters
from tests.notation import ON, catalogue
from tests.registry.ssc.known import KNOWN

IN_FULL = ("OrrinZNet 7.4.0", "Orrin ZNet PRO 7.4.0", "ValeStack 9")
STACKS = [*IN_FULL, "Orin ZNet 7.4.0", "7.4.0", "OrrinZNet", "Unheard", ""]
VENDORS = ["Orrin Silicon", "Unheard", ""]
stacks = st.builds(KnownStack, *(st.sampled_from([each or NOT_KNOWN for each in of]) for of in (VENDORS, STACKS)))
LISTED = catalogue("1 <- 2 <- 3 ; 4 maker=F002 ; 5 maker=F002 contact=a@b.example ; 6 withdrawn")


@given(st.lists(stacks, min_size=6, max_size=6))
def test_each_manufacturer_is_asked_about_its_own_entries(said: list[KnownStack]) -> None:
    ground = lay_ground(LISTED, dict(zip(LISTED.entries, said, strict=True)), KNOWN)
    letters = {each.manufacturer_id: each for each in draft_stack_letters(ground, "SSC", ON)}
    asked = {each: set(map(int, re.findall(r"CPL entry (\d+) \(", letters[each].text))) for each in letters}
    lacks = {each for each, stack in zip(LISTED.entries, said, strict=True) if not is_in_full(stack)}
    assert asked == {maker: ids & lacks for maker, ids in (("F001", {1, 2, 3, 6}), ("F002", {4, 5})) if ids & lacks}
    for letter in letters.values():
        assert not [word for word in ("Orrin", "Orin", "Vale", "Unheard", "7.4") if word in letter.text]


def is_in_full(stack: KnownStack) -> bool:
    return stack.chipset_vendor == "Orrin Silicon" and str(stack.stack_version) in IN_FULL
