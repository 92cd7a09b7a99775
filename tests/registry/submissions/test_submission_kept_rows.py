"""The database itself keeps evidence and letters as they were."""

import pytest
from django.db import DatabaseError, transaction

from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile, LetterSent
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import People


def test_evidence_is_neither_changed_nor_deleted(people: People) -> None:
    person = people[Role.SUPPLIER]
    asked = CorrectionRequest.objects.create(asked_by=person, party=person.party, asked_at=AT, words="It is wrong")
    kept = EvidenceFile.objects.create(correction=asked, name="a.txt", size_bytes=1, sha256="0" * 64, contents=b"a")
    for change in (lambda: EvidenceFile.objects.update(name="b.txt"), kept.delete):
        with pytest.raises(DatabaseError, match="evidence is only ever added to"), transaction.atomic():
            change()


def test_a_letter_stays_as_it_was_sent_and_is_answered(people: People) -> None:
    LetterSent.objects.create(
        manufacturer_id="F001",
        sent_on=AT.date(),
        sent_to="Aster",
        text="Dear Aster",
        recorded_by=people[Role.SECAS],
        recorded_at=AT,
    )
    letters = LetterSent.objects.all()
    for change in (
        lambda: letters.update(text="x"),
        lambda: letters.update(sent_to="x"),
        lambda: letters.delete(),
    ):
        with pytest.raises(DatabaseError, match="a letter stays as it was sent"), transaction.atomic():
            change()
    assert letters.update(answered_on=AT.date()) == 1
