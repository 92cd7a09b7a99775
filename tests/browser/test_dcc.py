"""The DCC takes the extract, and records what its systems have loaded."""

from tests.browser.visits import Visits


def test_the_extract_is_taken_and_what_is_loaded_recorded(visits: Visits) -> None:
    with visits.desk("DCC") as dcc:
        dcc.go("/dcc/")
        dcc.follow("Extracts")
        dcc.tick("All listed entries")
        dcc.press("Take an extract")
        dcc.is_at("Extract ")
        assert b"118" in dcc.download("CSV")
        dcc.go("/dcc/")
        dcc.fill({"CPL Entry ID (optional)": "118, 12"})
        dcc.press("Record as loaded")
        dcc.is_told("12")
        dcc.fill({"CPL Entry ID (optional)": "118"})
        dcc.press("Record as loaded")
        dcc.sees("1 entry is recorded as loaded.")
        dcc.go("/cpl/118/")
        dcc.sees("The DCC’s systems have it since")
        dcc.go("/dcc/loaded/")
        dcc.sees("118")
