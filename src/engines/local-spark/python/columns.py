"""Column expressions over typed rows, many sets in few Spark jobs.

All sets whose columns do not contradict each other share one frame, a row of which belongs to one set. An expression
is computed under `when(set = …)`, so only on its own rows. An expression that cannot be built, analysed or computed
fails alone: a job that raises is split in two until the one that raised stands alone.
"""

from collections.abc import Callable, Iterator
from typing import Any, NotRequired, TypedDict

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DataType

from failure import describe
from rows import ColumnSpec, as_text, from_texts, json_text, quoted, spark_type_of, time_text

# Expressions in one Spark job. More would make the compiled code of one projection large, and so slow.
BATCH = 80
SET, ROW = "__set", "__row"


class Expression(TypedDict):
    """The text of a Column expression, and the type that it should have."""

    python: str
    kind: str
    type: str
    element: NotRequired[ColumnSpec]
    fields: NotRequired[list[ColumnSpec]]


class ColumnSet(TypedDict):
    """Rows as text, in the order of the columns, and what to compute on each."""

    columns: list[ColumnSpec]
    rows: list[list[str | None]]
    expressions: list[Expression]


class Item:
    """One expression of one set, and what became of it."""

    def __init__(self, of_set: int, expression: Expression, rows: int) -> None:
        self.of_set = of_set
        self.expression = expression
        self.built: Column | None = None
        self.column: Column | None = None
        self.spark_type = ""
        self.values: list[str | None] = [None] * rows
        self.failure: dict[str, Any] | None = None

    def result(self) -> dict[str, Any]:
        """What is sent back."""
        if self.failure is not None:
            return {"failure": self.failure}
        return {"sparkType": self.spark_type, "values": self.values}


def evaluate(spark: SparkSession, sets: list[ColumnSet], prelude: str) -> list[list[dict[str, Any]]]:
    """The values of every expression of every set, as texts."""
    names: dict[str, Any] = {"F": F}
    exec(compile(prelude, "<prelude>", "exec"), names)  # noqa: S102 - printed helpers that the expressions call
    results: list[list[Item]] = [
        [Item(index, expression, len(of_set["rows"])) for expression in of_set["expressions"]]
        for index, of_set in enumerate(sets)
    ]
    for group in _groups(sets):
        frame = _frame(spark, sets, group)
        items = [item for index in group for item in results[index]]
        # A set sees its own columns only. Most sets of a group have the same ones, and each select costs an analysis.
        views: dict[tuple[str, ...], DataFrame] = {}
        for index in group:
            own = tuple(column["name"] for column in sets[index]["columns"])
            if own not in views:
                views[own] = frame.select(*[F.col(quoted(name)) for name in own])
            _prepare(results[index], views[own], names)
        for start in range(0, len(items), BATCH):
            _compute(frame, [item for item in items[start : start + BATCH] if item.column is not None])
    return [[item.result() for item in items] for items in results]


def _groups(sets: list[ColumnSet]) -> Iterator[list[int]]:
    """Sets whose columns of the same name have the same type; letter case makes no other name to Spark."""
    groups: list[tuple[dict[str, ColumnSpec], list[int]]] = []
    for index, of_set in enumerate(sets):
        columns = {column["name"].lower(): column for column in of_set["columns"]}
        for known, members in groups:
            if all(known.get(name, column) == column for name, column in columns.items()):
                known.update(columns)
                members.append(index)
                break
        else:
            groups.append((columns, [index]))
    return (members for _, members in groups)


def _frame(spark: SparkSession, sets: list[ColumnSet], group: list[int]) -> DataFrame:
    specs = {column["name"]: column for index in group for column in sets[index]["columns"]}
    place = {name: position for position, name in enumerate(specs, start=2)}
    texts: list[list[str | None]] = []
    for index in group:
        for number, row in enumerate(sets[index]["rows"]):
            line: list[str | None] = [str(index), str(number), *[None] * len(specs)]
            for column, text in zip(sets[index]["columns"], row, strict=True):
                line[place[column["name"]]] = text
            texts.append(line)
    keys: list[ColumnSpec] = [{"name": name, "kind": "int", "type": "INT"} for name in (SET, ROW)]
    return from_texts(spark, texts, [*keys, *specs.values()])


def _prepare(items: list[Item], own: DataFrame, names: dict[str, Any]) -> None:
    """Builds the columns and asks Spark for their types; an unknown column or a type that does not fit shows here."""
    for item in items:
        _guarded(item, lambda item=item: _build(item, names))
    built = [item for item in items if item.built is not None]
    try:
        _analyse(built, own)
    except Exception:  # noqa: BLE001 - one of them cannot be analysed: which one shows when each is alone
        for item in built:
            _guarded(item, lambda item=item: _analyse([item], own))


def _build(item: Item, names: dict[str, Any]) -> None:
    item.built = eval(item.expression["python"], names)  # noqa: S307 - the text is ours: what a generator printed


def _analyse(items: list[Item], own: DataFrame) -> None:
    values = [item.built.alias(f"v{number}") for number, item in enumerate(items) if item.built is not None]
    for item, field in zip(items, own.select(*values).schema.fields, strict=True):
        item.spark_type = field.dataType.simpleString()
        if item.built is not None:
            item.column = F.when(F.col(SET) == item.of_set, _text(item.built, field.dataType, item.expression))


def _text(value: Column, spark_type: DataType, expression: Expression) -> Column:
    wanted = spark_type_of(expression["type"])
    held = value if spark_type == wanted else value.cast(wanted)
    if expression["kind"] in ("vector", "record"):
        column: Any = {"name": "", **expression}
        return F.when(held.isNotNull(), json_text(held, wanted, column))
    return time_text(held) if expression["kind"] == "time" else as_text(held, wanted)


def _compute(frame: DataFrame, items: list[Item]) -> None:
    if not items:
        return
    try:
        columns = [item.column.alias(f"v{number}") for number, item in enumerate(items) if item.column is not None]
        rows = frame.select(F.col(SET), F.col(ROW), *columns).collect()
    except Exception as error:  # noqa: BLE001 - whatever Spark raises belongs to one of these expressions
        if len(items) == 1:
            items[0].failure = describe(error, "")
            return
        middle = len(items) // 2
        _compute(frame, items[:middle])
        _compute(frame, items[middle:])
        return
    for row in rows:
        for number, item in enumerate(items):
            if row[0] == item.of_set:
                item.values[row[1]] = row[number + 2]


def _guarded(item: Item, step: Callable[[], None]) -> None:
    try:
        step()
    except Exception as error:  # noqa: BLE001 - the text may hold any mistake, and is reported as one
        item.failure = describe(error, "")
