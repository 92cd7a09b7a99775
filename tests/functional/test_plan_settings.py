"""How the CPL and the inventory of a plan were read is in its manifest and its report, so it can be made again."""

import json
from pathlib import Path

from firmpath.cli.commands.demo import EXAMPLE_CPL
from tests.functional.conftest import Firmpath
from tests.notation import ON

DEVICE = "02-00-00-00-00-00-00-01"


def test_noughts_before_a_limit_do_not_change_it(firmpath: Firmpath, tmp_path: Path) -> None:
    inventory = tmp_path / "fleet.csv"
    inventory.write_text(f"device_id,cpl_entry_id\n{DEVICE},110\n")
    limit = ("--per-day", "00000000005000")
    made = firmpath("plan", inventory, "--cpl", EXAMPLE_CPL, "--on", ON, *limit, "--out", tmp_path / "plan")
    assert (made.code, made.err) == (0, "")
    manifest = json.loads((tmp_path / "plan" / "waves" / "manifest.json").read_text())
    assert 5000 in manifest["limits"].values()


def test_what_mappings_ignore_and_sheet_said_is_recorded(firmpath: Firmpath, tmp_path: Path) -> None:
    cpl, headings, mapping = tmp_path / "cpl.csv", tmp_path / "headings.toml", tmp_path / "mapping.toml"
    firmpath("export", "--cpl", EXAMPLE_CPL, "--out", cpl)
    head, _, rows = cpl.read_text().partition("\n")
    cpl.write_text(head.replace("firmware_version", "FW").replace(",notes", ",Colour") + "\n" + rows)
    mapping.write_text('ignore = ["contact"]\n[columns]\n"FW" = "firmware_version"\n')
    headings.write_text('[columns]\n"Meter" = "device_id"\n"Seen" = "read_on"\n')
    inventory = tmp_path / "fleet.csv"
    inventory.write_text(f"Meter,cpl_entry_id\n{DEVICE},110\n")
    how = ("--mapping", mapping, "--ignore", "Colour", "--inventory-mapping", headings)
    made = firmpath("plan", inventory, "--cpl", cpl, "--on", ON, *how, "--out", tmp_path / "plan")
    assert (made.code, made.err) == (0, "")
    manifest = json.loads((tmp_path / "plan" / "waves" / "manifest.json").read_text())
    assert manifest["cpl_mapping"] == {"FW": "firmware_version"}
    assert manifest["cpl_ignored"] == ["contact", "Colour"]
    assert manifest["inventory_mapping"] == {"Meter": "device_id", "Seen": "read_on"}
    report = (tmp_path / "plan" / "report.html").read_text()
    assert "<dt>CPL read as</dt><dd>FW means firmware_version; left out: contact, Colour</dd>" in report
    assert "<dt>Inventory read as</dt><dd>Meter means device_id; Seen means read_on</dd>" in report
    workbook = tmp_path / "cpl.xlsx"
    firmpath("export", "--cpl", EXAMPLE_CPL, "--out", workbook)
    plain = tmp_path / "plain.csv"
    plain.write_text(f"device_id,cpl_entry_id\n{DEVICE},110\n")
    firmpath("plan", plain, "--cpl", workbook, "--sheet", "CPL", "--on", ON, "--out", tmp_path / "sheet")
    manifest = json.loads((tmp_path / "sheet" / "waves" / "manifest.json").read_text())
    assert {each for each in manifest if each.startswith(("cpl_", "inventory_"))} == {"cpl_sheet"}
    assert manifest["cpl_sheet"] == "CPL"
