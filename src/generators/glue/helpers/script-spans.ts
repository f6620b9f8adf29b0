/** Functions that translated scripts call for lengths of time. */
import type { Helper } from './registry.ts'

const span = 'from datetime import timedelta'

export const scriptSpanHelpers = {
	span_part: {
		imports: [span],
		needs: [],
		text: `
def span_part(value: timedelta, unit: str, size: int) -> int:
    """How many of a unit a length of time has beside its larger units; all are below zero where the length is."""
    part = abs(value) // timedelta(**{unit: 1}) % size
    return part if value >= timedelta() else -part
`,
	},
	span_of: {
		imports: ['import math', span],
		needs: [],
		text: `
def span_of(amount: float, unit: str) -> timedelta:
    """So many units, to the millisecond."""
    milliseconds = amount * (timedelta(**{unit: 1}) / timedelta(milliseconds=1))
    return timedelta(milliseconds=math.trunc(milliseconds + (-0.5 if milliseconds < 0 else 0.5)))
`,
	},
	span_text: {
		imports: [span],
		needs: ['format_span'],
		text: `
def span_text(value: timedelta) -> str:
    """A length of time as [-][d.]hh:mm:ss[.fffffff]."""
    size = abs(value)
    days = f"{size.days}." if size.days else ""
    fraction = f".{size.microseconds:06}0" if size.microseconds else ""
    return ("-" if value < timedelta() else "") + days + format_span(size, r"hh\\:mm\\:ss") + fraction
`,
	},
	format_span: {
		imports: ['import re', span],
		needs: [],
		text: `
def format_span(value: timedelta, pattern: str) -> str:
    """A length of time by a .NET format, without its sign."""
    size = abs(value)
    minutes, seconds = divmod(size.seconds, 60)
    values = {"d": size.days, "h": minutes // 60, "m": minutes % 60, "s": seconds}
    parts = []
    for part in re.findall(r"'[^']*'|\\"[^\\"]*\\"|\\\\.|%|d+|h+|m+|s+|f+", pattern, re.DOTALL):
        if part[0] in values:
            parts.append(f"{values[part[0]]:0{len(part)}}")
        elif part[0] == "f":
            parts.append(f"{size.microseconds:06}0"[: len(part)])
        else:
            parts.append(part[1:-1] if part[0] in "'\\"" else part[1:])
    return "".join(parts)
`,
	},
	read_span: {
		imports: ['import re', span],
		needs: ['FormatError'],
		text: `
def read_span(text: str) -> timedelta:
    """A length of time from its text: days, or [d.]hh:mm[:ss[.fffffff]]."""
    body = r"\\s*(-?)(?:(\\d{1,8})|(?:(\\d{1,8})\\.)?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?)\\s*"
    found = re.fullmatch(body, text, re.ASCII)
    days, hours, minutes, seconds = (int(part or 0) for part in found.group(3, 4, 5, 6)) if found else (0, 24, 0, 0)
    if found is None or hours > 23 or minutes > 59 or seconds > 59:
        raise FormatError(f"{text!r} is no length of time", "String was not recognized as a valid TimeSpan.")
    micros = int((found[7] or "")[:6].ljust(6, "0"))
    size = timedelta(int(found[2] or days), seconds, micros, minutes=minutes, hours=hours)
    return -size if found[1] else size
`,
	},
	from_day_count: {
		imports: ['import math', 'from datetime import datetime, timedelta'],
		needs: [],
		text: `
def from_day_count(days: float) -> datetime:
    """The moment so many days after 30 December 1899; before it, parts of a day count forwards all the same."""
    if not -657435 < days < 2958466:
        raise ValueError("Not a legal OleAut date.")
    milliseconds = math.trunc(days * 86400000 + (0.5 if days >= 0 else -0.5))
    if milliseconds < 0:
        milliseconds += -milliseconds % 86400000 * 2
    return datetime(1899, 12, 30) + timedelta(milliseconds=milliseconds)
`,
	},
	day_count: {
		imports: ['from datetime import datetime, timedelta'],
		needs: [],
		text: `
def day_count(moment: datetime) -> float:
    """Days after 30 December 1899; before it, parts of a day count forwards all the same."""
    days, rest = divmod(moment - datetime(1899, 12, 30), timedelta(days=1))
    part = rest // timedelta(milliseconds=1)
    return (days * 86400000 - part if days < 0 else days * 86400000 + part) / 86400000
`,
	},
	week_of_year: {
		imports: ['from datetime import datetime, timedelta'],
		needs: [],
		text: `
def week_of_year(moment: datetime, rule: int, first_day: int) -> int:
    """The week: that of 1 January is the first (rule 0), or the first full week (1), or the first of four days (2)."""
    if not (0 <= rule <= 2 and 0 <= first_day <= 6):
        raise IndexError("index was out of range")
    first = datetime(moment.year, 1, 1)
    day = moment.timetuple().tm_yday - 1
    begin = (first.isoweekday() - first_day) % 7
    if rule == 0:
        return (day + begin) // 7 + 1
    rest = -begin % 7
    offset = rest - 7 if rest >= (7 if rule == 1 else 4) else rest
    if day >= offset:
        return (day - offset) // 7 + 1
    return week_of_year(first - timedelta(days=1), rule, first_day)
`,
	},
} as const satisfies Record<string, Helper>
