/** Helpers for Excel workbooks, which Spark neither reads nor writes: a file is small enough for the driver. */
import type { Helper } from './registry.ts'

export const workbookHelpers = {
	read_workbook: {
		imports: ['from pyspark.sql import DataFrame, SparkSession'],
		needs: ['typed', 'workbook_cells', 'cell_text'],
		text: `
def read_workbook(
    spark: SparkSession, path: str, place: str, header: bool, columns: dict[str, str]
) -> DataFrame:
    """Rows of a sheet (Sheet1$), a part of it (Sheet1$A1:C9) or a named range, with the columns that the job declares."""
    content = spark.read.format("binaryFile").load(path).select("content").first()[0]
    rows = workbook_cells(bytes(content), place)
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    # The driver of the old job writes a number sign for a dot, and F1, F2 where there is no name.
    given = rows.pop(0) if header and rows else [None] * max(map(len, rows), default=0)
    names = [f"F{i}" if name is None else str(name).strip().replace(".", "#") for i, name in enumerate(given, 1)]
    at = {name.lower(): i for i, name in reversed(list(enumerate(names)))}
    missing = [name for name in columns if name.lower() not in at]
    if missing:
        raise RuntimeError(f"{place} of {path} has no column {', '.join(missing)}")
    wanted = [(at[name.lower()], kind) for name, kind in columns.items()]
    texts = [tuple(cell_text(row[i] if i < len(row) else None, kind) for i, kind in wanted) for row in rows]
    quoted = ["${'`'}" + name.replace("${'`'}", "${'`' + '`'}") + "${'`'} string" for name in columns]
    return typed(spark.createDataFrame(texts, ", ".join(quoted)), columns)
`,
	},
	workbook_cells: {
		imports: ['import io', 'from typing import Any'],
		needs: [],
		text: `
def workbook_cells(content: bytes, place: str) -> list[list[Any]]:
    """Values of the cells, row by row. openpyxl reads today's workbooks, xlrd those of Excel 97 to 2003."""
    name, mark, area = place.strip("'${'`'}[]").partition("$")
    area = area.strip("'").replace("$", "")
    if content[:2] == b"PK":
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        if not mark:
            name, area = next(iter(book.defined_names[name].destinations))
            area = area.replace("$", "")
        cells = book[name][area] if area else book[name].iter_rows()
        return [[None if cell.data_type == "e" else cell.value for cell in row] for row in cells]
    import xlrd
    from openpyxl.utils import range_boundaries

    book = xlrd.open_workbook(file_contents=content)
    if mark:
        sheet = book.sheet_by_name(name)
        left, top, right, bottom = range_boundaries(area) if area else (1, 1, sheet.ncols, sheet.nrows)
    else:
        sheet, top, bottom, left, right = book.name_map[name.lower()][0].area2d()
        left, top = left + 1, top + 1

    def value(row: int, column: int) -> Any:
        if row >= sheet.nrows or column >= sheet.ncols:
            return None
        cell = sheet.cell(row, column)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else None

    return [[value(row, column) for column in range(left - 1, right)] for row in range(top - 1, bottom)]
`,
	},
	cell_text: {
		imports: ['from datetime import date, datetime, timedelta', 'from typing import Any'],
		needs: [],
		text: `
def cell_text(value: Any, kind: str) -> str | None:
    """A cell as text that reads as the type of its column; a cell of another type that does not is null."""
    if value is None:
        return None
    is_text, is_moment = kind == "string", kind in ("timestamp", "date")
    day_zero = datetime(1899, 12, 30)
    if isinstance(value, bool):
        return str(value).upper() if is_text or kind == "boolean" else "-1" if value else "0"
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return moment.isoformat(" ") if is_text or is_moment else repr((moment - day_zero) / timedelta(days=1))
    if isinstance(value, int | float):
        if is_moment:
            return (day_zero + timedelta(days=value)).isoformat(" ")
        return str(int(value)) if float(value).is_integer() else repr(value)
    text = str(value)
    if is_text or is_moment or kind == "boolean":
        return text
    try:
        float(text)
    except ValueError:
        return None
    return text.strip()
`,
	},
	append_workbook: {
		imports: ['import decimal', 'import io', 'from pyspark.sql import DataFrame'],
		needs: ['file_system'],
		text: `
def append_workbook(frame: DataFrame, path: str, place: str) -> None:
    """Adds rows below those of a sheet. A workbook or sheet that is not there is made, with a header."""
    import openpyxl

    spark = frame.sparkSession
    system, file = file_system(spark, path)
    book = openpyxl.Workbook()
    if system.exists(file):
        content = spark.read.format("binaryFile").load(path).select("content").first()[0]
        book = openpyxl.load_workbook(io.BytesIO(bytes(content)))
    else:
        book.remove(book.active)
    name = place.strip("'${'`'}[]").rstrip("$")
    if name not in book.sheetnames:
        book.create_sheet(name).append(frame.columns)
    for row in frame.collect():
        book[name].append([float(value) if isinstance(value, decimal.Decimal) else value for value in row])
    result = io.BytesIO()
    book.save(result)
    stream = system.create(file, True)
    try:
        stream.write(bytearray(result.getvalue()))
    finally:
        stream.close()
`,
	},
} as const satisfies Record<string, Helper>
