/** tests/conftest.py: the same in every unit. */
export const conftest = `
"""A Spark session, and a job whose places are a folder of the test. Needs pyspark and pytest, nothing else."""

import gzip
import importlib.util
import json
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

os.environ["TZ"] = "UTC"
time.tzset()
# Spark's workers need the packages of this Python, whichever comes first in the path.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

import pytest  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

ROOT = Path(__file__).parent


@pytest.fixture(scope="session")
def spark():
    """One small session for all tests."""
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC")
        .getOrCreate()
    )
    yield session
    session.stop()


class Ones(dict):
    """A row that has every column, each of them 1."""

    def __missing__(self, name):
        return "1"

    def values(self):
        return ["1"] * 100


def nothing(*_, **__):
    """Does not do what the job would do outside."""


# What the tasks of a job reach outside, besides SQL: no files, jobs that succeed, nothing copied, moved or sent.
OUTSIDE = {
    "files_below": lambda *_: [],
    "list_files": lambda *_, **__: [],
    "run_job": lambda *_: {"status": "SUCCEEDED"},
    "sql_call": lambda spark, connection, text, values, outputs: ([Ones()], ["1"] * len(outputs)),
    "sql_call_kept": lambda spark, connection, text, values, outputs: ([Ones()], ["1"] * len(outputs)),
    "copy_path": nothing,
    "delete_file": nothing,
    "remove_file": nothing,
    "create_folder": nothing,
    "delete_folder": nothing,
    "empty_folder": nothing,
    "extract_archive": nothing,
    "pack_archive": nothing,
    "pause": nothing,
    "send_mail": nothing,
    "tell_user_status": nothing,
    "ftp_send": nothing,
    "ftp_receive": nothing,
    "ftp_delete": nothing,
    "ftp_create_folder": nothing,
    "ftp_remove_folder": nothing,
    "sftp_send": nothing,
    "sftp_receive": nothing,
    "read_document": lambda *_: "<empty/>",
    "read_statements": lambda *_: ["SELECT 1"],
    "write_text": nothing,
    "run_on_cluster": nothing,
    "create_cluster": nothing,
    "delete_cluster": nothing,
    "wait_for_file": nothing,
}


class Job:
    """A generated script: run as it is, with files in a folder and rows in the place of tables."""

    def __init__(self, name, places, parameters, spark, folder, monkeypatch):
        self.path = ROOT.parent / "glue_jobs" / f"{name}.py"
        self.data = ROOT / "data" / name
        self.places = places
        self.parameters = parameters
        self.spark = spark.newSession()
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.written = {}
        spec = importlib.util.spec_from_file_location(name, self.path)
        self.script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.script)

    def source(self) -> str:
        """Text of the script."""
        return self.path.read_text(encoding="utf-8")

    def check(self, scenario: str, parameters: dict[str, str]) -> None:
        """Runs the job on the inputs of a scenario; every expected place must hold exactly what it should."""
        self.run(self.data / scenario / "inputs", parameters)
        expected = self.data / scenario / "expected"
        for name, place in self.places.items():
            if place["role"] == "write" and place["kind"] == "text":
                if (expected / f"{name}.json").exists():
                    wanted = text_of(expected / f"{name}.json").split(place["line_end"])
                    same = shortened if place.get("floats") else str
                    assert Counter(map(same, self.lines(name))) == Counter(map(same, wanted[:-1])), name
            elif place["role"] == "write" and (expected / f"{name}.jsonl").exists():
                assert bag(self.written[name]) == bag(rows_of(self.spark, expected / name)), name

    def run_empty(self) -> None:
        """Runs the job on inputs without a row."""
        self.run(None, {})

    def run(self, inputs: Path | None, parameters: dict[str, str]) -> None:
        """Binds every place and runs."""
        arguments = {"run_id": "test", "run_at": "2024-02-29 12:34:56.789012"}
        arguments |= self.parameters | parameters
        for argument in self.script.REQUIRED:
            arguments.setdefault(argument, "")
        for name, place in self.places.items():
            if place["kind"] == "text":
                arguments[place["argument"]] = str(self.folder / name)
                if place["role"] == "read":
                    given = "" if inputs is None else text_of(inputs / f"{name}.json")
                    self.folder.joinpath(name).write_bytes(given.encode(place["encoding"]))
            elif place["role"] == "read":
                given = (
                    empty(self.spark, place["columns"])
                    if inputs is None
                    else rows_of(self.spark, inputs / name)
                )
                self.replace(f"read_{name}", lambda *_, given=given: given)
            else:
                self.replace(f"write_{name}", lambda frame, *_, name=name: self.keep(name, frame))
        for name, stand_in in {"sql": self.answer, "sql_kept": self.answer, **OUTSIDE}.items():
            if hasattr(self.script, name):
                self.replace(name, stand_in)
        self.script.run(self.spark, arguments)

    def replace(self, name: str, function) -> None:
        """Puts a function in the place of one of the script's."""
        self.monkeypatch.setattr(self.script, name, function)

    def keep(self, name: str, frame: DataFrame) -> None:
        """Takes what a table would get; rows are computed now, as a write would."""
        frame.persist().count()
        self.written[name] = frame

    def answer(self, spark, connection, statement, parameters=(), schema=None):
        """Stands for a database that knows every statement: a source has no rows, a task gets one of ones."""
        return [Ones()] if schema is None else empty(spark, schema)

    def lines(self, name: str) -> list[str]:
        """Lines of a text that the job wrote."""
        place = self.places[name]
        parts = sorted(self.folder.joinpath(name).glob("part-*"))
        text = b"".join(bytes_of(part) for part in parts).decode(place["encoding"])
        return text.split(place["line_end"])[:-1]


def bytes_of(part: Path) -> bytes:
    """What a part file holds, unpacked where it was written packed."""
    return gzip.decompress(part.read_bytes()) if part.suffix == ".gz" else part.read_bytes()


def shortened(line: str) -> str:
    """The line with its long fractions to twelve digits: the last of a float hang on the order of addition."""
    return re.sub(r"\\d+\\.\\d{9,}", lambda number: f"{float(number[0]):.12g}", line)


def text_of(path: Path) -> str:
    """Whole text of a file, line ends as they are."""
    return json.loads(path.read_text(encoding="utf-8"))["text"]


def rows_of(spark: SparkSession, path: Path) -> DataFrame:
    """Typed rows of JSON lines. Values are read as text, so that no digit is lost on the way."""
    schema = json.loads(path.with_suffix(".schema.json").read_text(encoding="utf-8"))["columns"]
    if not schema:
        count = len(path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines())
        return spark.range(count).select()
    raw = spark.read.schema(fields_of(schema, raw=True)).json(str(path.with_suffix(".jsonl")))
    return raw.select(*[typed(F.col(f"\`{name}\`"), kind).alias(name) for name, kind in schema.items()])


def type_of(kind, raw: bool) -> str:
    """The Spark type of a kind: a name, a list with the kind of its elements, or fields by name; raw: as texts."""
    if isinstance(kind, list):
        return f"array<{type_of(kind[0], raw)}>"
    if isinstance(kind, dict):
        return f"struct<{fields_of(kind, raw)}>"
    return "string" if raw else {"time": "bigint"}.get(kind, kind)


def fields_of(kinds: dict, raw: bool) -> str:
    """Names and types of columns, or of the fields of a struct."""
    return ", ".join(f"\`{name}\` {type_of(kind, raw)}" for name, kind in kinds.items())


def typed(text, kind):
    """A text, or a list or struct of texts, as a value of that type."""
    if isinstance(kind, list):
        return F.transform(text, lambda item: typed(item, kind[0]))
    if isinstance(kind, dict):
        fields = [typed(text.getField(name), inner).alias(name) for name, inner in kind.items()]
        return F.when(text.isNotNull(), F.struct(*fields))
    if kind == "binary":
        return F.unhex(text)
    if kind == "time":
        return F.unix_micros(F.concat(F.lit("1970-01-01 "), text).cast("timestamp"))
    return text.cast(kind)


def empty(spark: SparkSession, columns: dict) -> DataFrame:
    """A frame of that schema without a row."""
    fields = fields_of(columns, raw=False)
    return spark.createDataFrame([], fields) if columns else spark.range(0).select()


def bag(frame: DataFrame) -> Counter:
    """Rows with their number, floats to twelve digits."""

    def value(item):
        if isinstance(item, list | tuple):
            return tuple(value(part) for part in item)
        if isinstance(item, bytearray):
            return bytes(item)
        return f"{item:.12g}" if isinstance(item, float) else item

    # Python has no moments before the year 1 and after 9999; a source may.
    moments = ("date", "timestamp", "timestamp_ntz")
    numbered = frame.toDF(*[str(index) for index in range(len(frame.columns))])
    shown = [
        F.col(name).cast("string") if kind in moments else F.col(name)
        for name, kind in numbered.dtypes
    ]
    return Counter(tuple(value(item) for item in row) for row in numbered.select(*shown).collect())
`
