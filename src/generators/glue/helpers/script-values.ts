/** Functions that translated scripts call for what Python does otherwise than .NET. */
import type { Helper } from './registry.ts'

const any = 'from typing import Any'

export const scriptValueHelpers = {
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
	cut_fraction: {
		imports: ['from datetime import datetime'],
		needs: [],
		text: `
def cut_fraction(moment: datetime, digits: int) -> datetime:
    """A moment with so many digits of a second."""
    unit = 10 ** (6 - digits)
    return moment.replace(microsecond=moment.microsecond // unit * unit)
`,
	},
	as_moment: {
		imports: ['from datetime import date, datetime'],
		needs: [],
		text: `
def as_moment(day: date) -> datetime:
    """A day as the moment when it begins."""
    return datetime(day.year, day.month, day.day)
`,
	},
	midnight: {
		imports: ['from datetime import datetime'],
		needs: [],
		text: `
def midnight(moment: datetime) -> datetime:
    """The beginning of the day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
`,
	},
	add_months: {
		imports: ['import calendar', 'from datetime import datetime'],
		needs: [],
		text: `
def add_months(moment: datetime, months: int) -> datetime:
    """The same day of another month, or its last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))
`,
	},
	format_moment: {
		imports: ['import re', 'from datetime import datetime'],
		needs: [],
		text: `
MOMENT_FORMATS = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "s": "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
    "u": "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "t": "HH:mm",
    "T": "HH:mm:ss",
}
MOMENT_PARTS = r"'[^']*'|\\"[^\\"]*\\"|\\\\.|y+|M+|d+|H+|h+|m+|s+|f+|t+|."


def format_moment(moment: datetime, pattern: str) -> str:
    """A moment by a .NET format, in the invariant culture."""
    hour = moment.hour % 12 or 12
    texts = {
        "yyyy": f"{moment.year:04}",
        "yy": f"{moment.year % 100:02}",
        "MMMM": MONTHS[moment.month - 1],
        "MMM": MONTHS[moment.month - 1][:3],
        "MM": f"{moment.month:02}",
        "M": str(moment.month),
        "dddd": DAYS[moment.weekday()],
        "ddd": DAYS[moment.weekday()][:3],
        "dd": f"{moment.day:02}",
        "d": str(moment.day),
        "HH": f"{moment.hour:02}",
        "H": str(moment.hour),
        "hh": f"{hour:02}",
        "h": str(hour),
        "mm": f"{moment.minute:02}",
        "m": str(moment.minute),
        "ss": f"{moment.second:02}",
        "s": str(moment.second),
        "tt": "AM" if moment.hour < 12 else "PM",
        "t": "A" if moment.hour < 12 else "P",
    }
    parts = []
    for part in re.findall(MOMENT_PARTS, MOMENT_FORMATS.get(pattern, pattern), re.DOTALL):
        if part[0] == "f":
            parts.append(f"{moment.microsecond:06}0"[: len(part)])
        else:
            parts.append(part[1:-1] if part[0] in "'\\"" else part[1:] if part[0] == "\\\\" else texts.get(part, part))
    return "".join(parts)


MONTHS = (
    "January February March April May June July August September October November December".split()
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
`,
	},
	read_moment: {
		imports: ['import re', 'from datetime import datetime'],
		needs: ['format_moment'],
		text: `
MOMENT_TEXTS = (
    r"(?P<y>\\d{4})-(?P<M>\\d{1,2})-(?P<d>\\d{1,2})(?:[T ](?P<H>\\d{1,2}):(?P<m>\\d{2})(?::(?P<s>\\d{2})(?:\\.(?P<f>\\d{1,7}))?)?)?",
    r"(?P<M>\\d{1,2})/(?P<d>\\d{1,2})/(?P<y>\\d{4})"
    r"(?:\\s+(?P<H>\\d{1,2}):(?P<m>\\d{2})(?::(?P<s>\\d{2})(?:\\.(?P<f>\\d{1,7}))?)?\\s*(?P<t>AM|PM)?)?",
)


def read_moment(text: str, pattern: str | None = None) -> datetime:
    """The moment that a text means: by a .NET format, or in ISO 8601 or as month/day/year."""
    bodies = [rf"\\s*{body}\\s*" for body in MOMENT_TEXTS] if pattern is None else [moment_body(pattern)]
    found = next((match for match in (re.fullmatch(body, text, re.ASCII | re.IGNORECASE) for body in bodies) if match), None)
    if found is None:
        raise ValueError(f"{text!r} is not recognized as a moment")
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    hour, half = int(parts.get("H", "0")), parts.get("t", "").upper()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"{text!r} is not recognized as a moment")
        hour = hour % 12 + (12 if half == "PM" else 0)
    month = parts.get("M", "1")
    number = int(month) if month.isdecimal() else [name[:3].lower() for name in MONTHS].index(month.lower()) + 1
    return datetime(
        int(parts.get("y", "1")),
        number,
        int(parts.get("d", "1")),
        hour,
        int(parts.get("m", "0")),
        int(parts.get("s", "0")),
        int(parts.get("f", "")[:6].ljust(6, "0")),
    )


def moment_body(pattern: str) -> str:
    """A .NET format as a regular expression."""
    body = ""
    for part in re.findall(MOMENT_PARTS, MOMENT_FORMATS.get(pattern, pattern), re.DOTALL):
        letter = "H" if part[0] == "h" else part[0]
        if part == "MMM":
            body += "(?P<M>" + "|".join(name[:3] for name in MONTHS) + ")"
        elif part == "tt":
            body += "(?P<t>AM|PM)"
        elif letter in "yMdHmsf" and len(part) == part.count(part[0]):
            digits = r"\\d{1,2}" if len(part) == 1 and letter != "f" else rf"\\d{{{len(part)}}}"
            body += rf"(?P<{letter}>{digits})"
        else:
            body += re.escape(part[1:-1] if part[0] in "'\\"" else part[1:] if part[0] == "\\\\" else part)
    return body
`,
	},
	run_moment: {
		imports: ['from datetime import datetime'],
		needs: [],
		text: `
def run_moment(params: dict[str, str]) -> datetime:
    """The clock of the run, in UTC."""
    return datetime.fromisoformat(params["run_at"].replace("Z", "+00:00")).replace(tzinfo=None)
`,
	},
	moment_text: {
		imports: ['from datetime import datetime'],
		needs: [],
		text: `
def moment_text(moment: datetime) -> str:
    """A moment as variables hold it."""
    text = moment.isoformat(" ")
    return text.rstrip("0") if "." in text else text
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
	is_number: {
		imports: [],
		needs: ['attempt', 'read_float'],
		text: `
def is_number(text: str) -> bool:
    """Is it the text of a number?"""
    return attempt(read_float, text) is not None
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
def add_item(values: dict[str, Any], key: str, value: Any) -> None:
    """A new key; one that is there already is a fault."""
    if key in values:
        raise KeyError(f"{key} is there already")
    values[key] = value
`,
	},
	attempt: {
		imports: ['from collections.abc import Callable', any],
		needs: [],
		text: `
def attempt(parse: Callable[..., Any], text: str | None, *options: Any) -> Any:
    """What a text means, or nothing."""
    try:
        return None if text is None else parse(text, *options)
    except (ValueError, OverflowError, ArithmeticError):
        return None
`,
	},
	read_int: {
		imports: ['import re'],
		needs: [],
		text: `
def read_int(text: str, bits: int) -> int:
    """A whole number from its text."""
    if not re.fullmatch(r"[\\t-\\r ]*[+-]?[0-9]+[\\t-\\r ]*", text):
        raise ValueError(f"{text!r} is not a whole number")
    value = int(text)
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise OverflowError(f"{text!r} does not fit {bits} bits")
    return value
`,
	},
	read_decimal: {
		imports: ['import re', 'from decimal import Decimal'],
		needs: [],
		text: `
def read_decimal(text: str) -> Decimal:
    """A decimal from its text; commas between digits are passed over."""
    if not re.fullmatch(r"[\\t-\\r ]*[+-]?([0-9][0-9,]*\\.?[0-9]*|\\.[0-9]+)[\\t-\\r ]*", text):
        raise ValueError(f"{text!r} is not a number")
    return +Decimal(text.strip().replace(",", ""))
`,
	},
	read_float: {
		imports: ['import re'],
		needs: [],
		text: `
def read_float(text: str) -> float:
    """A float from its text; commas between digits are passed over."""
    if not re.fullmatch(r"[\\t-\\r ]*[+-]?([0-9][0-9,]*\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?[\\t-\\r ]*", text):
        raise ValueError(f"{text!r} is not a number")
    return float(text.replace(",", ""))
`,
	},
	read_boolean: {
		imports: [],
		needs: [],
		text: `
def read_boolean(text: str) -> bool:
    """True or False from its text."""
    if text.strip().lower() not in ("true", "false"):
        raise ValueError(f"{text!r} is neither True nor False")
    return text.strip().lower() == "true"
`,
	},
	whole: {
		imports: [],
		needs: [],
		text: `
def whole(value: int, bits: int) -> int:
    """A whole number that wraps around, as one of so many bits does."""
    return (value + 2 ** (bits - 1)) % 2**bits - 2 ** (bits - 1)
`,
	},
	unsigned: {
		imports: [],
		needs: [],
		text: `
def unsigned(value: int, bits: int) -> int:
    """A whole number without a sign that wraps around, as one of so many bits does."""
    return value % 2**bits
`,
	},
	checked: {
		imports: [],
		needs: [],
		text: `
def checked(value: int, bits: int) -> int:
    """A whole number that must fit so many bits."""
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise OverflowError("arithmetic operation resulted in an overflow")
    return value
`,
	},
	checked_unsigned: {
		imports: [],
		needs: [],
		text: `
def checked_unsigned(value: int, bits: int) -> int:
    """A whole number without a sign that must fit so many bits."""
    if not 0 <= value < 2**bits:
        raise OverflowError("arithmetic operation resulted in an overflow")
    return value
`,
	},
	quotient: {
		imports: [],
		needs: [],
		text: `
def quotient(left: int, right: int) -> int:
    """A quotient of whole numbers, cut off towards zero."""
    whole_part = abs(left) // abs(right)
    return whole_part if (left < 0) == (right < 0) else -whole_part
`,
	},
	remainder: {
		imports: [],
		needs: ['quotient'],
		text: `
def remainder(left: int, right: int) -> int:
    """The remainder, with the sign of the left side."""
    return left - right * quotient(left, right)
`,
	},
	divide: {
		imports: ['import math'],
		needs: [],
		text: `
def divide(left: float, right: float) -> float:
    """A quotient of floats; a division by zero is no fault."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)
`,
	},
	decimal_of: {
		imports: ['from decimal import Decimal'],
		needs: [],
		text: `
def decimal_of(value: float) -> Decimal:
    """A float as a decimal of fifteen digits."""
    return Decimal(format(Decimal(repr(float(f"{value:.15g}"))), "f"))
`,
	},
	round_decimal: {
		imports: ['from decimal import ROUND_HALF_EVEN, Decimal'],
		needs: [],
		text: `
def round_decimal(value: Decimal, places: int) -> Decimal:
    """A decimal with at most so many places, halves to the even digit."""
    exponent = Decimal(1).scaleb(-places)
    return value if value.as_tuple().exponent >= -places else value.quantize(exponent, ROUND_HALF_EVEN)
`,
	},
	number_text: {
		imports: ['import math', 'from decimal import Decimal'],
		needs: [],
		text: `
def number_text(value: float) -> str:
    """A float with fifteen digits, as .NET writes it."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    text = f"{value:.15g}".upper()
    return "0" if text == "-0" else text
`,
	},
	format_number: {
		imports: ['import re', 'from decimal import ROUND_HALF_UP, Decimal'],
		needs: [],
		text: `
def format_number(value: Decimal | float | int, pattern: str) -> str:
    """A number by a .NET format (D, F, N, X or a picture), in the invariant culture."""
    number = Decimal(repr(float(f"{value:.15g}"))) if isinstance(value, float) else Decimal(value)
    standard = re.fullmatch(r"([DFNXdfnx])(\\d{0,2})", pattern)
    if standard and standard[1] in "DdXx":
        width = int(standard[2] or 1)
        if standard[1] in "Dd":
            return f"{'-' if value < 0 else ''}{abs(int(value)):0{width}}"
        return f"{int(value) % 2**32 if value < 0 else int(value):0{width}{standard[1]}}"
    if standard:
        places, least, fixed, grouped = int(standard[2] or 2), 1, int(standard[2] or 2), standard[1] in "Nn"
    else:
        left, _, right = pattern.partition(".")
        places, least, fixed, grouped = len(right), left.count("0"), right.rfind("0") + 1, "," in left
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole_part, _, fraction = f"{abs(rounded):f}".partition(".")
    digits = whole_part.lstrip("0").rjust(least, "0")
    if grouped:
        digits = re.sub(r"\\B(?=(\\d{3})+$)", ",", digits)
    kept = fraction[:fixed] + fraction[fixed:].rstrip("0")
    return ("-" if rounded < 0 else "") + digits + (f".{kept}" if kept else "")
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
