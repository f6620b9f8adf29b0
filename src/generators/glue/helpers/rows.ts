/** Helpers that hand rows to the rest of the run, or to a statement one by one. */
import type { Helper } from './registry.ts'

export const rowHelpers = {
	keep_rows: {
		imports: ['from pyspark.sql import DataFrame'],
		needs: [],
		text: `
def keep_rows(frame: DataFrame, variable: str) -> list[dict[str, str | None]]:
    """The rows that a variable is to hold, as texts by column name."""
    texts = [
        (F.hex(frame[i]) if field.dataType.typeName() == "binary" else frame[i].cast("string")).alias(field.name)
        for i, field in enumerate(frame.schema.fields)
    ]
    return [row.asDict() for row in frame.select(*texts).collect()]
`,
	},
	for_each_row: {
		imports: ['import itertools', 'from pyspark.sql import DataFrame'],
		needs: ['open_database'],
		text: `
def for_each_row(frame: DataFrame, connection: str, statement: str) -> None:
    """Runs a statement for each row, on the driver: the values of the row are its ? markers, in order.

    Statements go to the database in batches, and take effect together.
    """
    # A database takes numbers of any size and moments as text.
    plain = ("boolean", "byte", "short", "integer", "long", "float", "double", "string", "binary")
    values = [
        frame[i] if field.dataType.typeName() in plain else frame[i].cast("string")
        for i, field in enumerate(frame.schema.fields)
    ]
    session = open_database(frame.sparkSession, connection)
    try:
        session.setAutoCommit(False)
        prepared = session.prepareStatement(statement)
        rows = frame.select(*values).toLocalIterator()
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
} as const satisfies Record<string, Helper>
