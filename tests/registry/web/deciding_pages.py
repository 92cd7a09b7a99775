"""How tests use SECAS's pages: they read the words, and confirm the effect that they were shown."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.test import Client

PROVENANCE = {"reason": "The maker wrote so", "channel": "SECAS correction", "party": "Aster Metering"}


def text_of(response: Any) -> str:
    """Give the words of a page, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def hidden(response: Any, name: str) -> str:
    """Give what a page sends on."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, text_of(response)
    return found[1]


def confirm(client: Client, url: str, answers: Mapping[str, object]) -> Any:
    """Send the answers, and then confirm the effect that is shown."""
    shown = client.post(url, answers)
    assert shown.status_code == 200, text_of(shown)
    return client.post(url, {**answers, "seen": hidden(shown, "seen")})
