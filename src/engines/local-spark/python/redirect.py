"""Tables, statements and data sets answered from files: what `spark.read…load` and `write…save` do, without a database.

A connection argument of the form `jdbc:reglue:NAME` asks for it. Any other URL goes to its database; both are logged.
A Parquet folder is answered where a fixture names its path; any other is read and written as it is.
"""

import contextlib
import dataclasses
import functools
import os
import re
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, TypedDict

from pyspark.sql import DataFrame, DataFrameReader, DataFrameWriter, SparkSession
from pyspark.sql import functions as F

from computed import ComputedPaths
from effects import PREFIX, EffectLog
from rows import ColumnSpec, from_texts, quoted, read_json_lines, write_json_lines


class TableFixture(TypedDict):
    """A table or a statement of a connection, or the path of a data set without one; and where its rows are."""

    connection: str
    text: str
    pattern: str | None
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

    def _find(self, role: str, connection: str, text: str) -> TableFixture | None:
        """The fixture of that very text, or one whose pattern it fits."""
        exact = self._fixtures.get((role, connection, _key(text)))
        if exact is not None:
            return exact
        fits = (
            fixture
            for (of_role, of_connection, _), fixture in self._fixtures.items()
            if (of_role, of_connection) == (role, connection)
            and fixture["pattern"]
            and re.fullmatch(fixture["pattern"], _key(text), re.DOTALL)
        )
        return next(fits, None)

    def read(self, connection: str, kind: str, text: str) -> DataFrame:
        """The rows of a table or statement."""
        self._log.add("jdbc.read", connection=connection, **{kind: text})
        given = self._find("read", connection, text)
        target = self._find("write", connection, text)
        written = self._read(target) if target and _has_rows(target["path"]) else None
        if written is not None and (given is None or target and target["path"] in self._overwritten):
            return written
        if given is None and target is not None:
            return from_texts(self._spark, [], target["columns"])
        if given is None:
            raise MissingFixture(f"no rows are given for {kind} {text!r} of connection {connection!r}")
        rows = self._read(given)
        # A key that the database makes is no column of what was written.
        return rows if written is None else rows.unionByName(written, allowMissingColumns=True)

    def has(self, role: str, path: str) -> bool:
        """Is a data set of that path given?"""
        return (role, "", _key(path)) in self._fixtures

    def change(self, frame: DataFrame, connection: str, table: str, mode: str, keys: list[str], empty: bool) -> None:
        """Changes rows that are found by key, as the database would."""
        target = self._target(connection, table)
        given = self._find("read", connection, table)
        folder = target["path"]
        parts = [] if empty or given is None or folder in self._overwritten else [self._read(given)]
        if not empty and _has_rows(folder):
            parts.append(self._read(target))
        before = parts[0] if parts else from_texts(self._spark, [], target["columns"])
        for part in parts[1:]:
            before = before.unionByName(part, allowMissingColumns=True)
        after = changed(before, frame, mode, keys).localCheckpoint()
        _clear(folder)
        self._overwritten.add(folder)
        write_json_lines(after, folder, target["columns"])
        self._log.add("table.change", connection=connection, table=table, mode=mode, keys=keys, rows=frame.count())

    def _target(self, connection: str, table: str) -> TableFixture:
        target = self._find("write", connection, table)
        if target is None:
            raise MissingFixture(f"no place is given for writes to {table!r} of connection {connection!r}")
        return target

    def write(self, frame: DataFrame, connection: str, table: str, mode: str) -> None:
        """Adds the rows to the table's folder, or replaces it."""
        target = self._target(connection, table)
        folder = target["path"]
        if mode == "overwrite":
            frame = frame.localCheckpoint() if _has_rows(folder) else frame
            _clear(folder)
            self._overwritten.add(folder)
        before = _count_lines(folder)
        write_json_lines(frame, folder, target["columns"])
        columns = [{"name": field.name, "type": field.dataType.simpleString()} for field in frame.schema.fields]
        rows = _count_lines(folder) - before
        self._log.add("jdbc.write", connection=connection, table=table, mode=mode, columns=columns, rows=rows)

    def _read(self, fixture: TableFixture) -> DataFrame:
        frame = read_json_lines(self._spark, fixture["path"], fixture["columns"])
        return frame if self._shuffle is None else shuffled(frame, self._shuffle)


def changed(before: DataFrame, rows: DataFrame, mode: str, keys: list[str]) -> DataFrame:
    """The table after rows have changed it. A null key finds no row; a key that comes twice is an error, as in a MERGE."""
    for key in keys:
        rows = rows.withColumn(key, F.col(quoted(key)).cast(before.schema[key].dataType))
    whole = rows.dropna(subset=[quoted(key) for key in keys])
    if whole.groupBy(*[quoted(key) for key in keys]).count().filter("count > 1").head() is not None:
        raise ValueError("several rows have the same key")
    names = [quoted(key) for key in keys]
    if mode == "delete":
        return before.join(rows, keys, "left_anti")
    new = rows.join(before.select(*names).distinct(), keys, "left_anti")
    if mode == "insert-new":
        return before.unionByName(new, allowMissingColumns=True)
    if mode == "delete-insert":
        return before.join(rows, keys, "left_anti").unionByName(rows, allowMissingColumns=True)
    found = F.col("s._found").isNotNull()
    values = [
        F.when(found, F.col(f"s.{quoted(name)}")).otherwise(F.col(f"t.{quoted(name)}")).alias(name)
        if name in rows.columns
        else F.col(f"t.{quoted(name)}")
        for name in before.columns
    ]
    same = [F.col(f"t.{name}") == F.col(f"s.{name}") for name in names]
    updated = before.alias("t").join(rows.withColumn("_found", F.lit(1)).alias("s"), same, "left").select(*values)
    return updated if mode == "update" else updated.unionByName(new, allowMissingColumns=True)


