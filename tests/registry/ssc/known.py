"""The makers and stacks that tests know, all made up."""

from firmpath.registry.ssc.versions.comparing import RULES
from firmpath.registry.ssc.versions.names import Maker, Names, Stack, names_of

KNOWN: Names = names_of(
    {1: Maker(1, "Orrin Silicon"), 2: Maker(2, "Vale Semiconductors")},
    {
        3: Stack(3, "OrrinZNet", 1, RULES["dotted numbers"], ("Orrin ZNet PRO",)),
        4: Stack(4, "ValeStack", 2, RULES["equal or not"]),
    },
)
