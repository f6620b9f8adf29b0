"""The ordered log of what a script did to the world, and recorders in the place of its helpers."""

import dataclasses
import datetime
import decimal
import functools
import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from rows import ColumnSpec, as_text, from_texts, quoted

PREFIX = "jdbc:reglue:"

# Stands for the answer that the helper itself gives.
ORIGINAL = object()


class ScriptedFailure(Exception):
    """What a fixture says a helper raises."""


class EffectLog:
    """What happened, in order."""

    def __init__(self) -> None:
        self.effects: list[dict[str, Any]] = []

    def add(self, helper: str, **args: Any) -> None:
        """Appends one effect."""
        self.effects.append({"helper": helper, "args": args})


class Helper:
    """Answers for one helper: the first unused one that matches the arguments, else `otherwise`."""

    def __init__(self, fixture: dict[str, Any], log: EffectLog, spark: SparkSession) -> None:
        self._name: str = fixture["name"]
        self._answers: list[dict[str, Any]] = list(fixture["answers"])
        self._otherwise: dict[str, Any] = fixture["otherwise"]
        self._log = log
        self._spark = spark

    def replace(self, module: ModuleType) -> None:
        """Puts the recorder in the place of the helper; a script that has no such helper is left alone."""
        original = getattr(module, self._name, None)
        if not callable(original):
            return
        signature = inspect.signature(original)

        @functools.wraps(original)
        def recorder(*args: Any, **kwargs: Any) -> Any:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            reply = self._answer(_arguments(bound.arguments))
            return original(*args, **kwargs) if reply is ORIGINAL else reply

        setattr(module, self._name, recorder)

    def _answer(self, arguments: dict[str, Any]) -> Any:
        self._log.add(self._name, **arguments)
        for index, answer in enumerate(self._answers):
            if all(name in arguments and arguments[name] == wanted for name, wanted in answer["when"].items()):
                if not answer["repeat"]:
                    del self._answers[index]
                return self._reply(answer["reply"])
        return self._reply(self._otherwise)

    def _reply(self, reply: dict[str, Any]) -> Any:
        if reply["kind"] == "original":
            return ORIGINAL
        if reply["kind"] == "error":
            raise ScriptedFailure(reply["message"])
        if reply["kind"] == "rows":
            columns: list[ColumnSpec] = reply["columns"]
            return from_texts(self._spark, reply["rows"], columns)
        return reply["value"]


def _arguments(bound: dict[str, Any]) -> dict[str, Any]:
    """Arguments as JSON, by name. The session says nothing about what was done."""
    return {name: plain(value) for name, value in bound.items() if not isinstance(value, SparkSession)}


_PLAIN: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: value,
    float: lambda value: value if value == value and abs(value) != float("inf") else str(value),
    int: lambda value: value if abs(value) < 2**53 else str(value),
    str: lambda value: value.removeprefix(PREFIX),
    bytes: lambda value: value.hex().upper(),
    decimal.Decimal: lambda value: format(value, "f"),
    datetime.datetime: lambda value: str(value.replace(tzinfo=None)),
    datetime.date: str,
    datetime.time: str,
}


def plain(value: Any) -> Any:
    """Any argument as JSON. A connection is its name, a frame is its rows; what has no form is named by its class."""
    if value is None:
        return None
    if isinstance(value, DataFrame):
        return _frame(value)
    for kind, convert in _PLAIN.items():
        if isinstance(value, kind):
            return convert(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = dataclasses.asdict(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        items = sorted(value, key=str) if isinstance(value, set) else value
        return [plain(item) for item in items]
    return {"python": type(value).__qualname__}


def _frame(frame: DataFrame) -> dict[str, Any]:
    texts = [as_text(frame[quoted(field.name)], field.dataType).alias(field.name) for field in frame.schema.fields]
    columns = [{"name": field.name, "type": field.dataType.simpleString()} for field in frame.schema.fields]
    return {"columns": columns, "rows": [list(row) for row in frame.select(*texts).collect()]}
