"""The Glue job: bookmarks begin at ``init`` and are kept by ``commit``. Plain Spark reads and writes have none."""

from collections.abc import Mapping


class Job:
    """Keeps what it was told; nothing outside depends on it."""

    def __init__(self, glue_context: object) -> None:
        self._context = glue_context
        self._name: str | None = None

    def init(self, job_name: str, args: Mapping[str, object] | None = None) -> None:
        """Must come before bookmarked reads."""
        self._name = job_name
        self._args = dict(args or {})

    def isInitialized(self) -> bool:
        """Whether ``init`` was called."""
        return self._name is not None

    def commit(self) -> None:
        """Keeps the bookmark, of which there is none here."""
