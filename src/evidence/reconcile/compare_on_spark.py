"""Compares two data sets on Spark, as texts of one form each value: what reconcile.ts does in memory, for data beyond it.

Counts, aggregates of each column and a checksum that does not depend on order come first. Only where the checksums differ are
rows looked for. Nothing but counts and a sample of rows comes back.
"""

import json
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BinaryType, MapType, StructType

NUMBER = r"^ *[+-]?(\d+\.?\d*|\.\d+) *$"
EXPONENT = r"^ *[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d{1,3} *$"
MOMENT = r"^(\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(\.\d+)?$"
# Stands for null where a hash would leave it out.
NULL = F.lit("\x00null")


def read(spark: SparkSession, side: dict[str, Any]) -> DataFrame:
    """One side as a frame of texts."""
    kind = side["kind"]
    if kind == "jdbc":
        options = {"url": side["url"], "dbtable": side["table"], "driver": side["driver"], **side["credentials"]}
        return as_texts(spark.read.format("jdbc").options(**options).load())
    if kind == "parquet":
        return as_texts(spark.read.format("parquet").load(side["paths"]))
    if kind == "json":
        return as_texts(spark.read.format("json").option("primitivesAsString", "true").load(side["paths"]))
    if kind == "fixed":
        return fixed(spark, side)
    reader = spark.read.format("csv").option("sep", side["delimiter"]).option("encoding", side["encoding"])
    # A record of another width stops the comparison: its fields would be lost without a word.
    reader = reader.option("mode", "FAILFAST").option("columnPruning", "false").option("multiLine", "true")
    quote = side["quote"]
    reader = reader.option("quote", quote).option("escape", quote or "\x00").option("header", side["header"])
    frame = reader.option("emptyValue", "").load(side["paths"])
    return frame if side["header"] else frame.toDF(*[str(at + 1) for at in range(len(frame.columns))])


def fixed(spark: SparkSession, side: dict[str, Any]) -> DataFrame:
    """Columns at their places in each line."""
    lines = spark.read.format("csv").option("sep", "\x00").option("quote", "").option("encoding", side["encoding"])
    frame = lines.option("header", side["header"]).load(side["paths"])
    line = F.col(quoted(frame.columns[0]))
    at, columns = 1, []
    for name, width in zip(side["names"], side["widths"], strict=True):
        columns.append(F.rtrim(F.coalesce(F.substring(line, at, width), F.lit(""))).alias(name))
        at += width
    return frame.select(*columns)


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def as_texts(frame: DataFrame) -> DataFrame:
    """Every column as text: bytes in hexadecimal, what is nested as JSON."""

    def text(name: str) -> Column:
        column, kind = F.col(quoted(name)), frame.schema[name].dataType
        if isinstance(kind, BinaryType):
            return F.hex(column)
        return F.to_json(column) if isinstance(kind, (ArrayType, MapType, StructType)) else column.cast("string")

    return frame.select(*[text(name).alias(name) for name in frame.columns])


def plain(text: Column) -> Column:
    """`+01.50` as `1.5`."""
    body = F.regexp_replace(F.regexp_replace(F.trim(text), "^[+-]?0*", ""), r"(\.\d*?)0+$", "$1")
    body = F.regexp_replace(body, r"\.$", "")
    body = F.when(body == "", "0").when(body.startswith("."), F.concat(F.lit("0"), body)).otherwise(body)
    return F.when(F.trim(text).startswith("-") & (body != "0"), F.concat(F.lit("-"), body)).otherwise(body)


def comparable(name: str, how: dict[str, Any], exact: bool, nulls: bool) -> Column:
    """One text for each value of a column, as cells.ts has it."""
    text = F.col(name) if nulls else F.coalesce(F.col(name), F.lit(""))
    if how["trim"]:
        text = F.regexp_replace(text, r"^\s+|\s+$", "")
    elif how["padding"]:
        text = F.rtrim(text)
    if exact or how["exact"]:
        return text
    spelled = F.regexp_replace(text, "T", " ")
    moment = F.when(spelled.contains("."), F.regexp_replace(spelled, r"\.?0+$", "")).otherwise(spelled)
    # Beyond 38 digits an exponent stays as it is written.
    digits = plain(F.expr(f"cast(try_cast(trim({name}) AS decimal(38,15)) AS string)"))
    return (
        F.when(text.rlike(NUMBER), plain(text))
        .when(text.rlike(EXPONENT), F.coalesce(digits, text))
        .when(text.rlike(MOMENT), moment)
        .otherwise(text)
    )


