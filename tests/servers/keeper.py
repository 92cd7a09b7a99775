"""Run one command for as long as whoever asked for it lives. `kept.py` starts this file as a program of its own.

It is the process between the tests and a server. What it is told comes on standard input, a signal's number a
line. When that ends, whoever asked has gone, by whatever death: then the command is stopped and its folders are
removed. Standard library only, and little of it, because it starts with every server.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any


def keep(order: dict[str, Any], told: int) -> int:
    """Run the command of an order, as another user if it says so, and return its exit code."""
    who = {name: order[name] for name in ("user", "group", "extra_groups") if name in order}
    child: subprocess.Popen[bytes] = subprocess.Popen(
        order["command"],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        **who,
    )
    abandoned = threading.Event()
    threading.Thread(target=_obey, args=(child, order, told, abandoned), daemon=True).start()
    code = child.wait()
    _kill_group(child.pid)  # workers that outlived it
    if abandoned.is_set():
        for folder in order["remove"]:
            shutil.rmtree(folder, ignore_errors=True)
    return code if code >= 0 else 128 - code


def _obey(child: subprocess.Popen[bytes], order: dict[str, Any], told: int, abandoned: threading.Event) -> None:
    while heard := os.read(told, 100):
        for word in heard.split():
            _pass_on(child, int(word))
    abandoned.set()
    _pass_on(child, order["stop_signal"])
    with suppress(subprocess.TimeoutExpired):
        child.wait(order["patience_s"])
        return
    _kill_group(child.pid)


def _pass_on(child: subprocess.Popen[bytes], number: int) -> None:
    if number == signal.SIGKILL:
        _kill_group(child.pid)
    else:
        child.send_signal(number)


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    # Not sys.exit: the thread that listens may be in the middle of a read.
    os._exit(keep(json.loads(sys.argv[1]), 0))
