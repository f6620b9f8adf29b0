"""Rows between Spark and JSON lines, without a value ever passing through Python's own dates, floats or decimals.

Python's datetime shifts by the local zone and its floats lose digits of a decimal: so values travel as text, and
Spark's casts turn them, under ANSI rules and a session in UTC. The encoding is that of src/model/json-values.ts.
"""

import functools
import json
from typing import NotRequired, TypedDict

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    DataType,
    LongType,
    StringType,
    StructField,
    StructType,
    _parse_datatype_string,
)

# The greatest integer that a JSON number keeps in every reader.
SAFE_INTEGER = 2**53 - 1


class ColumnSpec(TypedDict):
    """A column of the model: its name, its kind there, and the Spark type that holds it."""

    name: str
    kind: str
    type: str
    element: NotRequired["ColumnSpec"]
    fields: NotRequired[list["ColumnSpec"]]


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
        *[typed(_parsed(F.col(f"c{index}"), column), column).alias(column["name"]) for index, column in enumerate(columns)]
    )


def _parsed(text: Column, column: ColumnSpec) -> Column:
    """The parts of a vector or record, whose text is JSON, still as texts themselves."""
    return F.from_json(text, _raw_type(column)) if column["kind"] in ("vector", "record") else text


def _raw_type(column: ColumnSpec) -> DataType:
    """Spark's JSON reader keeps the digits of a decimal only where it is told that it reads one."""
    if column["kind"] == "vector":
        return ArrayType(_raw_type(column["element"]), True)
    if column["kind"] == "record":
        return StructType([StructField(field["name"], _raw_type(field), True) for field in column["fields"]])
    return spark_type_of(column["type"]) if column["kind"] == "decimal" else StringType()


def typed(text: Column, column: ColumnSpec) -> Column:
    """The value of a text in our encoding; of the texts of its parts where it has any."""
    if column["kind"] == "vector":
        return F.transform(text, lambda item: typed(item, column["element"]))
    if column["kind"] == "record":
        fields = [typed(text.getField(field["name"]), field).alias(field["name"]) for field in column["fields"]]
        return F.when(text.isNotNull(), F.struct(*fields))
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


def write_json_lines(frame: DataFrame, folder: str, columns: list[ColumnSpec]) -> None:
    """Writes a new folder of JSON lines. The columns tell which integers are times of day."""
    specs = {column["name"]: column for column in columns}
    values = [
        (field.name, json_text(F.col(quoted(field.name)), field.dataType, specs.get(field.name)))
        for field in frame.schema.fields
    ]
    frame.select(_json_object(values).alias("value")).write.mode("append").text(folder)


def _json_object(values: list[tuple[str, Column]]) -> Column:
    fields = [F.concat(F.lit(json.dumps(name, ensure_ascii=False) + ":"), text) for name, text in values]
    return F.concat(F.lit("{"), F.concat_ws(",", *fields), F.lit("}"))


def json_text(value: Column, spark_type: DataType, column: ColumnSpec | None) -> Column:
    """The value as JSON in our encoding. Without a column of the model every integer is a number."""
    if isinstance(spark_type, ArrayType):
        element = column.get("element") if column else None
        items = F.transform(value, lambda item: json_text(item, spark_type.elementType, element))
        return F.coalesce(F.concat(F.lit("["), F.array_join(items, ","), F.lit("]")), F.lit("null"))
    if isinstance(spark_type, StructType):
        specs = {field["name"]: field for field in column.get("fields", [])} if column else {}
        values = [
            (field.name, json_text(value.getField(field.name), field.dataType, specs.get(field.name)))
            for field in spark_type.fields
        ]
        return F.when(value.isNull(), F.lit("null")).otherwise(_json_object(values))
    if column and column["kind"] == "time":
        return _json(time_text(value))
    return _json_value(value, spark_type)


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
