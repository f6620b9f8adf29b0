/** Functions that run translated code over rows on the driver, where it reaches files, the web and the session. */
import type { Helper } from './registry.ts'

const frame = 'from pyspark.sql import DataFrame'
const session = 'from pyspark.sql import SparkSession'
const iterator = 'from collections.abc import Callable, Iterator'
const any = 'from typing import Any'

export const scriptDriverHelpers = {
	run_on_driver: {
		imports: [
			'import pyarrow',
			frame,
			session,
			iterator,
			any,
			'from pyspark.sql.pandas.types import to_arrow_schema',
			'from pyspark.sql.types import Row, StructType',
		],
		needs: [],
		text: `
def run_on_driver(
    rows: list[Row],
    stage: str,
    function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]],
    schema: StructType,
) -> DataFrame:
    """What a function over rows gives: it runs here and now, once, in one place."""
    plain = (
        {name: bytes(value) if isinstance(value, bytearray) else value for name, value in row.asDict(True).items()}
        for row in rows
    )
    try:
        made = pyarrow.RecordBatch.from_pylist(list(function(plain)), schema=to_arrow_schema(schema))
    except Exception as error:
        raise RuntimeError(f"Stage {stage}: {error}") from error
    return SparkSession.active().createDataFrame(made.to_pylist(), schema).coalesce(1)
`,
	},
	over_rows_on_driver: {
		imports: [frame, iterator, any],
		needs: ['run_on_driver'],
		text: `
def over_rows_on_driver(
    frame: DataFrame,
    stage: str,
    function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]],
    columns: dict[str, str],
) -> DataFrame:
    """The rows of a frame as a function on the driver gives them on, with columns that it adds or replaces."""
    empty = {name: F.lit(None).cast(kind) for name, kind in columns.items()}
    schema = frame.withColumns(empty).schema if empty else frame.schema
    return run_on_driver(frame.collect(), stage, function, schema)
`,
	},
	made_rows_on_driver: {
		imports: [frame, iterator, any],
		needs: ['run_on_driver'],
		text: `
def made_rows_on_driver(
    frame: DataFrame,
    stage: str,
    function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]],
    schema: str,
) -> DataFrame:
    """Rows that a function on the driver makes out of those of a frame."""
    made = frame.sparkSession.createDataFrame([], schema).schema
    return run_on_driver(frame.collect(), stage, function, made)
`,
	},
	source_rows_on_driver: {
		imports: [session, frame, iterator, any],
		needs: ['run_on_driver'],
		text: `
def source_rows_on_driver(
    stage: str, function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]], schema: str
) -> DataFrame:
    """Rows that a function on the driver makes out of nothing, once."""
    made = SparkSession.active().createDataFrame([], schema).schema
    return run_on_driver([], stage, function, made)
`,
	},
} as const satisfies Record<string, Helper>
