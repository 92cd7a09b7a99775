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
