"""Messages to and from Reglue: JSON lines over two descriptors of their own, since generated code may print."""

import json
import os
import queue
import signal
import threading
from collections.abc import Iterator
from typing import Any

REQUESTS, RESPONSES = 3, 4


class Channel:
    """Requests are read by a thread, so that this process ends with the one that started it, even within a run."""

    def __init__(self) -> None:
        self._responses = os.fdopen(RESPONSES, "w", encoding="utf-8")
        self._queue: queue.Queue[dict[str, Any] | None] = queue.Queue()
        for descriptor in (REQUESTS, RESPONSES):
            os.set_inheritable(descriptor, False)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with os.fdopen(REQUESTS, "r", encoding="utf-8") as requests:
            for line in requests:
                self._queue.put(json.loads(line))
        os.killpg(os.getpgid(0), signal.SIGKILL)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while (request := self._queue.get()) is not None:
            yield request

    def send(self, message: dict[str, Any]) -> None:
        """Writes one message. Text that is not valid Unicode is escaped, never dropped."""
        self._responses.write(json.dumps(message, allow_nan=False) + "\n")
        self._responses.flush()
