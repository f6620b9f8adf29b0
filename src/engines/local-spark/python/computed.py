"""Files whose paths a run computes: read where the request says, written below a folder of its own."""

import os
from typing import TypedDict

from effects import EffectLog
from moved import moved


class Computed(TypedDict):
    """What the request says about them."""

    read: dict[str, str]
    written: str
    kept: list[str]


class ComputedPaths:
    """Where the paths that a run computes are on this machine."""

    def __init__(self, computed: Computed | None, log: EffectLog) -> None:
        self._log = log
        self._folder = computed and computed["written"]
        self._read = computed["read"] if computed else {}
        self._kept = computed["kept"] if computed else []
        self._written: dict[str, str] = {}

    def to_read(self, path: str) -> str:
        """What the run wrote itself comes before what was given."""
        return self._written.get(_key(path)) or moved(path, self._read) or path

    def to_write(self, path: str, function: str) -> str:
        """A folder for each path, the same in every pass; the log tells which function of the script writes there."""
        if self._folder is None or any(path == place or path.startswith(f"{place}/") for place in self._kept):
            return path
        key = _key(path)
        if key not in self._written:
            self._written[key] = os.path.join(self._folder, str(len(self._written) + 1))
            self._log.add("file.write", path=path, folder=self._written[key], function=function)
        return self._written[key]


def _key(path: str) -> str:
    return path.replace("\\", "/").lower()
