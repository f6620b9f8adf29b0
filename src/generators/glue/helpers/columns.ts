import type { Helper } from './registry.ts'

const functions = 'from pyspark.sql import functions as F'

export const columnHelpers = {
	number_lines: {
		imports: ['from pyspark.sql import Column', functions],
		needs: [],
		text: `
def number_lines() -> Column:
    """Position of a record in its block of the file, from 0.

    Spark packs small files into one partition unless opening a file costs as much as a whole partition (SETTINGS);
    then each partition is one block, and the low 33 bits of the id count its records.
    """
    return F.monotonically_increasing_id().bitwiseAND(F.lit((1 << 33) - 1))
`,
	},
	record_pattern: {
		imports: ['import re'],
		needs: [],
		text: String.raw`
def record_pattern(delimiter: str, end: str, quote: str = "", count: int = 0) -> str:
    """Pattern of one record, its text in the first group. A record ends at any end outside quotes, or behind that many fields."""
    split, mark, stop = re.escape(delimiter), re.escape(quote), re.escape(end)

    def field(*ends: str) -> str:
        behind = "|".join(ends)
        quoted = rf"{mark}(?:[^{mark}]++|{mark}{mark})*+{mark}(?={behind}|\z)|" if quote else ""
        return rf"(?:{quoted}(?:(?!{behind}).)*+)"

    if count:
        return rf"(?s)(?=.)((?:{field(split)}{split}){{0,{count - 1}}}+{field(stop)})(?:{stop}|\z)"
    return rf"(?s)(?=.)({field(split, stop)}(?:{split}{field(split, stop)})*+)(?:{stop}|\z)"
`,
	},
	split_fields: {
		imports: ['import re', 'from pyspark.sql import Column', functions],
		needs: [],
		text: `
def split_fields(record: Column, delimiter: str, quote: str) -> Column:
    """Fields of a record as they stand. A delimiter inside a quoted field does not end it."""
    mark, end = re.escape(quote), re.escape(delimiter)
    pattern = f"(?s)({mark}(?:[^{mark}]++|{mark}{mark})*+{mark}(?={end})|.*?){end}"
    return F.regexp_extract_all(F.concat(record, F.lit(delimiter)), F.lit(pattern), F.lit(1))
`,
	},
	fit_fields: {
		imports: ['from pyspark.sql import Column', functions],
		needs: [],
		text: `
def fit_fields(fields: Column, count: int, delimiter: str) -> Column:
    """At most that many fields: the last one takes the rest of the record."""
    rest = F.array_join(F.slice(fields, count, F.size(fields)), delimiter)
    fitted = F.concat(F.slice(fields, 1, count - 1), F.array(rest))
    return F.when(F.size(fields) > count, fitted).otherwise(fields)
`,
	},
	ended_fields: {
		imports: ['from pyspark.sql import Column', functions],
		needs: [],
		text: `
def ended_fields(record: Column, ends: list[int | str]) -> Column:
    """Fields that end each in its own way: after a number of characters, or at a delimiter; an empty one is the record's end."""
    known = F.array(
        *[
            F.struct(
                F.lit(end if isinstance(end, int) else -1).alias("width"),
                F.lit(end if isinstance(end, str) else "").alias("delimiter"),
            )
            for end in ends
        ]
    )

    def take(found: Column, end: Column) -> Column:
        rest, delimiter = found["rest"], end["delimiter"]
        at = F.when(end["width"] >= 0, end["width"]).when(delimiter != "", F.position(delimiter, rest) - 1)
        length = F.when(at >= 0, F.least(at, F.length(rest))).otherwise(F.length(rest))
        field = rest.substr(F.lit(1), length)
        behind = rest.substr(length + F.length(delimiter) + 1, F.length(rest))
        return F.struct(F.concat(found["fields"], F.array(field)).alias("fields"), behind.alias("rest"))

    start = F.struct(F.array().cast("array<string>").alias("fields"), record.alias("rest"))
    return F.aggregate(known, start, take, lambda found: found["fields"])
`,
	},
	with_header: {
		imports: ['from pyspark.sql import DataFrame', functions],
		needs: [],
		text: `
def with_header(lines: DataFrame, header: str) -> DataFrame:
    """The lines below a header, in one file. Only the sort promises that the header comes first."""
    row = lines.sparkSession.range(1)
    first = row.select(F.lit(header).alias("value"), F.lit(-1).cast("bigint").alias("_line"))
    numbered = lines.withColumn("_line", F.monotonically_increasing_id())
    return first.union(numbered).coalesce(1).sortWithinPartitions("_line").drop("_line")
`,
	},
	with_text: {
		imports: ['import re', 'from pyspark.sql import DataFrame'],
		needs: ['with_header'],
		text: String.raw`
def with_text(lines: DataFrame, text: str | None, end: str, *header: str) -> DataFrame:
    """The lines below a text, where there is one, and a header."""
    head = [*(re.split("\r\n|\n", text) if text else []), *header]
    return with_header(lines, end.join(head)) if head else lines
`,
	},
	unquote: {
		imports: ['import re', 'from pyspark.sql import Column', functions],
		needs: [],
		text: String.raw`
def unquote(field: Column, quote: str) -> Column:
    """Text of a field: without its quotes, doubled quotes inside as one. Any other field stays as it is."""
    mark = re.escape(quote)
    body = field.substr(F.lit(2), F.length(field) - 2)
    plain = F.replace(body, F.lit(quote * 2), F.lit(quote))
    return F.when(field.rlike(rf"(?s)^{mark}(?:[^{mark}]++|{mark}{mark})*+{mark}\z"), plain).otherwise(field)
`,
	},
	in_quotes: {
		imports: ['from pyspark.sql import Column', functions],
		needs: [],
		text: `
def in_quotes(name: str, quote: str, double: bool) -> Column:
    """The column's text in quotes; a null is nothing at all, not even quotes."""
    text = F.replace(F.col(name), F.lit(quote), F.lit(quote * 2)) if double else F.col(name)
    return F.coalesce(F.concat(F.lit(quote), text, F.lit(quote)), F.lit(""))
`,
	},
	ensure: {
		imports: ['from pyspark.sql import Column, DataFrame', functions],
		needs: [],
		text: `
def ensure(frame: DataFrame, failed: Column, message: str) -> DataFrame:
    """Ends the run when a row has failed.

    The random term is always true, and Spark does not see it (OptimizeRand would, without the sum). It keeps Spark from
    moving the test below a join or filter, to rows that never arrive, and from joining it with a test that nothing passes.
    """
    raised = F.raise_error(F.lit(message)).cast("boolean")
    return frame.filter(F.when(failed & (F.rand() + 1 > 0), raised).otherwise(True))
`,
	},
	typed: {
		imports: ['from pyspark.sql import Column, DataFrame', functions],
		needs: [],
		text: `
def typed(frame: DataFrame, columns: dict[str, str]) -> DataFrame:
    """The columns under the names and types that the job declares; databases have their own case and types."""
    found = {name.lower(): name.replace("${'`'}", "${'`' + '`'}") for name in frame.columns}

    def cast(name: str, spark_type: str) -> Column:
        value = F.col(f"${'`'}{found[name.lower()]}${'`'}")
        if spark_type != "time":
            return value.cast(spark_type).alias(name)
        # A time of day is held as microseconds since midnight.
        is_number = dict(frame.dtypes)[found[name.lower()]] == "bigint"
        return (value if is_number else F.unix_micros(value)).alias(name)

    return frame.select(*[cast(name, spark_type) for name, spark_type in columns.items()])
`,
	},
} as const satisfies Record<string, Helper>
