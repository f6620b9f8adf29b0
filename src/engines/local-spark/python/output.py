"""What a run prints: kept for the report, and passed on for the case that the process does not live to tell."""

import contextlib
import io
import sys
from collections.abc import Iterator
from typing import TextIO

KEPT = 64 * 1024


class Tail(io.TextIOBase):
    """A text stream that keeps its last characters and hands everything to another stream."""

    def __init__(self, behind: TextIO) -> None:
        self._behind = behind
        self._kept = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._kept = (self._kept + text)[-KEPT:]
        self._behind.write(text)
        self._behind.flush()
        return len(text)

    def getvalue(self) -> str:
        """The last characters written."""
        return self._kept


@contextlib.contextmanager
def captured() -> Iterator[tuple[Tail, Tail]]:
    """Standard output and error of the block."""
    out, err = Tail(sys.stdout), Tail(sys.stderr)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        yield out, err
