"""The Security Sub-Committee reads, searches and exports ZigBee stacks, and sees who looked."""

from tests.browser.visits import Visits


def test_stacks_are_recorded_found_exported_and_the_look_is_logged(visits: Visits) -> None:
    with visits.desk("SECAS") as secas:
        secas.go("/ssc/record/105/")
        secas.press("Record")
        secas.is_told("ZigBee")
        secas.fill(
            {"ZigBee chipset vendor (optional)": "Larkspur Radio", "ZigBee stack version (optional)": "Z 3.1"}
        )
        secas.fill({"Party that sent it": "Brackenfell Metering", "Text of the e-mail": "Our stack is Z 3.1."})
        secas.press("Record")
        secas.sees("Recorded. From now on only the Security Sub-Committee can read it.")
        secas.sees_not("Larkspur Radio", "Z 3.1")
    with visits.desk("SSC") as ssc:
        ssc.go("/ssc/")
        ssc.fill_named({"search": "Larkspur"})
        ssc.press("Find")
        ssc.sees("Larkspur Radio", "Z 3.1", "00001E05")
        ssc.go("/ssc/")
        assert "Larkspur Radio" in ssc.download("CSV").decode()
        ssc.go("/ssc/entries/105/")
        ssc.unfold("The e-mail")
        ssc.sees("Our stack is Z 3.1.")
        for name in ("Counts", "In review", "Who looked"):
            ssc.go("/ssc/")
            ssc.follow(name)
        ssc.sees("Simon Fell", "Larkspur")


ADVISORIES = (
    b"reference,cves,title,stack_vendor,stack,affected_to,condition,cvss,source\n"
    b"LR-2026-1,CVE-2026-1234,Frames can stop the radio,Larkspur Radio,LarkNet,3.1.x,,"
    b"CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H,Larkspur Radio advisory\n"
    b"LR-2026-2,,,Larkspur Radio,LarkNet,2.0.0,only devices with the Price cluster,,Larkspur Radio advisory\n"
)
GIVEN = {
    110: "LarkNet 3.0.2",
    111: "LarkNet 3.1.0",
    112: "LarkNet 3.2.0",
    115: "Lark-Net 3.0.0",
    140: "LarkNet 4.0.0",
}


def test_a_vulnerability_is_sized_assessed_and_steered_around(visits: Visits) -> None:
    with visits.desk("SECAS") as secas:
        for number, stack in GIVEN.items():
            secas.go(f"/ssc/record/{number}/")
            secas.fill({"ZigBee chipset vendor (optional)": "Larkspur", "ZigBee stack version (optional)": stack})
            secas.fill({"Party that sent it": "Brackenfell Metering", "Text of the e-mail": f"It is {stack}."})
            secas.press("Record")
    with visits.desk("SSC") as ssc:
        ssc.go("/ssc/vulnerabilities/")
        ssc.sees("No vulnerability is on record.")
        ssc.follow("Take in a file")
        ssc.press("Take it in")
        ssc.is_told("File has not been chosen; choose one")
        ssc.give_file("File", "advisories.csv", ADVISORIES)
        ssc.press("Take it in")
        ssc.sees("Taken in: 2 added, 0 changed, 0 as they were.", "LR-2026-1", "Medium (6.5)")
        ssc.follow("Names")
        ssc.sees("spellings that match nothing")
        ssc.follow("Add a stack")
        ssc.press("Save")
        ssc.is_told("Name is not given", "How versions compare has not been chosen")
        ssc.fill({"Name": "LarkNet"})
        ssc.tick("Dotted numbers")
        ssc.press("Save")
        ssc.go("/ssc/inventories/")
        ssc.fill({"Name of the inventory": "All Suppliers"})
        ssc.fill_named({"counted_on-day": "1", "counted_on-month": "6", "counted_on-year": "2026"})
        ssc.give_file("File", "counts.csv", b"cpl_entry_id,devices\n110,1200000\n111,80000\n115,300\n")
        ssc.press("Count them")
        ssc.sees("1,280,300 Devices have been counted.")
        ssc.go("/ssc/vulnerabilities/?inventory=1")
        ssc.go("/ssc/vulnerabilities/1/?inventory=1")
        ssc.sees("Affected", "By Manufacturer", "By ZigBee band")
        ssc.follow("Entries")
        ssc.follow("Ways out")
        ssc.sees("What would help most")
        ssc.fill({"From": "110", "To": "140"})
        ssc.press("Try it")
        ssc.follow("Letters")
        ssc.sees("who operates these Devices?", "Text to copy")
        ssc.follow("History")
        ssc.go("/ssc/vulnerabilities/1/")
        ssc.follow("Assess entries")
        ssc.fill({"CPL entries": "110"})
        ssc.tick("Not affected")
        ssc.select("Why it is not affected", "The vulnerable code is not in this firmware")
        ssc.fill({"Reason": "Built without it; shown to us on 12 May."})
        ssc.press("Keep the assessment")
        ssc.sees("The assessment of 1 entry is kept.", "Built without it; shown to us on 12 May.")
        ssc.follow("Change it")
        ssc.fill({"Title (optional)": "Frames stop the radio", "Reason": "clearer"})
        ssc.press("Save")
        ssc.sees("The vulnerability has been changed.")
        ssc.follow("Open a public notice")
        ssc.fill({"Notice": "W-2026-1", "Name": "Wait before this step", "Text": "Please wait with this upgrade."})
        ssc.fill_named({"steps": "any -> 111"})
        ssc.press("See its effect")
        ssc.press("Record it")
        ssc.sees("Notice W-2026-1 is open: everybody who signs in can read it.")
        ssc.go("/account/tokens/new/")
    with visits.phone("SSC") as ssc:
        for path in ("", "entries/?inventory=1&sort=-devices", "ways-out/?inventory=1&device_type=ESME"):
            ssc.go(f"/ssc/vulnerabilities/1/{path}")
        for path in ("vulnerabilities/?state=stuck", "names/", "counts/?sort=-listed", "inventories/", "looks/"):
            ssc.go(f"/ssc/{path}")
    with visits.desk("Supplier") as supplier:
        supplier.go("/notices/")
        supplier.sees("W-2026-1", "Please wait with this upgrade.", "Responsible Party: SSC")
        supplier.sees_not("LarkNet", "LR-2026")
