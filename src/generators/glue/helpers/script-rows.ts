/** Functions that let translated code see a frame row by row. */
import type { Helper } from './registry.ts'

const frame = 'from pyspark.sql import DataFrame'
const iterator = 'from collections.abc import Callable, Iterator'
const any = 'from typing import Any'

export const scriptRowHelpers = {
	in_batches: {
		imports: [
			'import itertools',
			'import sys',
			'import pyarrow',
			'from datetime import datetime',
			iterator,
			any,
			'from pyspark import cloudpickle',
			'from pyspark.sql.pandas.types import to_arrow_schema',
			'from pyspark.sql.types import StructType',
		],
		needs: [],
		text: `
def in_batches(
    stage: str, function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]], schema: StructType
) -> Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """A function over rows as one over batches of Arrow. Moments have no time zone in it."""
    module = sys.modules.get(__name__)
    if module is not None and __name__ != "__main__":
        # Workers cannot import a script that somebody has loaded by hand.
        cloudpickle.register_pickle_by_value(module)
    arrow = to_arrow_schema(schema)
    label = f"Stage {stage}"

    def plain(batch: pyarrow.RecordBatch) -> Iterator[dict[str, Any]]:
        for row in batch.to_pylist():
            yield {
                name: value.replace(tzinfo=None) if isinstance(value, datetime) else value
                for name, value in row.items()
            }

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        made = function(row for batch in batches for row in plain(batch))
        try:
            while block := list(itertools.islice(made, 4096)):
                yield pyarrow.RecordBatch.from_pylist(block, schema=arrow)
        except Exception as error:
            raise RuntimeError(f"{label}: {error}") from error

    return work
`,
	},
	over_rows: {
		imports: [frame, iterator, any],
		needs: ['in_batches'],
		text: `
def over_rows(
    frame: DataFrame,
    stage: str,
    function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]],
    columns: dict[str, str],
) -> DataFrame:
    """The rows of a frame as a function gives them on, with columns that it adds or replaces."""
    empty = {name: F.lit(None).cast(kind) for name, kind in columns.items()}
    schema = frame.withColumns(empty).schema if empty else frame.schema
    return frame.mapInArrow(in_batches(stage, function, schema), schema)
`,
	},
	made_rows: {
		imports: [frame, iterator, any],
		needs: ['in_batches'],
		text: `
def made_rows(
    frame: DataFrame,
    stage: str,
    function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]],
    schema: str,
) -> DataFrame:
    """Rows that a function makes out of those of a frame."""
    made = frame.sparkSession.createDataFrame([], schema).schema
    return frame.mapInArrow(in_batches(stage, function, made), made)
`,
	},
	source_rows: {
		imports: ['from pyspark.sql import SparkSession', frame, iterator, any],
		needs: ['made_rows'],
		text: `
def source_rows(
    stage: str, function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]], schema: str
) -> DataFrame:
    """Rows that a function makes out of nothing, once."""
    return made_rows(SparkSession.active().range(0, 1, 1, 1), stage, function, schema)
`,
	},
	HandedOver: {
		imports: [frame, any, 'from functools import cached_property'],
		needs: [],
		text: `
class HandedOver:
    """What code over rows hands over behind the last one."""

    def __init__(self, rows: DataFrame) -> None:
        self.rows = rows

    @cached_property
    def get(self) -> dict[str, Any]:
        """Values by the names of variables: one row, for the code runs in one place."""
        [found] = self.rows.where(F.col("_variables").isNotNull()).select("_variables.*").collect()
        return found.asDict()
`,
	},
	numbered_rows: {
		imports: [iterator, any],
		needs: [],
		text: `
def numbered_rows(
    function: Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]],
) -> Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]]:
    """The function with the number of each row that it gives."""
    return lambda rows: (row | {"_order": number} for number, row in enumerate(function(rows)))
`,
	},
} as const satisfies Record<string, Helper>
