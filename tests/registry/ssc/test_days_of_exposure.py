"""Exposure in days: from the days that are on record, and not known where they do not tell."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.vulnerabilities.keeping import (
    change_vulnerability,
    history_of_vulnerability,
    known_vulnerabilities,
)
from tests.registry.conftest import AT
from tests.registry.ssc.test_vulnerability_pages import People, client, number, page

__all__ = ["client", "number"]


@pytest.mark.parametrize(
    ("day", "exposed", "fixed"),
    [("2026-05-31", "", "2339"), ("2026-06-01", "0", "2340"), ("2027-06-01", "365", "2705")],
)
def test_days_of_exposure_begin_when_both_are_on_record(
    client: Client, number: int, day: str, exposed: str, fixed: str
) -> None:
    """Entries are listed from 2020 on, 3 on 4 January; the vulnerability was recorded on 1 June 2026."""
    path = reverse("ssc_exposure", args=[number]) + f"?format=csv&on={day}"
    (row, *others) = csv.DictReader(io.StringIO(page(client, path)))
    assert (row["cpl_entry_id"], row["way_out"]) == ("1", "1 > 2 > 3")
    assert (row["days_of_exposure"], row["days_since_fix_was_listed"]) == (exposed, fixed)
    assert [each["condition"] for each in (row, *others[:3])] == [
        "Price cluster",
        "Price cluster",
        "",
        "Price cluster",
    ]
    shown = page(client, reverse("ssc_ways_out", args=[number]) + f"?on={day}")
    assert f'<td data-label="Days exposed" class="number">{exposed or "not known"}</td>' in shown
    assert f'<span class="quiet">on the CPL for {int(fixed):,} days</span>' in shown
    assert "Since when a Device runs the firmware, nobody has told us." in shown


def test_days_are_counted_from_the_first_revision(client: Client, number: int, people: People) -> None:
    (seen,) = history_of_vulnerability(number)
    changed = seen.vulnerability._replace(title="Another title")
    change_vulnerability(seen.kept, changed, "revised", find_who(people[Role.SSC]), AT + timedelta(days=10))
    kept = known_vulnerabilities()[number].kept
    assert (kept.begun_at, kept.recorded_at) == (AT, AT + timedelta(days=10))
    assert known_vulnerabilities(AT)[number].kept.begun_at == AT