def shared_columns(left: list[str], right: list[str], named: bool, ignore: list[str]) -> dict[str, Any]:
    """Which columns meet: by name, letter case aside, where both sides have names; otherwise by position."""
    ignored = {name.strip().lower() for name in ignore}

    def skipped(name: str, at: int) -> bool:
        return name.strip().lower() in ignored or str(at + 1) in ignored

    places = {name.strip().lower(): at for at, name in reversed(list(enumerate(right)))}
    pairs = []
    for at, name in enumerate(left):
        other = places.get(name.strip().lower()) if named else (at if at < len(right) else None)
        pairs.append((name, at, other))
    met = {other for _, _, other in pairs}
    wanted = [pair for pair in pairs if not skipped(pair[0], pair[1])]
    return {
        "pairs": [pair for pair in wanted if pair[2] is not None],
        "only_left": [name for name, _, other in wanted if other is None],
        "only_right": [name for at, name in enumerate(right) if at not in met and not skipped(name, at)],
    }


def aggregates(frame: DataFrame, names: list[str]) -> dict[str, Any]:
    """Rows, a checksum, and for each column what a person looks at first."""
    cells = [F.coalesce(F.col(f"c{at}"), NULL) for at in range(len(names))]
    # Two sums of hashes: copies of a row count, the order does not.
    wide = "decimal(38,0)"
    wanted = [F.count(F.lit(1)).alias("rows")]
    for seed in (1, 2):
        wanted.append(F.sum(F.xxhash64(F.lit(seed), *cells).cast(wide)).cast("string").alias(f"checksum{seed}"))
    for at in range(len(names)):
        column = F.col(f"c{at}")
        number = F.expr(f"try_cast(c{at} AS decimal(30,6))")
        wanted += [
            F.sum(F.when(column.isNull(), 1).otherwise(0)).alias(f"nulls{at}"),
            F.min(column).alias(f"least{at}"),
            F.max(column).alias(f"greatest{at}"),
            F.sum(number).cast("string").alias(f"sum{at}"),
            F.approx_count_distinct(column).alias(f"distinct{at}"),
        ]
    row = frame.agg(*wanted).first()
    keys = ["nulls", "least", "greatest", "sum", "distinct"]
    return {
        "rows": row["rows"],
        "checksum": f"{row['checksum1'] or 0}/{row['checksum2'] or 0}",
        "columns": [{"name": name, **{key: row[f"{key}{at}"] for key in keys}} for at, name in enumerate(names)],
    }


def as_bags(left: DataFrame, right: DataFrame, names: list[str], most: int) -> dict[str, Any]:
    """Rows that one side has more often than the other."""
    columns = [f"c{at}" for at in range(len(names))]
    counted = left.withColumn("n", F.lit(1)).unionByName(right.withColumn("n", F.lit(-1)))
    grouped = counted.groupBy(*columns).agg(F.sum("n").alias("n")).where("n <> 0").persist()
    sums = grouped.agg(
        F.sum(F.greatest(F.col("n"), F.lit(0))).alias("missing"), F.sum(F.greatest(-F.col("n"), F.lit(0))).alias("extra")
    ).first()

    def sample(condition: str) -> list[dict[str, Any]]:
        rows = grouped.where(condition).orderBy(*columns).limit(most).collect()
        return [row_of(row, columns, names) for row in rows for _ in range(min(abs(row["n"]), most))][:most]

    found = {
        "missing": sums["missing"] or 0,
        "extra": sums["extra"] or 0,
        "changed": 0,
        "columns": [],
        "samples": {"missing": sample("n > 0"), "extra": sample("n < 0"), "changed": []},
    }
    grouped.unpersist()
    return found


def row_of(row: Any, columns: list[str], names: list[str]) -> dict[str, Any]:
    return {name: row[column] for name, column in zip(names, columns, strict=True)}


