"""Invented stacks, vulnerabilities and counts of Devices for the entries of the example CPL; every name is made up.

They are chosen so that each page has something to show: ways out, one that leads onto what another vulnerability
affects, each reason for which there is none, versions that are written roughly, and a spelling that nobody knows.
"""

from collections.abc import Mapping
from typing import Final

LARKSPUR: Final = "Larkspur Radio"
FERNLEY: Final = "Fernley Semiconductors"

STACKS: Final[Mapping[str, Mapping[int, str]]] = {
    LARKSPUR: {
        105: "LarkNet 2.0.0",
        106: "LarkNet 2.0.4",
        107: "LarkNet 2.1.0",
        108: "LarkNet 3.3.5",
        110: "LarkNet 3.0.2",
        111: "LarkNet 3.1.0",
        113: "LarkNet 3.1.4",
        118: "LarkNet 3.2.1",
        124: "LarkNet 3.2.4",
        125: "LarkNet 3.3.0",
        127: "LarkNet 3.3.2",
        131: "LarkNet 4.0.0",
        132: "LarkNet 4.0.0",
        137: "LarkNet 4.1.0",
        140: "LarkNet 4.1.2",
        141: "LarkNet 4.1.2",
        117: "LarkNet 2.9.1",
        119: "LarkNet 2.9.3",
        120: "LarkNet 3.0.0",
        146: "LarkNet 5.0.0",
        147: "LarkNet 3.2.0",
        150: "LarkNet 3.3.5",
        154: "LarkNet 3.2.2",
        148: "LarkNet 3",
        152: "Lark-Net Pro 3.3",
        114: "",
    },
    FERNLEY: {
        112: "FernMesh 1.1",
        116: "FernMesh 1.2",
        122: "FernMesh 1.3",
        123: "FernMesh 2.0",
        128: "FernMesh 2.1",
        115: "FernMesh 1.2",
        126: "FernMesh 1.4",
        121: "FernMesh 1.2",
        129: "FernMesh 1.3",
        138: "FernMesh 1.4",
        134: "FernMesh 1.2",
        151: "FernMesh 1.3",
        156: "FernMesh 1.4",
        158: "FernMesh 2.0",
        159: "FernMesh 2.1",
        130: "FernMesh 1.2",
        133: "FernMesh 1.3",
        135: "FernMesh 2.0",
        139: "FernMesh 2.2",
        160: "FernMesh 1.3",
        162: "FernMesh 1.4",
        161: "FernMesh 2.0",
        163: "FernMesh 2.1",
    },
}
"""By chipset vendor, what each entry has; '' where the vendor alone is given. Of some entries nothing is."""

KNOWN: Final = (
    (LARKSPUR, ("Larkspur",), "LarkNet"),
    (FERNLEY, ("Fernley",), "FernMesh"),
)
"""Makers, other spellings of theirs, and the stack of each, whose versions are dotted numbers."""

VULNERABILITIES: Final = b"""\
reference,cves,title,stack_vendor,stack,chipset_vendor,affected_from,affected_to,condition,cvss,note,source
EXAMPLE-2026-1,CVE-1900-1001,Invented: one frame on the HAN stops the radio,Larkspur Radio,LarkNet,,,3.2.x,,\
CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H,Invented to try this register.,Invented advisory 1
EXAMPLE-2026-2,CVE-1900-1002,Invented: a key can be read,Larkspur Radio,LarkNet,,3.3.0,4.0.x,,\
CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N,Invented to try this register.,Invented advisory 2
EXAMPLE-2026-3,CVE-1900-1003,Invented: anybody near can join the HAN,Fernley Semiconductors,FernMesh,,,1.3,,\
CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H,Invented to try this register.,Invented advisory 3
EXAMPLE-2026-4,,Invented: a price can be forged,,FernMesh,Fernley Semiconductors,2.0,2.1,\
the Device has the Price cluster,,Invented to try this register.,Invented advisory 4
"""

INVENTORY: Final = "Invented: all Suppliers"
DEVICES: Final = b"""\
cpl_entry_id,devices
105,4200
107,61000
110,420000
111,380000
113,61000
118,245000
124,90000
125,33000
127,52000
131; 132,150000
137,71000
140,18000
112,15000
116,24000
122,88000
128,130000
115,9000
126,27000
117,36000
119,54000
120,12000
121,48000
129,95000
138,7000
147,22000
150,41000
130,64000
133,83000
135,12000
148,30000
151,11000
156,26000
158,58000
160,17000
"""

ASSESSED: Final = 152
ASSESSED_BECAUSE: Final = "Invented: its maker showed us that this build leaves the vulnerable code out."
