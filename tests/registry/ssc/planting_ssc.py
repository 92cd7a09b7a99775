"""Distinctive values in all that the SSC itself writes: names, vulnerabilities, assessments and inventories."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from firmpath.registry.ssc.versions.known_names import known_names
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities

WHATS = (
    "maker",
    "stack",
    "spelling",
    "reference",
    "title",
    "condition",
    "note",
    "source",
    "assessment",
    "inventory",
)


def value_of(what: str) -> str:
    """Give the value that is planted as something that the SSC writes."""
    return f"Xyloquartz-{what}-8.2"


def plant_in_ssc(ssc: Client, entry: int) -> int:
    """Write one of everything as the SSC, by its own pages, and open a public notice because of it.

    Give the number of the vulnerability.
    """
    send(ssc, reverse("ssc_name_add", args=["maker"]), name=value_of("maker"))
    (maker,) = known_names().makers
    stack = {
        "name": value_of("stack"),
        "spellings": value_of("spelling"),
        "maker": str(maker),
        "rule": "dotted numbers",
    }
    send(ssc, reverse("ssc_name_add", args=["stack"]), **stack)
    vulnerability = {
        "reference": value_of("reference"),
        "title": value_of("title"),
        "ranges": f"{value_of('stack')}: 7.3.x and earlier",
        "condition": value_of("condition"),
        "note": value_of("note"),
        "sources": value_of("source"),
    }
    send(ssc, reverse("ssc_vulnerability_add"), **vulnerability)
    (number,) = known_vulnerabilities()
    said = {"ids": str(entry), "kind": "affected", "reason": value_of("assessment")}
    send(ssc, reverse("ssc_assess", args=[number]), **said)
    counts = SimpleUploadedFile("counts.csv", f"cpl_entry_id,devices\n{entry},4711\n".encode())
    day = {"counted_on-day": "1", "counted_on-month": "6", "counted_on-year": "2026"}
    send(ssc, reverse("ssc_inventories"), name=value_of("inventory"), file=counts, **day)
    notice = {"notice_id": "W1", "name": "Wait", "text": "Wait for now.", "steps": f"any -> {entry}"}
    path = reverse("ssc_notice", args=[number])
    seen = ssc.post(path, notice).content.decode().split('name="seen" value="')[1].partition('"')[0]
    send(ssc, path, **notice, seen=seen)
    return number


def send(ssc: Client, path: str, **form: object) -> None:
    response = ssc.post(path, form)
    assert response.status_code == 302, response.content.decode()
