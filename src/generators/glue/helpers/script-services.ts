/** Functions by which translated scripts run statements and send mails. */
import type { Helper } from './registry.ts'

export const scriptServiceHelpers = {
	Command: {
		imports: ['import re', 'from pyspark.sql import SparkSession'],
		needs: ['sql'],
		text: `
STATEMENT_PARTS = r"""'(?:[^']|'')*'|"[^"]*"|\\[[^\\]]*\\]|--[^\\n]*|/\\*[\\s\\S]*?\\*/|@@?[\\w$#]+"""


class Command:
    """A statement with its parameters, which are named in it or stand in the order of its markers."""

    def __init__(self, spark: SparkSession, connection: str = "", text: str = "") -> None:
        self.spark, self.connection, self.text = spark, connection, text
        self.is_procedure = False
        self.parameters: list[tuple[str, object]] = []

    def add(self, name: str, value: object) -> None:
        self.parameters.append(("@" + name.removeprefix("@"), value))

    def set(self, name: str, value: object) -> None:
        """Another value for a parameter that was added before."""
        names = [one.lower() for one, _ in self.parameters]
        at = names.index("@" + name.removeprefix("@").lower())
        self.parameters[at] = (self.parameters[at][0], value)

    def run(self) -> list[dict[str, str | None]]:
        """The rows that it gives, as texts by column."""
        given = [value for _, value in self.parameters]
        if self.is_procedure:
            names = ", ".join(f"{name} = ?" for name, _ in self.parameters)
            return sql(self.spark, self.connection, f"EXEC {self.text} {names}".strip(), given)
        known = {name.lower(): value for name, value in self.parameters}
        values: list[object] = []

        def mark(part: re.Match[str]) -> str:
            if part.group().lower() not in known:
                return part.group()
            values.append(known[part.group().lower()])
            return "?"

        statement = re.sub(STATEMENT_PARTS, mark, self.text)
        return sql(self.spark, self.connection, statement, values or given)

    def scalar(self) -> str | None:
        """The first cell of the first row: None without rows, empty for a null."""
        rows = self.run()
        return (next(iter(rows[0].values())) or "") if rows else None
`,
	},
	RowReader: {
		imports: [],
		needs: ['row_cell'],
		text: `
class RowReader:
    """Rows of an answer, one after another."""

    def __init__(self, rows: list[dict[str, str | None]]) -> None:
        self.rows = rows
        self.place = -1

    def read(self) -> bool:
        self.place += 1
        return self.place < len(self.rows)

    def names(self) -> list[str]:
        """What the columns are called, where there is a row that says so."""
        return list(self.rows[0]) if self.rows else []

    def width(self) -> int:
        return len(self.names())

    def place_of(self, name: str) -> int:
        return [one.lower() for one in self.names()].index(name.lower())

    def cell(self, which: int | str) -> str | None:
        return row_cell(self.rows[self.place], which)

    def rest(self) -> list[dict[str, str | None]]:
        """The rows that were not read yet."""
        return self.rows[self.place + 1 :]
`,
	},
	required_text: {
		imports: [],
		needs: [],
		text: `
def required_text(text: str | None) -> str:
    """A text that must be there."""
    if text is None:
        raise TypeError("a value that must be there is null")
    return text
`,
	},
	text_or_zero: {
		imports: [],
		needs: [],
		text: `
def text_or_zero(text: str | None) -> str:
    """The text, or 0 where nothing came back."""
    return "0" if text is None else text
`,
	},
	Mail: {
		imports: ['from pyspark.sql import SparkSession'],
		needs: ['send_mail'],
		text: `
class Mail:
    """A mail that is put together piece by piece."""

    def __init__(self, sender: str = "", to: str = "", subject: str = "", body: str = "") -> None:
        self.sender, self.subject, self.body = sender, subject, body
        self.to = [to] if to else []
        self.cc: list[str] = []
        self.bcc: list[str] = []
        self.attachments: list[str] = []
        self.priority = "normal"
        self.is_html = False

    def send(self, spark: SparkSession) -> None:
        send_mail(
            spark,
            sender=self.sender,
            to=";".join(self.to),
            cc=";".join(self.cc),
            bcc=";".join(self.bcc),
            subject=self.subject,
            body=self.body,
            attachments="|".join(self.attachments),
            priority=self.priority,
            is_html=self.is_html,
        )
`,
	},
} as const satisfies Record<string, Helper>