def by_key(left: DataFrame, right: DataFrame, names: list[str], keys: list[int], how: dict[str, Any]) -> dict[str, Any]:
    """Rows of one key are paired in the order of their values; those left over are missing or extra."""
    columns = [f"c{at}" for at in range(len(names))]
    key = [f"c{at}" for at in keys]
    window = Window.partitionBy(*key).orderBy(*columns)

    def numbered(frame: DataFrame, prefix: str) -> DataFrame:
        frame = frame.withColumn("n", F.row_number().over(window))
        return frame.select(*[F.col(name).alias(prefix + name) for name in [*columns, "n"]])

    both = [F.col(f"l{name}").eqNullSafe(F.col(f"r{name}")) for name in [*key, "n"]]
    joined = numbered(left, "l").join(numbered(right, "r"), both, "full_outer")
    texts = {name.strip().lower() for name in how["texts"]}

    def differs(at: int) -> Column:
        one, other = F.col(f"lc{at}"), F.col(f"rc{at}")
        if how["tolerance"] == 0 or names[at].strip().lower() in texts:
            return ~one.eqNullSafe(other)
        apart = F.expr(f"abs(try_cast(lc{at} AS double) - try_cast(rc{at} AS double))")
        return ~(one.eqNullSafe(other) | F.coalesce(apart <= how["tolerance"], F.lit(False)))

    others = [at for at in range(len(names)) if at not in keys]
    flags = [differs(at).alias(f"d{at}") for at in others]
    kind = F.when(F.col("rn").isNull(), "missing").when(F.col("ln").isNull(), "extra").otherwise("both")
    told = joined.select("*", kind.alias("kind"), *flags)
    changed = F.lit(False)
    for at in others:
        changed = changed | F.col(f"d{at}")
    told = told.withColumn("kind", F.when((F.col("kind") == "both") & changed, "changed").otherwise(F.col("kind")))
    told = told.where("kind <> 'both'").persist()
    counts = {row["kind"]: row["count"] for row in told.groupBy("kind").count().collect()}
    # A row of one side alone differs in no column.
    per_column = [F.sum(F.when(F.col("kind") == "changed", F.col(f"d{at}").cast("int"))).alias(f"d{at}") for at in others]
    sums = told.agg(F.count(F.lit(1)), *per_column).first()

    def sample(which: str) -> list[Any]:
        side = "r" if which == "extra" else "l"
        order = [F.col(side + name) for name in key]
        return told.where(F.col("kind") == which).orderBy(*order).limit(how["samples"]).collect()

    found = {
        **{name: counts.get(name, 0) for name in ("missing", "extra", "changed")},
        "columns": [{"name": names[at], "differences": sums[f"d{at}"] or 0} for at in others],
        "samples": {
            "missing": [row_of(row, [f"l{name}" for name in columns], names) for row in sample("missing")],
            "extra": [row_of(row, [f"r{name}" for name in columns], names) for row in sample("extra")],
            "changed": [
                {
                    "row": row_of(row, [f"l{name}" for name in columns], names),
                    "columns": [
                        {"name": names[at], "expected": row[f"lc{at}"], "actual": row[f"rc{at}"]}
                        for at in others
                        if row[f"d{at}"]
                    ],
                }
                for row in sample("changed")
            ],
        },
    }
    told.unpersist()
    return found


def compare(spark: SparkSession, request: dict[str, Any]) -> dict[str, Any]:
    how = request["how"]
    sides = {name: read(spark, request[name]) for name in ("expected", "actual")}
    named = request["expected"]["named"] and request["actual"]["named"]
    shared = shared_columns(sides["expected"].columns, sides["actual"].columns, named, how["ignore"])
    nulls = request["expected"]["knows_null"] and request["actual"]["knows_null"]
    names = [name for name, _, _ in shared["pairs"]]
    folded = [name.strip().lower() for name in names]
    unknown = [key for key in how["keys"] if key.strip().lower() not in folded]
    if unknown:
        return {"problem": f"the key {unknown[0]} is not a column of both sides"}
    texts = {name.strip().lower() for name in how["texts"]}

    def prepared(side: str, which: int) -> DataFrame:
        frame = sides[side]
        places = [pair[which] for pair in shared["pairs"]]
        raw = frame.select(*[F.col(quoted(frame.columns[at])).alias(f"r{to}") for to, at in enumerate(places)])
        cells = [comparable(f"r{at}", how, name in texts, nulls).alias(f"c{at}") for at, name in enumerate(folded)]
        return raw.select(*cells)

    left, right = prepared("expected", 1), prepared("actual", 2)
    told = {"expected": aggregates(left, names), "actual": aggregates(right, names)}
    same = told["expected"]["checksum"] == told["actual"]["checksum"]
    none: dict[str, Any] = {"missing": 0, "extra": 0, "changed": 0, "columns": []}
    found = {**none, "samples": {"missing": [], "extra": [], "changed": []}}
    if not same or told["expected"]["rows"] != told["actual"]["rows"]:
        keys = [folded.index(key.strip().lower()) for key in how["keys"]]
        found = by_key(left, right, names, keys, how) if keys else as_bags(left, right, names, how["samples"])
    return {
        **found,
        "missing_columns": shared["only_left"],
        "extra_columns": shared["only_right"],
        "aggregates": told,
    }


def main(argv: list[str]) -> None:
    with open(argv[argv.index("--request") + 1], encoding="utf-8") as file:
        request = json.load(file)
    answer = compare(SparkSession.builder.getOrCreate(), request)
    with open(request["answer"], "w", encoding="utf-8") as file:
        json.dump(answer, file)
