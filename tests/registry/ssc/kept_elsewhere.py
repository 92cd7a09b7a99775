"""What is kept outside the SSC's database, read row by row: a value of the SSC is in none of it."""

from django.contrib.sessions.models import Session
from django.core import mail

from tests.registry.ssc.rows import rows_of_the_register
from tests.registry.ssc.scene import NEEDLES
from tests.registry.ssc.walking import contains


def assert_not_kept_elsewhere() -> None:
    """Assert that no row of the register's own database, no session and no e-mail has a value."""
    for table, octets in rows_of_the_register():
        assert not contains(octets, NEEDLES), f"a row of {table} has a value"
    for session in Session.objects.all():
        assert not contains(repr(session.get_decoded()).encode(), NEEDLES), "a session has a value"
    for message in mail.outbox:
        assert not contains(message.message().as_bytes(), NEEDLES), "an e-mail has a value"
