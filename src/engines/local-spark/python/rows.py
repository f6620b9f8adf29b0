"""Rows between Spark and JSON lines, without a value ever passing through Python's own dates, floats or decimals.

Python's datetime shifts by the local zone and its floats lose digits of a decimal: so values travel as text, and
Spark's casts turn them, under ANSI rules and a session in UTC. The encoding is that of src/model/json-values.ts.
"""

import functools
import json
from typing import TypedDict

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DataType, LongType, StringType, StructField, StructType, _parse_datatype_string

# The greatest integer that a JSON number keeps in every reader.
SAFE_INTEGER = 2**53 - 1


class ColumnSpec(TypedDict):
    """A column of the model: its name, its kind there, and the Spark type that holds it."""

    name: str
    kind: str
    type: str


def quoted(name: str) -> str:
    """The name as a column reference: a dot in it is a dot, not a field of a struct."""
    return "`" + name.replace("`", "``") + "`"


@functools.cache
def spark_type_of(name: str) -> DataType:
    """The type of a Spark SQL name. The JVM parses it, so the answer is kept."""
    return _parse_datatype_string(name)


def read_json_lines(spark: SparkSession, path: str, columns: list[ColumnSpec]) -> DataFrame:
    """A typed frame of a file or folder of JSON lines. A line that does not fit raises when it is read."""
    schema = StructType([StructField(column["name"], _raw_type(column), True) for column in columns])
    raw = spark.read.schema(schema).option("mode", "FAILFAST").json(path)
    return raw.select(*[typed(F.col(quoted(column["name"])), column).alias(column["name"]) for column in columns])


def from_texts(spark: SparkSession, rows: list[list[str | None]], columns: list[ColumnSpec]) -> DataFrame:
    """A typed frame of values as text, in the order of the columns. Positions name the columns until they are typed."""
    schema = StructType([StructField(f"c{index}", StringType(), True) for index in range(len(columns))])
    raw = spark.createDataFrame([tuple(row) for row in rows], schema)
    return raw.select(
        *[typed(F.col(f"c{index}"), column).alias(column["name"]) for index, column in enumerate(columns)]
    )


def _raw_type(column: ColumnSpec) -> DataType:
    """Spark's JSON reader keeps the digits of a decimal only where it is told that it reads one."""
    return spark_type_of(column["type"]) if column["kind"] == "decimal" else StringType()


def typed(text: Column, column: ColumnSpec) -> Column:
    """The value of a text in our encoding."""
    if column["kind"] == "binary":
        return F.unhex(text)
    if column["kind"] == "time":
        return F.unix_micros(F.concat(F.lit("1970-01-01 "), text).cast("timestamp"))
    return text if column["kind"] == "string" else text.cast(column["type"])


def as_text(value: Column, spark_type: DataType) -> Column:
    """The value as text, exactly; null stays null. Binary is hexadecimal, timestamps are in UTC."""
    return F.hex(value) if spark_type.typeName() == "binary" else value.cast("string")


def time_text(micros: Column) -> Column:
    """A time of day from its microseconds since midnight."""
    return F.substring(F.timestamp_micros(micros).cast("string"), 12, 15)


def write_json_lines(frame: DataFrame, folder: str, times: set[str]) -> None:
    """Writes a new folder of JSON lines. `times` names the columns whose integers are times of day."""
    fields: list[Column] = []
    for field in frame.schema.fields:
        value = F.col(quoted(field.name))
        text = _json(time_text(value)) if field.name in times else _json_value(value, field.dataType)
        fields.append(F.concat(F.lit(json.dumps(field.name, ensure_ascii=False) + ":"), text))
    line = F.concat(F.lit("{"), F.concat_ws(",", *fields), F.lit("}"))
    frame.select(line.alias("value")).write.mode("append").text(folder)


def _json(value: Column) -> Column:
    """The JSON text of a value: the one element of an array, as Spark prints it, null included."""
    array = F.to_json(F.array(value))
    return array.substr(F.lit(2), F.length(array) - 2)


def _json_value(value: Column, spark_type: DataType) -> Column:
    if isinstance(spark_type, LongType):
        safe = value.between(-SAFE_INTEGER, SAFE_INTEGER)
        return F.when(value.isNull() | safe, _json(value)).otherwise(_json(value.cast("string")))
    if spark_type.typeName() in ("byte", "short", "integer", "float", "double", "boolean"):
        return _json(value)
    return _json(as_text(value, spark_type))
