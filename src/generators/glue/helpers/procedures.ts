import type { Helper } from './registry.ts'

export const procedureHelpers = {
	call_in: {
		imports: ['import re', 'from collections.abc import Sequence', 'from typing import Any'],
		needs: ['run_batch'],
		text: `
def call_in(
    session: Any, statement: str, parameters: Sequence[object], outputs: Sequence[int]
) -> tuple[list[dict[str, str | None]], list[str | None]]:
    """Runs a statement some of whose ? markers give values: its rows, and those values as texts in their order."""
    # The driver writes the word OUTPUT itself.
    prepared = session.prepareCall(re.sub(r"(?i)\\?(\\s+out(put)?)\\b", "?", statement))
    for position, value in enumerate(parameters, start=1):
        if position in outputs:
            prepared.registerOutParameter(position, 12)  # java.sql.Types.VARCHAR
        if value is not None or position not in outputs:
            prepared.setObject(position, value)
    # Values come after everything else that the statement gives.
    rows = run_batch(prepared)
    return rows, [prepared.getString(position) for position in outputs]
`,
	},
	sql_call: {
		imports: ['from collections.abc import Sequence', 'from pyspark.sql import SparkSession'],
		needs: ['open_database', 'call_in'],
		text: `
def sql_call(
    spark: SparkSession, connection: str, statement: str, parameters: Sequence[object], outputs: Sequence[int]
) -> tuple[list[dict[str, str | None]], list[str | None]]:
    """Runs such a statement in a session of its own."""
    session = open_database(spark, connection)
    try:
        return call_in(session, statement, parameters, outputs)
    finally:
        session.close()
`,
	},
	sql_call_kept: {
		imports: ['from collections.abc import Sequence', 'from pyspark.sql import SparkSession'],
		needs: ['kept_session', 'call_in'],
		text: `
def sql_call_kept(
    spark: SparkSession, connection: str, statement: str, parameters: Sequence[object], outputs: Sequence[int]
) -> tuple[list[dict[str, str | None]], list[str | None]]:
    """Runs such a statement in the session that the connection keeps."""
    return call_in(kept_session(spark, connection), statement, parameters, outputs)
`,
	},
} as const satisfies Record<string, Helper>
