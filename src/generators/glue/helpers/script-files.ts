/** Functions by which translated scripts work on files. */
import type { Helper } from './registry.ts'

const session = 'from pyspark.sql import SparkSession'

export const scriptFileHelpers = {
	text_lines: {
		imports: ['import re'],
		needs: [],
		text: `
def text_lines(text: str) -> list[str]:
    """The lines of a text, without their ends."""
    lines = re.split("\\r\\n|\\r|\\n", text)
    return lines if lines[-1] else lines[:-1]
`,
	},
	lines_text: {
		imports: [],
		needs: [],
		text: `
def lines_text(lines: list[str | None]) -> str:
    """Lines as one text, each with its end."""
    return "".join(f"{line or ''}\\r\\n" for line in lines)
`,
	},
	path_exists: {
		imports: [session],
		needs: ['file_system'],
		text: `
def path_exists(spark: SparkSession, path: str) -> bool:
    """Is there a file or folder?"""
    system, place = file_system(spark, path)
    return system.exists(place)
`,
	},
	remove_file: {
		imports: [session],
		needs: ['file_system'],
		text: `
def remove_file(spark: SparkSession, path: str) -> None:
    """Deletes a file, if it is there."""
    system, place = file_system(spark, path)
    system.delete(place, False)
`,
	},
	folder_files: {
		imports: [session],
		needs: ['list_files'],
		text: `
def folder_files(spark: SparkSession, path: str, pattern: str = "*", below: bool = False) -> list[str]:
    """Paths of the files in a folder, perhaps in those below too, in the order of their names."""
    return list_files(spark, path, pattern, below)
`,
	},
	sub_folders: {
		imports: ['import re', session],
		needs: ['file_system'],
		text: `
def sub_folders(spark: SparkSession, path: str, pattern: str = "*") -> list[str]:
    """Paths of the folders in a folder, in the order of their names."""
    system, place = file_system(spark, path)
    body = re.escape(pattern).replace(r"\\*", ".*").replace(r"\\?", ".")
    names = [status.getPath().getName() for status in system.listStatus(place) if status.isDirectory()]
    fitting = [name for name in names if re.fullmatch(body, name, re.IGNORECASE | re.DOTALL)]
    return [f"{path.rstrip('/')}/{name}" for name in sorted(fitting, key=str.lower)]
`,
	},
	file_time: {
		imports: [session],
		needs: ['file_system'],
		text: `
def file_time(spark: SparkSession, path: str) -> int:
    """When a file was last changed, in milliseconds from 1970; a file that is not there has the year 1601."""
    system, place = file_system(spark, path)
    return system.getFileStatus(place).getModificationTime() if system.exists(place) else -11644473600000
`,
	},
	changed_at: {
		imports: ['from datetime import datetime, timedelta', session],
		needs: ['file_time'],
		text: `
def changed_at(spark: SparkSession, path: str) -> datetime:
    """When a file was last changed, in UTC."""
    return datetime(1970, 1, 1) + timedelta(milliseconds=file_time(spark, path))
`,
	},
	file_size: {
		imports: [session],
		needs: ['file_system'],
		text: `
def file_size(spark: SparkSession, path: str) -> int:
    """How many bytes a file has."""
    system, place = file_system(spark, path)
    return system.getFileStatus(place).getLen()
`,
	},
	read_text: {
		imports: [session],
		needs: ['file_system', 'read_bytes'],
		text: `
def read_text(spark: SparkSession, path: str, encoding: str = "") -> str:
    """A whole file of text, in UTF-8 where nothing else is said."""
    system, place = file_system(spark, path)
    if not system.exists(place):
        raise FileNotFoundError(f"Could not find file '{path}'.")
    return read_bytes(spark, path).decode(encoding or "utf-8-sig", "replace").removeprefix("\\ufeff")
`,
	},
	write_text: {
		imports: [session],
		needs: ['file_system', 'read_bytes'],
		text: `
def write_text(
    spark: SparkSession, path: str, text: str | None, append: bool = False, encoding: str = ""
) -> None:
    """Writes a text as a file, or at the end of one. With an encoding a new file begins with its mark, as .NET has it."""
    system, place = file_system(spark, path)
    before = read_bytes(spark, path) if append and system.exists(place) else b""
    marked = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16"}.get(encoding, encoding)
    content = (text or "").encode((encoding if before else marked) or "utf-8", "replace")
    stream = system.create(place, True)
    try:
        stream.write(bytearray(before + content))
    finally:
        stream.close()
`,
	},
	TextReader: {
		imports: ['import re'],
		needs: ['read_text'],
		text: `
class TextReader:
    """A text, line by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def read_line(self) -> str | None:
        """The next line without its end, None when there is none."""
        if self.is_over():
            return None
        end = re.compile(r"\\r\\n|\\r|\\n").search(self.text, self.place)
        line = self.text[self.place : end.start() if end else None]
        self.place = end.end() if end else len(self.text)
        return line

    def read_rest(self) -> str:
        rest, self.place = self.text[self.place :], len(self.text)
        return rest

    def peek(self) -> int:
        return -1 if self.is_over() else ord(self.text[self.place])

    def is_over(self) -> bool:
        return self.place >= len(self.text)
`,
	},
	TextWriter: {
		imports: [session],
		needs: ['write_text'],
		text: `
class TextWriter:
    """Gathers the text of a file, which is written when the writer is closed."""

    def __init__(self, spark: SparkSession, path: str, append: bool = False, encoding: str = "") -> None:
        self.spark, self.path, self.append, self.encoding = spark, path, append, encoding
        self.parts: list[str] = []
        self.is_open = True

    def write(self, text: str | None) -> None:
        if not self.is_open:
            raise ValueError("the writer is closed")
        self.parts.append(text or "")

    def write_line(self, text: str | None) -> None:
        self.write((text or "") + "\\r\\n")

    def flush(self) -> None:
        """Nothing is written before the end."""

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            write_text(self.spark, self.path, "".join(self.parts), self.append, self.encoding)
`,
	},
	file_name: {
		imports: ['import re'],
		needs: [],
		text: `
def file_name(path: str) -> str:
    """The last part of a path."""
    return re.split(r"[\\\\/]", path)[-1]
`,
	},
	file_stem: {
		imports: [],
		needs: ['file_name'],
		text: `
def file_stem(path: str) -> str:
    """The last part of a path without its ending."""
    name = file_name(path)
    return name.rpartition(".")[0] if "." in name else name
`,
	},
	file_extension: {
		imports: [],
		needs: ['file_name'],
		text: `
def file_extension(path: str) -> str:
    """The ending of a path, with its point."""
    ending = file_name(path).rpartition(".")[2] if "." in file_name(path) else ""
    return f".{ending}" if ending else ""
`,
	},
	folder_of: {
		imports: [],
		needs: ['file_name'],
		text: `
def folder_of(path: str) -> str:
    """A path without its last part."""
    return path[: max(0, len(path) - len(file_name(path)) - 1)]
`,
	},
	join_path: {
		imports: ['import re'],
		needs: [],
		text: `
def join_path(*parts: str) -> str:
    """Paths put together; one that begins at a root stands alone."""
    path = parts[0]
    for part in parts[1:]:
        if not part:
            continue
        if not path or re.match(r"[\\\\/]|[A-Za-z]:", part):
            path = part
        else:
            path += part if path[-1] in "\\\\/:" else "\\\\" + part
    return path
`,
	},
	http_get: {
		imports: ['from urllib.request import urlopen'],
		needs: [],
		text: `
def http_get(url: str) -> str:
    """The text that an address answers with."""
    with urlopen(url, timeout=100) as answer:
        return answer.read().decode("utf-8", "replace")
`,
	},
	download_file: {
		imports: ['from urllib.request import urlopen', session],
		needs: ['file_system'],
		text: `
def download_file(spark: SparkSession, url: str, path: str) -> None:
    """Puts what an address answers with into a file."""
    with urlopen(url, timeout=100) as answer:
        content = answer.read()
    system, place = file_system(spark, path)
    stream = system.create(place, True)
    try:
        stream.write(bytearray(content))
    finally:
        stream.close()
`,
	},
} as const satisfies Record<string, Helper>
