/** Functions that translated scripts call for dates and times. */
import type { Helper } from './registry.ts'

export const scriptMomentHelpers = {
	weekday_name: {
		imports: [],
		needs: [],
		text: `
WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]


def weekday_name(day: int) -> str:
    """The English name of a day of the week, where Sunday is 0."""
    return WEEKDAYS[day] if 0 <= day <= 6 else str(day)
`,
	},
	pause: {
		imports: ['import time'],
		needs: [],
		text: `
def pause(milliseconds: int) -> None:
    """Waits so long."""
    time.sleep(milliseconds / 1000)
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
		needs: ['format_moment', 'FormatError'],
		text: `
NO_MOMENT = "String was not recognized as a valid DateTime."
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
        raise FormatError(f"{text!r} is not recognized as a moment", NO_MOMENT)
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    hour, half = int(parts.get("H", "0")), parts.get("t", "").upper()
    if half:
        if not 1 <= hour <= 12:
            raise FormatError(f"{text!r} is not recognized as a moment", NO_MOMENT)
        hour = hour % 12 + (12 if half == "PM" else 0)
    month = parts.get("M", "1")
    number = int(month) if month.isdecimal() else [name[:3].lower() for name in MONTHS].index(month.lower()) + 1
    try:
        return datetime(
            int(parts.get("y", "1")),
            number,
            int(parts.get("d", "1")),
            hour,
            int(parts.get("m", "0")),
            int(parts.get("s", "0")),
            int(parts.get("f", "")[:6].ljust(6, "0")),
        )
    except ValueError:
        raise FormatError(f"{text!r} is no day of the calendar", NO_MOMENT) from None


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
	read_moment_by_any: {
		imports: ['from datetime import datetime'],
		needs: ['FormatError', 'read_moment'],
		text: `
def read_moment_by_any(text: str, patterns: list[str]) -> datetime:
    """A moment by the first of some formats that fits."""
    for pattern in patterns:
        try:
            return read_moment(text, pattern)
        except ValueError:
            continue
    raise FormatError(f"{text!r} fits none of the formats", NO_MOMENT)
`,
	},
} as const satisfies Record<string, Helper>
