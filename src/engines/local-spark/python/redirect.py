"""Tables and statements answered from files: what `spark.read…load` and `write…save` do over JDBC, without a database.

A connection argument of the form `jdbc:reglue:NAME` asks for it. Any other URL goes to its database; both are logged.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from typing import Any, TypedDict

from pyspark.sql import DataFrame, DataFrameReader, DataFrameWriter, SparkSession
from pyspark.sql import functions as F

from effects import PREFIX, EffectLog
from rows import ColumnSpec, quoted, read_json_lines, write_json_lines


class TableFixture(TypedDict):
    """A table or a statement of a connection, and where its rows are."""

    connection: str
    text: str
    role: str
    path: str
    columns: list[ColumnSpec]


class Shuffle(TypedDict):
    """How to put fixture rows in another order."""

    partitions: int
    seed: int


class MissingFixture(Exception):
    """The script reads or writes a table or statement that nobody gave a place."""


class Tables:
    """The tables of one run. What the run wrote to a table is what it reads there afterwards."""

    def __init__(
        self, spark: SparkSession, fixtures: list[TableFixture], shuffle: Shuffle | None, log: EffectLog
    ) -> None:
        self._spark = spark
        self._fixtures = {
            (fixture["role"], fixture["connection"], _key(fixture["text"])): fixture for fixture in fixtures
        }
        self._shuffle = shuffle
        self._log = log
        self._overwritten: set[str] = set()

    def read(self, connection: str, kind: str, text: str) -> DataFrame:
        """The rows of a table or statement."""
        self._log.add("jdbc.read", connection=connection, **{kind: text})
        given = self._fixtures.get(("read", connection, _key(text)))
        target = self._fixtures.get(("write", connection, _key(text)))
        written = self._read(target) if target and _has_rows(target["path"]) else None
        if written is not None and (given is None or target and target["path"] in self._overwritten):
            return written
        if given is None:
            raise MissingFixture(f"no rows are given for {kind} {text!r} of connection {connection!r}")
        rows = self._read(given)
        return rows if written is None else rows.unionByName(written)

    def write(self, frame: DataFrame, connection: str, table: str, mode: str) -> None:
        """Adds the rows to the table's folder, or replaces it."""
        target = self._fixtures.get(("write", connection, _key(table)))
        if target is None:
            raise MissingFixture(f"no place is given for writes to table {table!r} of connection {connection!r}")
        folder = target["path"]
        times = {column["name"] for column in target["columns"] if column["kind"] == "time"}
        if mode == "overwrite":
            frame = frame.localCheckpoint() if _has_rows(folder) else frame
            _clear(folder)
            self._overwritten.add(folder)
        before = _count_lines(folder)
        write_json_lines(frame, folder, times)
        columns = [{"name": field.name, "type": field.dataType.simpleString()} for field in frame.schema.fields]
        rows = _count_lines(folder) - before
        self._log.add("jdbc.write", connection=connection, table=table, mode=mode, columns=columns, rows=rows)

    def _read(self, fixture: TableFixture) -> DataFrame:
        frame = read_json_lines(self._spark, fixture["path"], fixture["columns"])
        return frame if self._shuffle is None else shuffled(frame, self._shuffle)


def shuffled(frame: DataFrame, shuffle: Shuffle) -> DataFrame:
    """The same rows, spread over the partitions in an order that the seed decides: the same in each run."""
    order = F.xxhash64(F.lit(shuffle["seed"]), *[F.col(quoted(name)) for name in frame.columns])
    return frame.repartition(shuffle["partitions"], order).sortWithinPartitions(order)


@contextlib.contextmanager
def redirected(tables: Tables, log: EffectLog) -> Iterator[None]:
    """Stands before PySpark's reader and writer while the block runs.

    Options are noted as they are set, because PySpark cannot be asked for them.
    """
    with contextlib.ExitStack() as undo:
        for owner in (DataFrameReader, DataFrameWriter):
            for name in ("format", "option", "options", "mode"):
                if hasattr(owner, name):
                    undo.enter_context(_patched(owner, name, _noting(name)))
        undo.enter_context(_patched(DataFrameReader, "load", lambda load: _load(load, tables, log)))
        undo.enter_context(_patched(DataFrameWriter, "save", lambda save: _save(save, tables, log)))
        yield


