"""Paths that a script spells itself, elsewhere for one run: all that a script does with files goes through one helper."""

import re
from types import ModuleType
from typing import Any

from pyspark.sql import SparkSession


def move_paths(module: ModuleType, places: dict[str, str]) -> None:
    """Has the script find these places, and what is below them, where the request says."""
    if not places:
        return
    system = getattr(module, "file_system", None)
    relocated = getattr(module, "relocated", None)
    if callable(system):

        def file_system(spark: SparkSession, path: str) -> Any:
            return system(spark, moved(path, places) or path)

        module.file_system = file_system  # type: ignore[attr-defined]
    if callable(relocated):

        def relocated_before(path: str, known: dict[str, str]) -> str:
            return moved(path, places) or relocated(path, known)

        module.relocated = relocated_before  # type: ignore[attr-defined]


def moved(path: str, places: dict[str, str]) -> str | None:
    """Where a path is now, None for one that is below none of the places. The longest place that fits counts."""
    plain = path.replace("\\", "/")
    for old, new in sorted(places.items(), key=lambda place: -len(place[0])):
        start = old.replace("\\", "/").rstrip("/")
        head, rest = plain[: len(start)], plain[len(start) :]
        same = head.lower() == start.lower() if re.match("[a-zA-Z]:", start) else head == start
        if same and rest[:1] in ("", "/"):
            return new.rstrip("/") + rest
    return None
