"""Files whose paths a run computes: read where the request says, written below a folder of its own."""

import os
import re
from typing import TypedDict

from effects import EffectLog
from moved import moved


class Computed(TypedDict):
    """What the request says about them."""

    read: dict[str, str]
    written: str


class ComputedPaths:
    """Where paths of the old machines and of buckets are on this one. Any other path is where it says."""

    def __init__(self, computed: Computed | None, log: EffectLog) -> None:
        self._log = log
        self._folder = computed and computed["written"]
        self._read = computed["read"] if computed else {}
        self._written: dict[str, str] = {}

    def to_read(self, path: str) -> str:
        """What the run wrote itself comes before what was given."""
        return self._written.get(_key(path)) or moved(path, self._read) or path

    def to_write(self, path: str, function: str) -> str:
        """A folder for each path, the same in every pass; the log tells which function of the script writes there."""
        if self._folder is None or not _is_elsewhere(path):
            return path
        key = _key(path)
        if key not in self._written:
            self._written[key] = os.path.join(self._folder, str(len(self._written) + 1))
            self._log.add("file.write", path=path, folder=self._written[key], function=function)
        return self._written[key]


def _is_elsewhere(path: str) -> bool:
    """A drive or a share of Windows, or a URL."""
    return re.match(r"[A-Za-z]:[/\\\\]|[/\\\\]{2}|(?!file:)[a-z][a-z0-9]+:/", path) is not None


def _key(path: str) -> str:
    return path.replace("\\", "/").lower()
