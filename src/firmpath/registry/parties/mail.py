"""Send e-mail: plain text to one person."""

import logging
from collections import deque
from pathlib import Path
from smtplib import SMTPException
from threading import Lock, Thread
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

from firmpath.registry.parties.letters import Letter

_LOG: Final = logging.getLogger("firmpath")

SENDING: Final = "sending e-mail"
"""The name of each thread that sends e-mail."""

MOST_SENDERS: Final = 4
MOST_WAITING: Final = 400
"""Letters that wait, besides those that are being sent: a mail server that answers takes them in some seconds."""


def send(to: str, subject: str, body: str) -> bool:
    """Send an e-mail, and say whether a mail server took it; why not is in the log, without the address.

    Where none is configured the e-mail becomes a file, which reaches nobody by itself.
    """
    _keep_files_to_ourselves()
    try:
        EmailMessage(subject, body, None, [to]).send()
    except (OSError, SMTPException, ValueError) as wrong:
        _log_not_sent(wrong)
        return False
    return bool(settings.CONFIGURATION.email_url)


def _log_not_sent(wrong: Exception) -> None:
    _LOG.error("", extra={"what": "e-mail not sent", "fields": {"because": type(wrong).__name__}})


def _keep_files_to_ourselves() -> None:
    """The links in e-mails that become files are for nobody else on this machine."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if folder:
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)


def send_letter(to: str, letter: Letter) -> bool:
    """Send a letter, and say whether a mail server took it."""
    return send(to, letter.subject, letter.body)


def send_soon(to: str, letter: Letter) -> None:
    """Send a letter while the page is answered already: how long it takes tells nobody that there is an account.

    The process waits for all letters before it ends. Where `MOST_WAITING` wait already, or no thread can
    be started, the letter is sent before this returns: that takes time, and loses nothing.
    """
    if not _POST.take(to, letter):
        _LOG.warning("", extra={"what": "e-mail sent while a page waits", "fields": {"waiting": MOST_WAITING}})
        send_letter(to, letter)


class _Post:
    """Letters that wait, and how many threads send them; each thread ends once none waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[tuple[str, Letter]] = deque()
        self._senders = 0

    def take(self, to: str, letter: Letter) -> bool:
        """Take a letter to be sent, and say whether there was room."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                return False
            self._waiting.append((to, letter))
            if self._senders == MOST_SENDERS:
                return True
            self._senders += 1
        try:
            Thread(target=self._send_all, name=SENDING).start()
        except RuntimeError:  # no thread can be started
            self._send_all()
        return True

    def _send_all(self) -> None:
        for to, letter in iter(self._next, None):
            try:
                send_letter(to, letter)
            except Exception as wrong:  # the others are sent all the same
                _log_not_sent(wrong)

    def _next(self) -> tuple[str, Letter] | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._senders -= 1
            return None


_POST: Final = _Post()
