"""A register with stacks, names and a vulnerability, for tests of what the SSC sees."""

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.stacks.actions import FromEmail, record_from_email
from firmpath.registry.ssc.versions.known_names import MAKER, STACK, KnownName, add_name
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.vulnerabilities.keeping import add_vulnerability
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability
from firmpath.registry.submissions.sealed import ZigBeeStack
from tests.registry.conftest import AT
from tests.registry.ssc.planting import People, who

UP_TO_7_3 = AffectedRange("Orrin Silicon", "OrrinZNet", "", VersionRange("", "7.3.0", ""), "7.3.0 and earlier")
VULNERABILITY = Vulnerability(
    "OS-2026-7", ("CVE-2026-1234",), "Frames can stop the radio", (UP_TO_7_3,),
    cvss="CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", note="Seen in the field.",
    condition="Price cluster",
)  # fmt: skip


def give_stacks(people: People, versions: dict[int, str]) -> None:
    """Record what e-mails said: entry → stack version."""
    for number, version in versions.items():
        email = FromEmail(ZigBeeStack("Orrin Silicon", version), "Aster Metering", f"It is {version}.", "put right")
        record_from_email(CPLEntryID(number), email, who(people, Role.SECAS), AT)


def know_names(people: People) -> None:
    """Put Orrin Silicon and OrrinZNet on the list."""
    ssc = who(people, Role.SSC)
    maker = add_name(KnownName(MAKER, "Orrin Silicon", ("Orrin",)), ssc, AT)
    add_name(KnownName(STACK, "OrrinZNet", ("Orrin ZNet PRO",), maker, "dotted numbers"), ssc, AT)


def know_vulnerability(people: People, vulnerability: Vulnerability = VULNERABILITY) -> int:
    """Add a vulnerability, and give its number."""
    return add_vulnerability(vulnerability, who(people, Role.SSC), AT)