def begin_with(module: ModuleType, values: dict[str, Any]) -> None:
    """Has the script's variables begin with other values; what is none of them is left alone."""
    own = getattr(module, "Variables", None)
    if own is not None and dataclasses.is_dataclass(own):
        known = {field.name for field in dataclasses.fields(own)}
        given = {name: value for name, value in values.items() if name in known}
        module.Variables = functools.partial(own, **given)  # type: ignore[attr-defined]


def stand_in(module: ModuleType, tables: Tables) -> None:
    """Puts the tables in the place of the script's helpers that change rows by key."""
    change_table = getattr(module, "change_table", None)
    change_data_set = getattr(module, "change_data_set", None)

    def table(
        frame: DataFrame, connection: str, table: str, mode: str, keys: list[str], empty_first: bool = False
    ) -> None:
        if connection.startswith(PREFIX) and mode == "insert-allowed":
            # Tables of tests have no unique keys, so none of them refuses a row.
            tables.write(frame, connection.removeprefix(PREFIX), table, "overwrite" if empty_first else "append")
        elif connection.startswith(PREFIX):
            tables.change(frame, connection.removeprefix(PREFIX), table, mode, keys, empty_first)
        elif change_table is not None:
            change_table(frame, connection, table, mode, keys, empty_first)

    def data_set(frame: DataFrame, path: str, keys: list[str]) -> None:
        if tables.has("write", path):
            tables.change(frame, "", path, "delete-insert", keys, False)
        elif change_data_set is not None:
            change_data_set(frame, path, keys)

    if change_table is not None:
        module.change_table = table  # type: ignore[attr-defined]
    if change_data_set is not None:
        module.change_data_set = data_set  # type: ignore[attr-defined]


def shuffled(frame: DataFrame, shuffle: Shuffle) -> DataFrame:
    """The same rows, spread over the partitions in an order that the seed decides: the same in each run."""
    order = F.xxhash64(F.lit(shuffle["seed"]), *[F.col(quoted(name)) for name in frame.columns])
    return frame.repartition(shuffle["partitions"], order).sortWithinPartitions(order)


@contextlib.contextmanager
def redirected(tables: Tables, paths: ComputedPaths, log: EffectLog) -> Iterator[None]:
    """Stands before PySpark's reader and writer while the block runs.

    Options are noted as they are set, because PySpark cannot be asked for them.
    """
    with contextlib.ExitStack() as undo:
        for owner in (DataFrameReader, DataFrameWriter):
            for name in ("format", "option", "options", "mode"):
                if hasattr(owner, name):
                    undo.enter_context(_patched(owner, name, _noting(name)))
        undo.enter_context(_patched(DataFrameReader, "load", lambda load: _load(load, tables, paths, log)))
        undo.enter_context(_patched(DataFrameWriter, "save", lambda save: _save(save, tables, paths, log)))
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


def _load(
    original: Callable[..., Any], tables: Tables, paths: ComputedPaths, log: EffectLog
) -> Callable[..., Any]:
    def load(self: Any, path: Any = None, format: str | None = None, schema: Any = None, **options: Any) -> Any:
        noted = {**_noted(self), **{key.lower(): value for key, value in options.items()}}
        how = format or noted.get("<format>")
        if how == "parquet" and isinstance(path, str) and (tables.has("read", path) or tables.has("write", path)):
            return tables.read("", "table", path)
        if how != "jdbc":
            place = paths.to_read(path) if isinstance(path, str) else path
            return original(self, place, format, schema, **options)
        kind, text = _asked(noted)
        url = str(noted.get("url", ""))
        if url.startswith(PREFIX):
            return tables.read(url.removeprefix(PREFIX), kind, text)
        log.add("jdbc.read", connection=_public(url), **{kind: text})
        return original(self, path, format, schema, **options)

    return load


def _save(
    original: Callable[..., Any], tables: Tables, paths: ComputedPaths, log: EffectLog
) -> Callable[..., Any]:
    def save(
        self: Any, path: Any = None, format: str | None = None, mode: str | None = None, *args: Any, **options: Any
    ) -> Any:
        noted = {**_noted(self), **{key.lower(): value for key, value in options.items()}}
        written_as = format or noted.get("<format>")
        how = str(mode or noted.get("<mode>") or "errorifexists").lower()
        if written_as == "parquet" and isinstance(path, str) and tables.has("write", path):
            return tables.write(self._df, "", path, how)
        if written_as == "text" and isinstance(path, str):
            path = paths.to_write(path, sys._getframe(1).f_code.co_name)
        if written_as != "jdbc":
            return original(self, path, format, mode, *args, **options)
        url, table = str(noted.get("url", "")), str(noted.get("dbtable", ""))
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
