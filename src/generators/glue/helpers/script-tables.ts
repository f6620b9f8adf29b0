/** Functions by which translated scripts work on tables in memory. */
import type { Helper } from './registry.ts'

export const scriptTableHelpers = {
	DataTable: {
		imports: [],
		needs: [],
		text: `
class DataTable:
    """Rows in memory, each with its cells as texts by column name."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.columns: list[str] = []
        self.rows: list[dict[str, str | None]] = []

    def has_column(self, name: str) -> bool:
        return name.lower() in (one.lower() for one in self.columns)

    def add_column(self, name: str) -> None:
        if self.has_column(name):
            raise ValueError(f"a column named '{name}' is there already")
        self.columns.append(name)
        for row in self.rows:
            row[name] = None

    def new_row(self) -> dict[str, str | None]:
        return dict.fromkeys(self.columns)

    def add_values(self, values: list[str | None]) -> None:
        """A row of values in the order of the columns."""
        if len(values) > len(self.columns):
            raise ValueError("there are more values than columns")
        self.rows.append(self.new_row() | dict(zip(self.columns, values, strict=False)))

    def fill(self, rows: list[dict[str, str | None]]) -> int:
        """Takes rows in, with the columns that they bring; gives their number."""
        for row in rows:
            for name in row:
                if not self.has_column(name):
                    self.add_column(name)
            cells = {name.lower(): value for name, value in row.items()}
            self.rows.append({name: cells.get(name.lower()) for name in self.columns})
        return len(rows)
`,
	},
	table_of: {
		imports: ['from collections.abc import Sequence'],
		needs: ['DataTable'],
		text: `
def table_of(rows: list[dict[str, str | None]], columns: Sequence[str] = (), name: str = "") -> DataTable:
    """A new table with these rows, and with these columns even where it has no rows."""
    table = DataTable(name)
    for column in columns:
        table.add_column(column)
    table.fill(rows)
    return table
`,
	},
	DataSet: {
		imports: [],
		needs: ['table_of'],
		text: `
class DataSet:
    """Tables one after another."""

    def __init__(self, *tables: DataTable) -> None:
        self.tables = list(tables)

    def fill(self, rows: list[dict[str, str | None]], name: str = "Table") -> int:
        """Takes rows in as a table of their own; gives their number."""
        self.tables.append(table_of(rows, name=name))
        return len(rows)
`,
	},
	table_named: {
		imports: [],
		needs: ['DataTable'],
		text: `
def table_named(tables: list[DataTable], name: str) -> DataTable:
    """The table of that name, in any letter case."""
    return next(table for table in tables if table.name.lower() == name.lower())
`,
	},
	column_named: {
		imports: [],
		needs: [],
		text: `
def column_named(columns: list[str], name: str) -> str:
    """What the column of that name, in any letter case, is called."""
    return next(column for column in columns if column.lower() == name.lower())
`,
	},
	DataAdapter: {
		imports: [],
		needs: ['Command'],
		text: `
class DataAdapter:
    """Gives the rows of a command, for tables to take in."""

    def __init__(self, command: Command | None = None) -> None:
        self.command = command

    def rows(self) -> list[dict[str, str | None]]:
        if self.command is None:
            raise ValueError("the adapter has no command")
        return self.command.run()
`,
	},
	row_cell: {
		imports: [],
		needs: [],
		text: `
def row_cell(row: dict[str, str | None], which: int | str) -> str | None:
    """A cell by the place or the name of its column, in any letter case."""
    if isinstance(which, int):
        return list(row.values())[which]
    return next(value for name, value in row.items() if name.lower() == which.lower())
`,
	},
	set_row_cell: {
		imports: [],
		needs: [],
		text: `
def set_row_cell(row: dict[str, str | None], which: int | str, value: str | None) -> None:
    """Sets a cell by the place or the name of its column, in any letter case."""
    names = list(row)
    at = which if isinstance(which, int) else [name.lower() for name in names].index(which.lower())
    row[names[at]] = value
`,
	},
} as const satisfies Record<string, Helper>
