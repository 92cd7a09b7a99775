"""What the exit code of every command means; pipelines rely on it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes, the same for every command."""

    YES = 0
    NO = 1
    USAGE = 2
    REFUSED = 3
    FAILED = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141

    @property
    def meaning(self) -> str:
        """What the code means, in words."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.YES: "done; where something was asked, the answer is yes",
    ExitCode.NO: "answered, but not a plain yes: no pathway, an unsafe step, a finding, a pathway lost, "
    "a Device of which only candidates are known, an image that is not what it says, a request that may not be "
    "sent as it is",
    ExitCode.USAGE: "the command line was not understood",
    ExitCode.REFUSED: "something given was refused: a file, an identifier, a date; every fault is printed",
    ExitCode.FAILED: "Firmpath itself failed, for want of memory or by a fault of its own; nothing was answered",
    ExitCode.INTERRUPTED: "interrupted from the keyboard",
    ExitCode.PIPE_CLOSED: "whatever was reading the output stopped reading",
}
