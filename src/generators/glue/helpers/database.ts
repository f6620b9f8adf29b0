import type { Helper } from './registry.ts'

export const databaseHelpers = {
	jdbc: {
		imports: ['import json'],
		needs: [],
		text: `
JDBC_DRIVERS = {
    "jdbc:db2:": "com.ibm.db2.jcc.DB2Driver",
    "jdbc:mysql:": "com.mysql.cj.jdbc.Driver",
    "jdbc:oracle:": "oracle.jdbc.OracleDriver",
    "jdbc:postgresql:": "org.postgresql.Driver",
    "jdbc:sqlserver:": "com.microsoft.sqlserver.jdbc.SQLServerDriver",
    "jdbc:teradata:": "com.teradata.jdbc.TeraDriver",
}


def jdbc(connection: str) -> dict[str, str]:
    """Spark's options for a connection: a JDBC URL, or the name of a Glue connection."""
    options = {"url": connection}
    if not connection.startswith("jdbc:"):
        import boto3

        glue = boto3.client("glue")
        found = glue.get_connection(Name=connection)["Connection"]["ConnectionProperties"]
        options = {"url": found["JDBC_CONNECTION_URL"]}
        if "SECRET_ID" in found:
            secrets = boto3.client("secretsmanager")
            login = json.loads(secrets.get_secret_value(SecretId=found["SECRET_ID"])["SecretString"])
            options |= {"user": login["username"], "password": login["password"]}
        elif "USERNAME" in found:
            options |= {"user": found["USERNAME"], "password": found["PASSWORD"]}
    for scheme, driver in JDBC_DRIVERS.items():
        if options["url"].startswith(scheme):
            # Without the class Spark asks DriverManager, which does not see jars given to Spark.
            options["driver"] = driver
    return options
`,
	},
	open_database: {
		imports: ['from typing import Any', 'from pyspark.sql import SparkSession'],
		needs: ['jdbc'],
		text: `
def open_database(spark: SparkSession, connection: str) -> Any:
    """A JDBC session on the driver."""
    options = jdbc(connection)
    jvm = spark.sparkContext._jvm
    properties = jvm.java.util.Properties()
    for name in ("user", "password"):
        if name in options:
            properties.setProperty(name, options[name])
    # DriverManager does not see jars given to Spark; the thread's own class loader does.
    loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
    return loader.loadClass(options["driver"]).newInstance().connect(options["url"], properties)
`,
	},
	kept_session: {
		imports: ['from typing import Any', 'from pyspark.sql import SparkSession'],
		needs: ['open_database'],
		text: `
KEPT: dict[str, Any] = {}


def kept_session(spark: SparkSession, connection: str) -> Any:
    """The session that a connection keeps to the end of the run, with its temporary tables and its open transaction."""
    if connection not in KEPT:
        KEPT[connection] = open_database(spark, connection)
    return KEPT[connection]
`,
	},
	task_session: {
		imports: ['from collections.abc import Iterator', 'from contextlib import contextmanager'],
		needs: ['kept_session'],
		text: `
@contextmanager
def task_session(connection: str) -> Iterator[None]:
    """The statements inside share one session, which ends with them."""
    try:
        yield
    finally:
        if connection in KEPT:
            KEPT.pop(connection).close()
`,
	},
	run_statements: {
		imports: ['from pyspark.sql import SparkSession'],
		needs: ['open_database'],
		text: `
def run_statements(spark: SparkSession, connection: str, *texts: str) -> None:
    """Runs statements together: all of them take effect, or none."""
    session = open_database(spark, connection)
    try:
        session.setAutoCommit(False)
        for text in texts:
            session.createStatement().execute(text)
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()
`,
	},
	read_statements: {
		imports: ['import re', 'from pyspark.sql import SparkSession'],
		needs: ['read_bytes'],
		text: `
def read_statements(spark: SparkSession, path: str) -> list[str]:
    """The statements of a file of SQL, which lines with GO part: UTF-16 by its mark, UTF-8, or the code page of Windows."""
    data = read_bytes(spark, path)
    try:
        text = data.decode("utf-16" if data[:2] in (b"\\xff\\xfe", b"\\xfe\\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    parts = re.split(r"(?im)^[ \\t]*GO[ \\t]*(?:\\d+[ \\t]*)?;?[ \\t]*\\r?$", text)
    statements = [part for part in parts if part.strip()]
    if not statements:
        raise ValueError(f"the file {path} holds no statement")
    return statements
`,
	},
	fetch: {
		imports: ['from typing import Any'],
		needs: [],
		text: `
def fetch(results: Any) -> list[dict[str, str | None]]:
    """Rows of the present result, as texts by column name."""
    found = results.getResultSet()
    described = found.getMetaData()
    names = [described.getColumnLabel(i) for i in range(1, described.getColumnCount() + 1)]
    rows = []
    while found.next():
        rows.append({name: found.getString(i) for i, name in enumerate(names, start=1)})
    return rows
`,
	},
	run_batch: {
		imports: ['from typing import Any'],
		needs: ['fetch'],
		text: `
def run_batch(prepared: Any, *text: str) -> list[dict[str, str | None]]:
    """Runs a batch to its end: the rows of the first of its statements that gives any, none where none does.

    What a later statement of the batch does, or that it fails, is certain only when its own result has been taken.
    """
    rows = None
    has_rows = prepared.execute(*text)
    while has_rows or prepared.getUpdateCount() != -1:
        if has_rows and rows is None:
            rows = fetch(prepared)
        has_rows = prepared.getMoreResults()
    return rows or []
`,
	},
	sql: {
		imports: [
			'from collections.abc import Sequence',
			'from typing import Any',
			'from pyspark.sql import DataFrame, SparkSession',
		],
		needs: ['open_database', 'run_batch', 'typed'],
		text: `
def sql(
    spark: SparkSession,
    connection: str,
    statement: str,
    parameters: Sequence[object] = (),
    schema: dict[str, str] | None = None,
) -> DataFrame | list[dict[str, str | None]]:
    """Runs a statement once, on the driver, with its ? markers bound.

    Gives its rows as a frame of that schema; without a schema as texts by column name, none for a statement without rows.
    """
    session = open_database(spark, connection)
    try:
        prepared = session.prepareStatement(statement)
        for position, value in enumerate(parameters, start=1):
            prepared.setObject(position, value)
        rows = run_batch(prepared)
        if not session.getAutoCommit():
            session.commit()
    finally:
        session.close()
    if schema is None:
        return rows
    texts = ", ".join("${'`'}" + name.replace("${'`'}", "${'`' + '`'}") + "${'`'} string" for name in schema)
    found = [{name.lower(): value for name, value in row.items()} for row in rows]
    return typed(spark.createDataFrame([tuple(row[name.lower()] for name in schema) for row in found], texts), schema)

`,
	},
	sql_kept: {
		imports: ['from collections.abc import Sequence', 'from pyspark.sql import SparkSession'],
		needs: ['kept_session', 'run_batch'],
		text: `
def sql_kept(
    spark: SparkSession, connection: str, statement: str, parameters: Sequence[object] = ()
) -> list[dict[str, str | None]]:
    """Runs a statement in the session that the connection keeps, with its ? markers bound: its rows as texts by column name."""
    session = kept_session(spark, connection)
    if not parameters:
        # A prepared statement has a scope of its own, at whose end its temporary tables go.
        return run_batch(session.createStatement(), statement)
    prepared = session.prepareStatement(statement)
    for position, value in enumerate(parameters, start=1):
        prepared.setObject(position, value)
    return run_batch(prepared)
`,
	},
	sql_literal: {
		imports: [],
		needs: [],
		text: `
def sql_literal(value: object) -> str:
    """A value as SQL text, for statements that Spark runs and that take no parameters."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
`,
	},
} as const satisfies Record<string, Helper>
