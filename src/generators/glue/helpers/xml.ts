/** Helpers for XML, which Spark does not read before version 4: a document is small enough for the driver. */
import type { Helper } from './registry.ts'

export const xmlHelpers = {
	xml_rows: {
		imports: [
			'from typing import Any',
			'from xml.etree import ElementTree',
			'from pyspark.sql import DataFrame, SparkSession',
		],
		needs: [],
		text: `
def xml_rows(spark: SparkSession, document: str | bytes, row: str, columns: list[str]) -> DataFrame:
    """A row of texts for each element of that name: its attributes and simple child elements.

    <name>_Id is the number of an element of that name: of this one, or of one around it. A schema in the document is
    no data.
    """
    rows: list[tuple[str | None, ...]] = []
    counts: dict[str, int] = {}
    schema = "{http://www.w3.org/2001/XMLSchema}schema"

    def local(name: str) -> str:
        return name.rpartition("}")[2]

    def content(element: Any) -> str | None:
        is_nil = any(local(key) == "nil" and value.strip() in ("true", "1") for key, value in element.attrib.items())
        return None if is_nil else element.text or ""

    def visit(element: Any, around: dict[str, str]) -> None:
        name = local(element.tag)
        counts[name] = counts.get(name, -1) + 1
        numbers = around | {f"{name}_Id": str(counts[name])}
        if name == row:
            values = {local(key): value for key, value in element.attrib.items()}
            values |= {local(child.tag): content(child) for child in element if len(child) == 0}
            if len(element) == 0:
                values |= {f"{name}_{kind}": content(element) for kind in ("Text", "Column")}
            rows.append(tuple((numbers | values).get(column) for column in columns))
        for child in element:
            if child.tag != schema:
                visit(child, numbers)

    visit(ElementTree.fromstring(document), {})
    names = ["${'`'}" + name.replace("${'`'}", "${'`' + '`'}") + "${'`'} string" for name in columns]
    return spark.createDataFrame(rows, ", ".join(names))
`,
	},
	read_document: {
		imports: ['from pyspark.sql import SparkSession'],
		needs: ['read_bytes'],
		text: `
def read_document(spark: SparkSession, path: str) -> str | bytes:
    """An XML document, which says its encoding itself."""
    return read_bytes(spark, path)
`,
	},
	xml_top: {
		imports: ['from typing import Any', 'from xml.etree import ElementTree'],
		needs: [],
		text: `
def xml_top(document: str | bytes) -> Any:
    """An element around the root of a document."""
    top = ElementTree.Element("document")
    top.append(ElementTree.fromstring(document))
    # White space between elements is left out, as .NET does.
    for element in top.iter():
        element.text, element.tail = (
            text if text and text.strip(" \\t\\r\\n") else None for text in (element.text, element.tail)
        )
    return top
`,
	},
	xml_select: {
		imports: ['from typing import Any'],
		needs: [],
		text: `
def xml_select(start: Any, path: str) -> list[Any]:
    """The elements that a path finds, in their order."""
    places = {element: place for place, element in enumerate(start.iter())}
    return sorted(set(start.findall(path)), key=places.__getitem__)
`,
	},
	XmlDocument: {
		imports: ['from typing import Any', 'from xml.etree import ElementTree'],
		needs: ['xml_top'],
		text: `
class XmlDocument:
    """A document, which has nothing in it before it is loaded."""

    def __init__(self) -> None:
        self.top: Any = ElementTree.Element("document")

    def load(self, document: str | bytes) -> None:
        self.top = xml_top(document)
`,
	},
	xml_found: {
		imports: ['from typing import Any'],
		needs: ['xml_select'],
		text: `
def xml_found(start: Any, path: str, last: str = "") -> list[str]:
    """The texts of the elements that a path finds, or of an attribute or text of theirs, in their order."""
    found = xml_select(start, path)
    if last.startswith("@"):
        return [element.attrib[last[1:]] for element in found if last[1:] in element.attrib]
    if last == "text()":
        texts = [text for element in found for text in (element.text, *(child.tail for child in element))]
        return [text for text in texts if text]
    return ["".join(element.itertext()) for element in found]
`,
	},
	xml_texts: {
		imports: [],
		needs: ['xml_top', 'xml_found'],
		text: `
def xml_texts(document: str | bytes, path: str, last: str = "") -> list[str]:
    """The texts of what a path finds in a document."""
    return xml_found(xml_top(document), path, last)
`,
	},
	xml_inner_texts: {
		imports: [],
		needs: ['xml_top', 'xml_found', 'xml_select'],
		text: `
def xml_inner_texts(document: str | bytes, path: str, inner: str, last: str = "") -> list[dict[str, str]]:
    """A row for each element that a path finds, with the texts of what another finds in it."""
    found = xml_select(xml_top(document), path)
    return [{str(at): text for at, text in enumerate(xml_found(element, inner, last))} for element in found]
`,
	},
	xml_number: {
		imports: ['import re'],
		needs: [],
		text: `
def xml_number(text: str) -> float:
    """The number of a text as XPath reads it: digits with a point, nothing else."""
    is_number = re.fullmatch(r"[ \\t\\r\\n]*-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)[ \\t\\r\\n]*", text)
    return float(text) if is_number else float("nan")
`,
	},
	read_xml: {
		imports: ['from pyspark.sql import DataFrame, SparkSession'],
		needs: ['read_bytes', 'xml_rows'],
		text: `
def read_xml(spark: SparkSession, path: str, row: str, columns: list[str]) -> DataFrame:
    """The rows of a file."""
    return xml_rows(spark, read_bytes(spark, path), row, columns)
`,
	},
} as const satisfies Record<string, Helper>
