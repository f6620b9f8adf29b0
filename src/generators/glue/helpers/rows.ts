/** Helpers that hand rows to the rest of the run, or to a statement one by one. */
import type { Helper } from './registry.ts'

export const rowHelpers = {
	current_value: {
		imports: ['from pyspark.sql import Column'],
		needs: [],
		text: `
def current_value(name: str) -> Column:
    """A column of the row after, or of the row before where there is none after."""
    gone = F.col("right._nth").isNull()
    value = F.when(gone, F.col(f"left.{name}")).otherwise(F.col(f"right.{name}"))
    return value.alias(name)
`,
	},
	keep_rows: {
		imports: ['from pyspark.sql import DataFrame'],
		needs: ['each_column'],
		text: `
def keep_rows(frame: DataFrame, variable: str) -> list[dict[str, str | None]]:
    """The rows that a variable is to hold, as texts by column name."""
    texts = [
        (F.hex(value) if field.dataType.typeName() == "binary" else value.cast("string")).alias(field.name)
        for field, value in zip(frame.schema.fields, each_column(frame), strict=True)
    ]
    return [row.asDict() for row in frame.select(*texts).collect()]
`,
	},
	each_column: {
		imports: ['from pyspark.sql import Column, DataFrame'],
		needs: [],
		text: `
def each_column(frame: DataFrame) -> list[Column]:
    """The columns of a frame, whatever signs are in their names."""
    return [frame["${'`'}" + name.replace("${'`'}", "${'`' + '`'}") + "${'`'}"] for name in frame.columns]
`,
	},
	as_parameters: {
		imports: ['from pyspark.sql import Column, DataFrame'],
		needs: ['each_column'],
		text: `
def as_parameters(frame: DataFrame) -> list[Column]:
    """The columns as a database takes them: numbers of any size and moments are texts."""
    plain = ("boolean", "byte", "short", "integer", "long", "float", "double", "string", "binary")
    return [
        value if field.dataType.typeName() in plain else value.cast("string").alias(field.name)
        for field, value in zip(frame.schema.fields, each_column(frame), strict=True)
    ]
`,
	},
	run_for_rows: {
		imports: ['from pyspark.sql import DataFrame'],
		needs: ['as_parameters', 'each_column', 'sql_call_kept', 'typed'],
		text: `
def run_for_rows(
    frame: DataFrame,
    connection: str,
    statement: str,
    markers: list[str | None],
    given: dict[int, tuple[str, str]],
) -> DataFrame:
    """Runs a statement for each row, one after the other on the driver: its ? markers take columns of the row, or nothing.

    Those at some positions give values, which become columns of their names and types. The rows are fixed first, so that
    the statement runs once for each, however often they are read. Column _order numbers them.
    """
    spark = frame.sparkSession
    fixed = frame.withColumn("_order", F.monotonically_increasing_id()).localCheckpoint()
    answers = []
    for row in fixed.select(*as_parameters(fixed)).orderBy("_order").toLocalIterator():
        values = [None if name is None else row[name] for name in markers]
        _, found = sql_call_kept(spark, connection, statement, values, list(given))
        answers.append((row["_order"], *found))
    types = {"_order": "bigint"} | dict(given.values())
    texts = "_order bigint, " + ", ".join(f"_{position} string" for position in given)
    made = spark.createDataFrame(answers, texts).toDF(*types)
    kept = fixed.select(*[column for column, name in zip(each_column(fixed), fixed.columns, strict=True) if name == "_order" or name not in types])
    return kept.join(typed(made, types), "_order")
`,
	},
	for_each_row: {
		imports: ['import itertools', 'from pyspark.sql import DataFrame'],
		needs: ['open_database', 'as_parameters'],
		text: `
def for_each_row(frame: DataFrame, connection: str, statement: str) -> None:
    """Runs a statement for each row, on the driver: the values of the row are its ? markers, in order.

    Statements go to the database in batches, and take effect together.
    """
    session = open_database(frame.sparkSession, connection)
    try:
        session.setAutoCommit(False)
        prepared = session.prepareStatement(statement)
        rows = frame.select(*as_parameters(frame)).toLocalIterator()
        while batch := list(itertools.islice(rows, 1000)):
            for row in batch:
                for position, value in enumerate(row, start=1):
                    prepared.setObject(position, value)
                prepared.addBatch()
            prepared.executeBatch()
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()
`,
	},
	write_files: {
		imports: ['import re', 'from pyspark.sql import DataFrame'],
		needs: ['file_system', 'read_bytes'],
		text: `
def write_files(
    frame: DataFrame, folder: str, existing: str = "fail", encoding: str = "utf-8", mark: bool = False
) -> None:
    """Writes a file for each row, on the driver: the first column is its path in the old job, the second its content."""
    spark = frame.sparkSession
    for path, content in frame.toLocalIterator():
        if path is None:
            raise ValueError("a row names no file")
        parts = [part for part in re.split(r"[\\\\/]+", path.replace(":", "")) if part]
        if ".." in parts:
            raise ValueError(f"{path} leads out of the folder")
        system, file = file_system(spark, "/".join([folder.rstrip("/"), *parts]))
        data = content.encode(encoding) if isinstance(content, str) else bytes(content or b"")
        before = b""
        if system.exists(file):
            if existing == "fail":
                raise FileExistsError(f"{file.toString()} is there already")
            before = read_bytes(spark, file.toString()) if existing == "append" else b""
        if mark and not before:
            before = "\\ufeff".encode(encoding)
        stream = system.create(file, True)
        try:
            stream.write(bytearray(before + data))
        finally:
            stream.close()
`,
	},
} as const satisfies Record<string, Helper>
