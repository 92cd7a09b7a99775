"""Send e-mail: plain text to one person."""

import logging
from pathlib import Path
from smtplib import SMTPException
from threading import Thread
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

from firmpath.registry.parties.letters import Letter

_LOG: Final = logging.getLogger("firmpath")

SENDING: Final = "sending e-mail"
"""The name of each thread that sends e-mail."""


def send(to: str, subject: str, body: str) -> bool:
    """Send an e-mail, and say whether a mail server took it; why not is in the log, without the address.

    Where none is configured the e-mail becomes a file, which reaches nobody by itself.
    """
    _keep_files_to_ourselves()
    try:
        EmailMessage(subject, body, None, [to]).send()
    except (OSError, SMTPException, ValueError) as wrong:
        _LOG.error("", extra={"what": "e-mail not sent", "fields": {"because": type(wrong).__name__}})
        return False
    return bool(settings.CONFIGURATION.email_url)


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

    The process waits for it before it ends.
    """
    Thread(target=send_letter, args=(to, letter), name=SENDING).start()
