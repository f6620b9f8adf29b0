/** Helpers that write to tables as they are, and change rows which are found by key. */
import type { Helper } from './registry.ts'

export const changeHelpers = {
	change_table: {
		imports: ['import contextlib', 'from pyspark.sql import DataFrame'],
		needs: ['jdbc', 'run_statements', 'change_statements', 'staging_table'],
		text: `
def change_table(
    frame: DataFrame,
    connection: str,
    table: str,
    mode: str,
    keys: list[str],
    empty_first: bool = False,
) -> None:
    """Applies rows to a table by key, each key once.

    The rows go to a table beside it, which has its types; one transaction takes them over. So a run may be repeated.
    """
    spark, options = frame.sparkSession, jdbc(connection)
    # Letter case as the database has it, since quoted names are exact.
    there = spark.read.format("jdbc").options(**options).option("dbtable", table).load().columns
    known = {name.lower(): name for name in there}
    missing = [name for name in frame.columns if name.lower() not in known]
    if missing:
        raise RuntimeError(f"Table {table} has no column {', '.join(missing)}")
    quote = "${'`'}" if options["url"].startswith("jdbc:mysql:") else '"'
    names = {name: f"{quote}{known[name.lower()]}{quote}" for name in frame.columns}
    columns = list(names.values())
    frame = frame.toDF(*[known[name.lower()] for name in frame.columns])
    create, beside = staging_table(options["url"], table, columns)
    # An earlier run may have been stopped before it could remove its table.
    with contextlib.suppress(Exception):
        run_statements(spark, connection, f"DROP TABLE {beside}")
    run_statements(spark, connection, create)
    try:
        writer = frame.write.format("jdbc").options(**options).option("dbtable", beside)
        writer.mode("append").save()
        changes = change_statements(
            options["url"], table, beside, columns, [names[key] for key in keys], mode
        )
        run_statements(spark, connection, *([f"DELETE FROM {table}"] if empty_first else []), *changes)
    finally:
        run_statements(spark, connection, f"DROP TABLE {beside}")
`,
	},
	as_in_table: {
		imports: ['from pyspark.sql import DataFrame'],
		needs: [],
		text: `
def as_in_table(frame: DataFrame, options: dict[str, str], table: str) -> DataFrame:
    """The columns under the names of the table: databases have their own letter case, and Spark wants the very name."""
    there = frame.sparkSession.read.format("jdbc").options(**options).option("dbtable", table).load()
    known = {name.lower(): name for name in there.columns}
    return frame.toDF(*[known.get(name.lower(), name) for name in frame.columns])
`,
	},
	staging_table: {
		imports: [],
		needs: [],
		text: `
def staging_table(url: str, table: str, columns: list[str]) -> tuple[str, str]:
    """The statement that makes an empty table with these columns of a table, and its name."""
    end = -1 if table[-1] in "\\"${'`'}]" else len(table)
    beside = f"{table[:end]}_REGLUE{table[end:]}"
    rows = f"SELECT {', '.join(columns)}"
    if url.startswith("jdbc:sqlserver:"):
        return f"{rows} INTO {beside} FROM {table} WHERE 1 = 0", beside
    if url.startswith(("jdbc:db2:", "jdbc:teradata:", "jdbc:derby:")):
        return f"CREATE TABLE {beside} AS ({rows} FROM {table}) WITH NO DATA", beside
    return f"CREATE TABLE {beside} AS {rows} FROM {table} WHERE 1 = 0", beside
`,
	},
	insert_allowed: {
		imports: [],
		needs: [],
		text: `
def insert_allowed(url: str, table: str, beside: str, columns: list[str]) -> str:
    """A statement that inserts the rows of a table into another one, but for those that a unique key refuses."""
    listed = ", ".join(columns)
    insert = f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {beside}"
    if url.startswith("jdbc:postgresql:"):
        return f"{insert} ON CONFLICT DO NOTHING"
    if url.startswith("jdbc:mysql:"):
        return f"{insert} ON DUPLICATE KEY UPDATE {columns[0]} = {table}.{columns[0]}"
    if url.startswith("jdbc:oracle:"):
        row = f"INSERT INTO {table} ({listed}) VALUES ({', '.join(f'r.{column}' for column in columns)})"
        refused = "EXCEPTION WHEN DUP_VAL_ON_INDEX THEN NULL"
        return f"BEGIN FOR r IN (SELECT {listed} FROM {beside}) LOOP BEGIN {row}; {refused}; END; END LOOP; END;"
    raise RuntimeError(f"Table {table}: this database needs the key columns to tell which rows are new")
`,
	},
	change_statements: {
		imports: [],
		needs: ['insert_allowed'],
		text: `
def change_statements(
    url: str, table: str, beside: str, columns: list[str], keys: list[str], mode: str
) -> list[str]:
    """Statements that apply the rows of a table to another one by key. A null key finds no row."""
    if mode == "insert-allowed":
        return [insert_allowed(url, table, beside, columns)]
    same = " AND ".join(f"t.{key} = s.{key}" for key in keys)
    values = [column for column in columns if column not in keys]
    listed, given = ", ".join(columns), ", ".join(f"s.{column}" for column in columns)
    new = f"SELECT {given} FROM {beside} s"
    insert_new = f"INSERT INTO {table} ({listed}) {new} WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE {same})"
    found = " AND ".join(f"{table}.{key} = s.{key}" for key in keys)
    delete = f"DELETE FROM {table} WHERE EXISTS (SELECT 1 FROM {beside} s WHERE {found})"
    if mode == "delete":
        return [delete]
    if mode == "delete-insert":
        return [delete, f"INSERT INTO {table} ({listed}) {new}"]
    if mode == "insert-new" or not values:
        return [] if mode == "update" else [insert_new]
    if url.startswith("jdbc:mysql:"):
        changed = ", ".join(f"t.{column} = s.{column}" for column in values)
        update = f"UPDATE {table} t JOIN {beside} s ON {same} SET {changed}"
        return [update] if mode == "update" else [update, insert_new]
    changed = ", ".join(f"{column} = s.{column}" for column in values)
    merge = f"MERGE INTO {table} t USING {beside} s ON ({same}) WHEN MATCHED THEN UPDATE SET {changed}"
    if mode != "update":
        merge += f" WHEN NOT MATCHED THEN INSERT ({listed}) VALUES ({given})"
    # SQL Server wants the end of a MERGE marked.
    return [f"{merge};" if url.startswith("jdbc:sqlserver:") else merge]
`,
	},
	change_data_set: {
		imports: ['from pyspark.sql import DataFrame'],
		needs: [],
		text: `
def change_data_set(frame: DataFrame, path: str, keys: list[str]) -> None:
    """Puts rows in the place of those with the same keys; the others stay.

    Files that are read cannot be written over: all rows are first written beside them, where they last until then.
    """
    spark = frame.sparkSession
    place = spark._jvm.org.apache.hadoop.fs.Path(path)
    if place.getFileSystem(spark._jsc.hadoopConfiguration()).exists(place):
        before = spark.read.format("parquet").load(path)
        rest = before.join(frame, keys, "left_anti")
        frame = rest.unionByName(frame, allowMissingColumns=True)
    frame.write.mode("overwrite").format("parquet").save(f"{path}.next")
    whole = spark.read.format("parquet").load(f"{path}.next")
    whole.write.mode("overwrite").format("parquet").save(path)
`,
	},
} as const satisfies Record<string, Helper>
