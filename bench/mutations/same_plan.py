"""Runs two scripts up to their writes, and compares the optimised plans of what they would write.

Both scripts read the very same frames, so a change in what is read goes unseen: only for changes of `transform`.
"""

import importlib.util
import sys
from typing import Any

from pyspark.sql import DataFrame, DataFrameReader, DataFrameWriter

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


def plans_of(path: str, argv: list[str], frames: list[DataFrame]) -> list[Any]:
    """Plans of what a script writes; `frames` are what it reads, in turn, made by the first script."""
    plans: list[Any] = []
    reads = iter(range(1 << 20))
    load, save, persist = DataFrameReader.load, DataFrameWriter.save, DataFrame.persist

    def reading(reader: Any, *args: Any, **options: Any) -> DataFrame:
        index = next(reads)
        if index == len(frames):
            frames.append(load(reader, *args, **options))
        return frames[index]

    def writing(writer: Any, *args: Any, **options: Any) -> None:
        plans.append(writer._df._jdf.queryExecution().optimizedPlan())

    DataFrameReader.load, DataFrameWriter.save, DataFrame.persist = reading, writing, lambda frame, *_: frame
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
    return plans
