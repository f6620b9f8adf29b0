/** Functions that translated scripts call for cells, texts and lists, where Python does otherwise than .NET. */
import type { Helper } from './registry.ts'

const any = 'from typing import Any'

export const scriptValueHelpers = {
	FormatError: {
		imports: [],
		needs: [],
		text: `
class FormatError(ValueError):
    """A text does not read as the value that it should be; scripts that ask for the message get what .NET says."""

    def __init__(self, text: str, said: str = "Input string was not in a correct format.") -> None:
        super().__init__(text)
        self.said = said
`,
	},
	group_of: {
		imports: ['import re'],
		needs: [],
		text: `
def group_of(match: re.Match[str] | None, group: int | str) -> str | None:
    """Text of a group of a match, None where it did not match or is not there."""
    if match is None:
        return None
    try:
        return match.group(group)
    except IndexError:
        return None
`,
	},
	required: {
		imports: [any],
		needs: [],
		text: `
def required(row: dict[str, Any], name: str) -> Any:
    """A cell that must not be null: the script reads it without asking."""
    if row[name] is None:
        raise ValueError(f"column {name} is null")
    return row[name]
`,
	},
	fitted: {
		imports: [],
		needs: [],
		text: `
def fitted(text: str | None, length: int) -> str | None:
    """A text that must fit its column."""
    if text is not None and len(text) > length:
        raise ValueError(f"a text of {len(text)} characters does not fit {length}")
    return text
`,
	},
	decimal_cell: {
		imports: ['from decimal import ROUND_HALF_EVEN, Context, Decimal'],
		needs: [],
		text: `
def decimal_cell(value: Decimal, precision: int, scale: int) -> Decimal:
    """A decimal as its column holds it."""
    return value.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_EVEN, Context(prec=precision))
`,
	},
	substring: {
		imports: [],
		needs: [],
		text: `
def substring(text: str, start: int, length: int | None = None) -> str:
    """A part of a text; a place outside of it is a fault."""
    end = len(text) if length is None else start + length
    if not 0 <= start <= end <= len(text):
        raise IndexError("index and length must be within the text")
    return text[start:end]
`,
	},
	remove: {
		imports: [],
		needs: ['substring'],
		text: `
def remove(text: str, start: int, length: int | None = None) -> str:
    """A text without a part of it; a place outside of it is a fault."""
    if length is None:
        if not 0 <= start < len(text):
            raise IndexError("the start must be within the text")
        return text[:start]
    return text[:start] + text[start + len(substring(text, start, length)) :]
`,
	},
	split: {
		imports: ['import re'],
		needs: [],
		text: `
def split(text: str, separators: list[str]) -> list[str]:
    """The parts of a text between single characters, or between blanks."""
    return re.split("|".join(map(re.escape, separators)) if separators else r"\\s", text)
`,
	},
	left: {
		imports: [],
		needs: [],
		text: `
def left(text: str, length: int) -> str:
    """The first characters."""
    if length < 0:
        raise ValueError("a length must not be negative")
    return text[:length]
`,
	},
	right: {
		imports: [],
		needs: [],
		text: `
def right(text: str, length: int) -> str:
    """The last characters."""
    if length < 0:
        raise ValueError("a length must not be negative")
    return text[max(0, len(text) - length) :]
`,
	},
	mid: {
		imports: [],
		needs: [],
		text: `
def mid(text: str, start: int, length: int | None = None) -> str:
    """Characters from a place on, counted from 1; a place beyond the text gives none."""
    if start < 1 or (length is not None and length < 0):
        raise ValueError("a start must be at least 1, and a length must not be negative")
    return text[start - 1 :] if length is None else text[start - 1 : start - 1 + length]
`,
	},
	item: {
		imports: ['from collections.abc import Sequence', any],
		needs: [],
		text: `
def item(values: Sequence[Any], index: int) -> Any:
    """An item by its place, counted from 0; Python's own indexes below 0 are faults."""
    if index < 0:
        raise IndexError("index was out of range")
    return values[index]
`,
	},
	set_item: {
		imports: [any],
		needs: ['item'],
		text: `
def set_item(values: list[Any], index: int, value: Any) -> None:
    """Puts a value in the place of an item."""
    item(values, index)
    values[index] = value
`,
	},
	add_item: {
		imports: [any],
		needs: [],
		text: `
def add_item(values: dict[Any, Any], key: Any, value: Any) -> None:
    """A new key; one that is there already is a fault."""
    if key in values:
        raise KeyError(f"{key} is there already")
    values[key] = value
`,
	},
	repeated: {
		imports: [],
		needs: [],
		text: `
def repeated(text: str, count: int) -> str:
    """A text again and again; a count below zero is a fault."""
    if count < 0:
        raise ValueError("a count must not be negative")
    return text * count
`,
	},
	removed: {
		imports: [any],
		needs: [],
		text: `
def removed(values: list[Any], value: Any) -> bool:
    """Takes the first such item out of a list, and says whether there was one."""
    if value not in values:
        return False
    values.remove(value)
    return True
`,
	},
	remove_at: {
		imports: [any],
		needs: ['item'],
		text: `
def remove_at(values: list[Any], index: int) -> None:
    """Takes an item out of a list by its place."""
    item(values, index)
    del values[index]
`,
	},
	insert_item: {
		imports: [any],
		needs: [],
		text: `
def insert_item(values: list[Any], index: int, value: Any) -> None:
    """Puts an item before the one at that place, or at the end."""
    if not 0 <= index <= len(values):
        raise IndexError("index was out of range")
    values.insert(index, value)
`,
	},
	keep_alone: {
		imports: [any],
		needs: [],
		text: `
def keep_alone(values: list[Any], kept: list[Any]) -> int:
    """Leaves some of the items in a list, and says how many went."""
    gone = len(values) - len(kept)
    values[:] = kept
    return gone
`,
	},
	remove_key: {
		imports: [any],
		needs: [],
		text: `
def remove_key(values: dict[Any, Any], key: Any) -> bool:
    """Takes a key out, and says whether it was there."""
    if key not in values:
        return False
    del values[key]
    return True
`,
	},
	add_member: {
		imports: [any],
		needs: [],
		text: `
def add_member(values: set[Any], value: Any) -> bool:
    """Adds a value, and says whether it is new."""
    if value in values:
        return False
    values.add(value)
    return True
`,
	},
	remove_member: {
		imports: [any],
		needs: [],
		text: `
def remove_member(values: set[Any], value: Any) -> bool:
    """Takes a value out, and says whether it was there."""
    if value not in values:
        return False
    values.remove(value)
    return True
`,
	},
	first_of: {
		imports: ['from collections.abc import Iterable', any],
		needs: [],
		text: `
def first_of(values: Iterable[Any]) -> Any:
    """The first of some values, which must not be empty."""
    for value in values:
        return value
    raise ValueError("there is no such item")
`,
	},
	present: {
		imports: [any],
		needs: [],
		text: `
def present(value: Any) -> Any:
    """A value that must be there."""
    if value is None:
        raise ValueError("the value is missing")
    return value
`,
	},
	value_name: {
		imports: [],
		needs: [],
		text: `
def value_name(value: int, names: dict[int, str]) -> str:
    """The name of a value of an enumeration; the number of one without a name."""
    return names.get(value, str(value))
`,
	},
	value_named: {
		imports: ['import re'],
		needs: [],
		text: `
def value_named(text: str, numbers: dict[str, int], ignore_case: bool = False) -> int:
    """The value of an enumeration by its name, by several that are put together, or by its number."""
    plain = text.strip()
    if not plain:
        raise ValueError("Must specify valid information for parsing in the string.")
    if re.fullmatch(r"[+-]?[0-9]+", plain):
        return int(plain)
    known = {name.lower() if ignore_case else name: number for name, number in numbers.items()}
    value = 0
    for part in plain.split(","):
        name = part.strip()
        if (name.lower() if ignore_case else name) not in known:
            raise ValueError(f"Requested value '{name}' was not found.")
        value |= known[name.lower() if ignore_case else name]
    return value
`,
	},
	error_description: {
		imports: [],
		needs: [],
		text: `
ERROR_DESCRIPTIONS = {
    -1071607778: "Row yielded no match during lookup.\\r\\n",
    -1071607685: "No status is available.",
    -1071607689: "The data value violates integrity constraints.",
    -1071607694: "Conversion failed because the data value overflowed the specified type.",
    -1071607691: "Conversion failed because the data value overflowed the provider.",
    -1071607696: "The value could not be converted because of a potential loss of data.",
    -1071628845: "Text was truncated or one or more characters had no match in the target code page.",
}


def error_description(code: int) -> str:
    """The text of an error code; the number of one without a text."""
    return ERROR_DESCRIPTIONS.get(code, f"Error {code}")
`,
	},
	new_guid: {
		imports: ['import uuid'],
		needs: [],
		text: `
def new_guid() -> str:
    """A new identifier."""
    return str(uuid.uuid4())
`,
	},
} as const satisfies Record<string, Helper>
