"""A mail server that takes its time: it keeps nothing until it is let go."""

import threading
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tests.waiting import LONGEST_WAIT_S


class Server:
    """What has come to it, and whether it goes on."""

    def __init__(self) -> None:
        self.come = threading.Semaphore(0)
        self.goes_on = threading.Event()
        self.kept: list[str] = []


SERVERS: list[Server] = []
"""The one that a test runs."""


class EmailBackend(BaseEmailBackend):
    """Hand each message to the server that a test runs."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        server = SERVERS[-1]
        for message in email_messages:
            server.come.release()
            assert server.goes_on.wait(LONGEST_WAIT_S)
            if "broken" in message.body:
                raise ZeroDivisionError
            server.kept.append(message.to[0])
        return len(email_messages)
