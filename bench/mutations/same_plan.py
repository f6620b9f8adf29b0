"""Runs two scripts up to their writes, and compares the optimised plans of what they would write.

Both scripts read the very same frames, so a change in what is read goes unseen: only for changes of `transform`.
What is written where nothing is kept does not count.
What a filter has tested to be there is not null behind it. The optimiser does not use that in its rules, so both scripts
say it: such a column is coalesced with a value, which changes no row and makes its tests for null disappear.
"""

import importlib.util
import sys
from typing import Any

from pyspark.sql import DataFrame, DataFrameReader, DataFrameWriter
from pyspark.sql import functions as F
from pyspark.sql import types as T

ORIGINAL = ""
CHANGED = ""
# HELPERS


def main(argv: list[str]) -> None:
    """Compares the plans of both scripts."""
    frames: list[DataFrame] = []
    plans = [plans_of(path, argv, frames) for path in (ORIGINAL, CHANGED)]
    if plans[0] and len(plans[0]) == len(plans[1]) and all(map(same, *plans)):
        print("the plans are the same")


def same(one: Any, other: Any) -> bool:
    """Two optimised plans that give the same result for the same reason."""
    return bool(one.sameResult(other))


NULL_GIVES_NULL = {"EqualTo", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual"}
VALUES = {T.StringType: "", T.BooleanType: False, T.DateType: "2000-01-01", T.TimestampType: "2000-01-01"}


def tested(condition: Any) -> set[str]:
    """Columns that are not null where a condition holds."""
    kind = condition.getClass().getSimpleName()
    if kind == "And":
        return tested(condition.left()) | tested(condition.right())
    if kind == "IsNotNull":
        return named(condition.child())
    if kind in NULL_GIVES_NULL:
        return named(condition.left()) | named(condition.right())
    return set()


def named(expression: Any) -> set[str]:
    """The column, if the expression is one."""
    return {expression.name()} if expression.getClass().getSimpleName() == "UnresolvedAttribute" else set()


def without_nulls(frame: DataFrame, names: set[str]) -> DataFrame:
    """The same rows, and Spark knows that these columns hold no null."""
    types = {field.name: field.dataType for field in frame.schema if frame.columns.count(field.name) == 1}
    for name, kind in types.items():
        if name in names and isinstance(kind, (T.NumericType, *VALUES)):
            value = F.lit(VALUES.get(type(kind), 0)).cast(kind)
            frame = frame.withColumn(name, F.coalesce(F.col(name), value))
    return frame


def plans_of(path: str, argv: list[str], frames: list[DataFrame]) -> list[Any]:
    """Plans of what a script writes; `frames` are what it reads, in turn, made by the first script."""
    plans: list[Any] = []
    reads = iter(range(1 << 20))
    load, save, persist, keep = DataFrameReader.load, DataFrameWriter.save, DataFrame.persist, DataFrame.filter
    name_format = DataFrameWriter.format

    def reading(reader: Any, *args: Any, **options: Any) -> DataFrame:
        index = next(reads)
        if index == len(frames):
            frames.append(load(reader, *args, **options))
        return frames[index]

    def naming(writer: Any, name: str) -> Any:
        writer.keeps_nothing = name == "noop"
        return name_format(writer, name)

    def writing(writer: Any, *args: Any, **options: Any) -> None:
        if not getattr(writer, "keeps_nothing", False):
            plans.append(writer._df._jdf.queryExecution().optimizedPlan())

    def filtering(frame: DataFrame, condition: Any) -> DataFrame:
        names = set() if isinstance(condition, str) else tested(condition._jc.expr())
        return without_nulls(keep(frame, condition), names)

    DataFrameReader.load, DataFrameWriter.save, DataFrame.persist = reading, writing, lambda frame, *_: frame
    DataFrame.filter, DataFrameWriter.format = filtering, naming
    try:
        spec = importlib.util.spec_from_file_location("compared", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules["compared"] = module
        spec.loader.exec_module(module)
        for name, value in globals().items():
            if hasattr(module, name) and callable(value) and getattr(value, "__module__", "") == "effects":
                setattr(module, name, value)
        module.main([path, *argv[1:]])
    finally:
        DataFrameReader.load, DataFrameWriter.save, DataFrame.persist = load, save, persist
        DataFrame.filter, DataFrameWriter.format = keep, name_format
    return plans