@contextlib.contextmanager
def _patched(owner: Any, name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    original = getattr(owner, name)
    setattr(owner, name, wrap(original))
    try:
        yield
    finally:
        setattr(owner, name, original)


def _noting(method: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
        def noting(self: Any, *args: Any, **kwargs: Any) -> Any:
            noted = _noted(self)
            if method == "option":
                key, value = [*args, *kwargs.values()]
                noted[str(key).lower()] = value
            elif method == "options":
                noted.update({key.lower(): value for key, value in kwargs.items()})
            else:
                noted[f"<{method}>"] = next(iter([*args, *kwargs.values()]), None)
            return original(self, *args, **kwargs)

        return noting

    return wrap


def _noted(owner: Any) -> dict[str, Any]:
    noted: dict[str, Any] = owner.__dict__.setdefault("_reglue_noted", {})
    return noted


def _load(original: Callable[..., Any], tables: Tables, log: EffectLog) -> Callable[..., Any]:
    def load(self: Any, path: Any = None, format: str | None = None, schema: Any = None, **options: Any) -> Any:
        noted = {**_noted(self), **{key.lower(): value for key, value in options.items()}}
        if (format or noted.get("<format>")) != "jdbc":
            return original(self, path, format, schema, **options)
        kind, text = _asked(noted)
        url = str(noted.get("url", ""))
        if url.startswith(PREFIX):
            return tables.read(url.removeprefix(PREFIX), kind, text)
        log.add("jdbc.read", connection=_public(url), **{kind: text})
        return original(self, path, format, schema, **options)

    return load


def _save(original: Callable[..., Any], tables: Tables, log: EffectLog) -> Callable[..., Any]:
    def save(
        self: Any, path: Any = None, format: str | None = None, mode: str | None = None, *args: Any, **options: Any
    ) -> Any:
        noted = {**_noted(self), **{key.lower(): value for key, value in options.items()}}
        if (format or noted.get("<format>")) != "jdbc":
            return original(self, path, format, mode, *args, **options)
        url, table = str(noted.get("url", "")), str(noted.get("dbtable", ""))
        how = str(mode or noted.get("<mode>") or "errorifexists").lower()
        if url.startswith(PREFIX):
            return tables.write(self._df, url.removeprefix(PREFIX), table, how)
        result = original(self, path, format, mode, *args, **options)
        columns = [{"name": field.name, "type": field.dataType.simpleString()} for field in self._df.schema.fields]
        log.add("jdbc.write", connection=_public(url), table=table, mode=how, columns=columns)
        return result

    return save


def _asked(noted: dict[str, Any]) -> tuple[str, str]:
    """A table, or a statement: what `prepareQuery` holds comes before the query."""
    if "query" in noted:
        return "statement", " ".join(str(noted[name]) for name in ("preparequery", "query") if noted.get(name))
    if "preparequery" in noted:
        return "statement", str(noted["preparequery"])
    return "table", str(noted.get("dbtable", ""))


def _public(url: str) -> str:
    """The URL without what may be secret in it: its user and its properties."""
    return re.sub(r"//[^/@]*@", "//", re.split(r"[?;]", url, maxsplit=1)[0])


def _key(text: str) -> str:
    """White space between words says nothing to a database."""
    return " ".join(text.split())


def _parts(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.startswith("part-")]


def _has_rows(folder: str) -> bool:
    return bool(_parts(folder))


def _clear(folder: str) -> None:
    for part in _parts(folder):
        os.remove(part)


def _count_lines(folder: str) -> int:
    total = 0
    for part in _parts(folder):
        with open(part, "rb") as lines:
            total += sum(1 for _ in lines)
    return total
