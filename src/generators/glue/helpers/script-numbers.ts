/** Functions that translated scripts call for numbers. */
import type { Helper } from './registry.ts'

const any = 'from typing import Any'

export const scriptNumberHelpers = {
	is_number: {
		imports: [],
		needs: ['attempt', 'read_float'],
		text: `
def is_number(text: str) -> bool:
    """Is it the text of a number?"""
    return attempt(read_float, text) is not None
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
		needs: ['FormatError'],
		text: `
def read_int(text: str, bits: int) -> int:
    """A whole number from its text."""
    if not re.fullmatch(r"[\\t-\\r ]*[+-]?[0-9]+[\\t-\\r ]*", text):
        raise FormatError(f"{text!r} is not a whole number")
    value = int(text)
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise OverflowError(f"Value was either too large or too small for an Int{bits}.")
    return value
`,
	},
	read_decimal: {
		imports: ['import re', 'from decimal import Decimal'],
		needs: ['FormatError'],
		text: `
def read_decimal(text: str) -> Decimal:
    """A decimal from its text; commas between digits are passed over."""
    if not re.fullmatch(r"[\\t-\\r ]*[+-]?([0-9][0-9,]*\\.?[0-9]*|\\.[0-9]+)[\\t-\\r ]*", text):
        raise FormatError(f"{text!r} is not a number")
    return +Decimal(text.strip().replace(",", ""))
`,
	},
	read_float: {
		imports: ['import re'],
		needs: ['FormatError'],
		text: `
def read_float(text: str) -> float:
    """A float from its text; commas between digits are passed over."""
    if not re.fullmatch(r"[\\t-\\r ]*[+-]?([0-9][0-9,]*\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?[\\t-\\r ]*", text):
        raise FormatError(f"{text!r} is not a number")
    return float(text.replace(",", ""))
`,
	},
	read_boolean: {
		imports: [],
		needs: ['FormatError'],
		text: `
def read_boolean(text: str) -> bool:
    """True or False from its text."""
    if text.strip().lower() not in ("true", "false"):
        raise FormatError(f"{text!r} is neither True nor False", "String was not recognized as a valid Boolean.")
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
        raise OverflowError("Arithmetic operation resulted in an overflow.")
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
        raise OverflowError("Arithmetic operation resulted in an overflow.")
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
	round_decimal_away: {
		imports: ['from decimal import ROUND_HALF_UP, Decimal'],
		needs: [],
		text: `
def round_decimal_away(value: Decimal, places: int) -> Decimal:
    """A decimal with at most so many places, halves away from zero."""
    exponent = Decimal(1).scaleb(-places)
    return value if value.as_tuple().exponent >= -places else value.quantize(exponent, ROUND_HALF_UP)
`,
	},
	round_float: {
		imports: ['import math'],
		needs: [],
		text: `
def round_float(value: float, places: int, away: bool = False) -> float:
    """A float with so many places, halves to the even digit or away from zero, as .NET computes it."""
    if not math.isfinite(value) or abs(value) >= 1e16:
        return value
    moved = value * 10**places
    whole_part = math.trunc(moved)
    fraction = abs(moved - whole_part)
    if fraction > 0.5 or (fraction == 0.5 and (away or whole_part % 2 == 1)):
        whole_part += 1 if moved > 0 else -1
    return whole_part / 10**places
`,
	},
	power: {
		imports: ['import math'],
		needs: [],
		text: `
def power(base: float, exponent: float) -> float:
    """A power; what is too large or no number is no fault."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan
`,
	},
	from_base: {
		imports: [],
		needs: ['FormatError'],
		text: `
def from_base(text: str | None, base: int, bits: int, signed: bool = True) -> int:
    """A whole number from its digits in base 2, 8 or 16; the highest bit is the sign."""
    if text is None:
        return 0
    digits = text.lower().removeprefix("0x") if base == 16 else text
    if not digits or any(c not in "0123456789abcdef"[:base] for c in digits):
        raise FormatError(f"{text!r} has no digits of base {base} alone", "Could not find any recognizable digits.")
    value = int(digits, base)
    if value >= 2**bits:
        raise OverflowError(f"{text!r} is too large")
    return value - 2**bits if signed and value >= 2 ** (bits - 1) else value
`,
	},
	number_shown: {
		imports: ['import math', 'from decimal import Decimal'],
		needs: [],
		text: `
def number_shown(value: float) -> str:
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
} as const satisfies Record<string, Helper>
