/** Functions that translated scripts call where Visual Basic has a function that Python lacks. */
import type { Helper } from './registry.ts'

const any = 'from typing import Any'
const moments = 'from datetime import datetime, timedelta'

export const scriptVisualBasicHelpers = {
	in_text: {
		imports: [],
		needs: [],
		text: `
def in_text(text: str, sought: str, start: int) -> int:
    """Where a text stands in another from a place on, both counted from 1; 0 where it does not."""
    if start < 1:
        raise ValueError("a start must be at least 1")
    return 0 if start > len(text) else text.find(sought, start - 1) + 1
`,
	},
	leading_number: {
		imports: ['import re'],
		needs: [],
		text: `
def leading_number(text: str) -> float:
    """The number that a text begins with, whatever follows it; 0 where there is none."""
    text = re.sub("[\\t\\n\\r \\u3000]", "", text)
    if found := re.match("&[Hh]([0-9a-fA-F]*)", text):
        return float(int(found[1] or "0", 16))
    if found := re.match("&[Oo]([0-7]*)", text):
        return float(int(found[1] or "0", 8))
    found = re.match(r"[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eEdD][+-]?[0-9]+)?", text)
    return float(re.sub("[dD]", "e", found[0])) if found else 0.0
`,
	},
	western_code: {
		imports: [],
		needs: [],
		text: `
def western_code(text: str) -> int:
    """Code of the first character in windows-1252, or that of a question mark."""
    if not text:
        raise ValueError("the text is empty")
    code = ord(text[0])
    if code < 0x80 or code in (0x81, 0x8D, 0x8F, 0x90, 0x9D):
        return code
    return text[0].encode("cp1252", "replace")[0]
`,
	},
	western_character: {
		imports: [],
		needs: [],
		text: `
def western_character(code: int) -> str:
    """The character with that code in windows-1252."""
    if not 0 <= code <= 255:
        raise ValueError(f"{code} is no code of a character")
    return chr(code) if code in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([code]).decode("cp1252")
`,
	},
	either: {
		imports: [any],
		needs: [],
		text: `
def either(condition: bool, then: Any, otherwise: Any) -> Any:
    """One of two values, which both are computed (IIf)."""
    return then if condition else otherwise
`,
	},
	resized: {
		imports: [any],
		needs: [],
		text: `
def resized(values: list[Any], size: int, default: Any) -> list[Any]:
    """The items that there are, as many as wanted; new ones hold the default."""
    if size < 0:
        raise ValueError("a size must not be negative")
    return values[:size] + [default] * (size - len(values))
`,
	},
	date_difference: {
		imports: ['from datetime import datetime, timedelta'],
		needs: ['date_part'],
		text: `
def date_difference(interval: str, start: datetime, end: datetime) -> int:
    """Intervals from one moment to another; parts of one do not count (DateDiff)."""
    years = end.year - start.year
    if interval == "yyyy":
        return years
    if interval == "q":
        return years * 4 + date_part("q", end) - date_part("q", start)
    if interval == "m":
        return years * 12 + end.month - start.month
    passed = end - start
    if interval == "ww":
        passed -= timedelta(days=date_part("w", end) - date_part("w", start))
    seconds = {"h": 3600, "n": 60, "s": 1, "w": 604800, "ww": 604800}.get(interval, 86400)
    unit = timedelta(seconds=seconds)
    return passed // unit if passed >= timedelta(0) else -(-passed // unit)
`,
	},
	date_part: {
		imports: ['from datetime import datetime'],
		needs: [],
		text: `
def date_part(interval: str, moment: datetime) -> int:
    """A part of a moment; weeks begin on Sunday, and 1 January is in the first (DatePart)."""
    day_of_year = moment.timetuple().tm_yday
    first_weekday = moment.replace(month=1, day=1).isoweekday() % 7
    return {
        "yyyy": moment.year,
        "q": (moment.month + 2) // 3,
        "m": moment.month,
        "d": moment.day,
        "y": day_of_year,
        "w": moment.isoweekday() % 7 + 1,
        "ww": (day_of_year - 1 + first_weekday) // 7 + 1,
        "h": moment.hour,
        "n": moment.minute,
        "s": moment.second,
    }[interval]
`,
	},
	month_name: {
		imports: ['import calendar'],
		needs: [],
		text: `
def month_name(month: int, short: bool = False) -> str:
    """The English name of a month (MonthName)."""
    if not 1 <= month <= 12:
        raise ValueError("Argument is not valid.")
    return calendar.month_name[month][: 3 if short else None]
`,
	},
	day_name: {
		imports: ['import calendar'],
		needs: [],
		text: `
def day_name(day: int, short: bool = False, first: int = 1) -> str:
    """The English name of a day, counted from the first of the week, in which 1 is Sunday (WeekdayName)."""
    if not 1 <= day <= 7:
        raise ValueError("Argument is not valid.")
    return calendar.day_name[(day + first + 4) % 7][: 3 if short else None]
`,
	},
	compared: {
		imports: [],
		needs: [],
		text: `
def compared(left: str, right: str) -> int:
    """-1, 0 or 1, as one text comes before another or not."""
    return (left > right) - (left < right)
`,
	},
	date_serial: {
		imports: [moments],
		needs: [],
		text: `
def date_serial(year: int, month: int, day: int) -> datetime:
    """A day whose month and day may lie beyond their range; two digits mean a year from 1930 to 2029."""
    if year < 0:
        raise ValueError("a year must not be negative")
    if year < 100:
        year += 2000 if year < 30 else 1900
    year, month = divmod(year * 12 + month - 1, 12)
    return datetime(year, month + 1, 1) + timedelta(days=day - 1)
`,
	},
	is_moment: {
		imports: [],
		needs: ['attempt', 'read_moment'],
		text: `
def is_moment(text: str) -> bool:
    """Is it the text of a date or a time?"""
    return attempt(read_moment, text) is not None
`,
	},
} as const satisfies Record<string, Helper>
