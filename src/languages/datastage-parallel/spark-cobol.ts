/** Printed helpers that read fields of COBOL records; conversion-cobol.ts is their exact meaning. */
import type { SparkHelper } from '../helpers.ts'

export const cobolHelpers = {
	text_of_bytes: {
		needs: [],
		text: `
def text_of_bytes(field: Column, charset: str) -> Column:
    """A field of bytes, read as ISO-8859-1, as text of a character set."""
    return F.decode(F.encode(field, "ISO-8859-1"), charset)
`,
	},
	zoned_digits: {
		needs: [],
		text: String.raw`
def zoned_digits(field: Column, sign: str) -> Column:
    """Digits with a sign of COBOL (DISPLAY), a minus before negative ones; null where the field is no number."""
    if sign == "leading separate":
        return F.when(field.rlike(r"\A[+-]\d+\z"), field)
    if sign == "trailing separate":
        return F.when(field.rlike(r"\A\d+[+-]\z"), F.regexp_replace(field, r"\A(\d+)(.)\z", "$2$1"))
    last = r"\A\d*[0-9{A-I}J-R]\z"
    first = r"\A[0-9{A-I}J-R]\d*\z"
    minus = F.when(field.rlike("[}J-R]"), "-").otherwise("")
    digits = F.translate(field, "{ABCDEFGHI}JKLMNOPQR", "01234567890123456789")
    return F.when(field.rlike(first if sign == "leading" else last), F.concat(minus, digits))
`,
	},
	packed_digits: {
		needs: ['let'],
		text: String.raw`
def packed_digits(field: Column, zeros: bool = False) -> Column:
    """A packed decimal (COMP-3) as digits, a minus before negative ones; null where the field is none."""

    def digits(nibbles: Column) -> Column:
        minus = F.when(nibbles.rlike("[BD]"), "-").otherwise("")
        number = F.when(nibbles.rlike(r"\A\d+[A-F]\z"), F.concat(minus, F.translate(nibbles, "ABCDEF", "")))
        return number.when(nibbles.rlike(r"\A0+\z"), "0") if zeros else number

    return let(F.hex(F.encode(field, "ISO-8859-1")), digits)
`,
	},
	binary_digits: {
		needs: ['let'],
		text: String.raw`
def binary_digits(field: Column, signed: bool = True) -> Column:
    """A binary number (COMP) of two, four or eight bytes, the highest first, as digits; null where the field is none."""

    def digits(nibbles: Column) -> Column:
        negative = nibbles.rlike(r"\A[89A-F]")
        extended = F.when(negative, F.lpad(nibbles, 16, "F")).otherwise(nibbles)
        number = F.conv(extended, 16, -10) if signed else F.conv(nibbles, 16, 10)
        return F.when(nibbles.rlike(r"\A([0-9A-F]{4}){1,2}\z|\A[0-9A-F]{16}\z"), number)

    return let(F.hex(F.encode(field, "ISO-8859-1")), digits)
`,
	},
	implied_point: {
		needs: ['let'],
		text: String.raw`
def implied_point(digits: Column, precision: int, scale: int) -> Column:
    """Digits as a decimal whose last ones stand behind the point; null where there are too many."""
    whole = rf"\A([+-]?)0*(\d{{0,{precision - scale}}})(\d{{{scale}}})\z"
    padded = F.regexp_replace(digits, r"\A[+-]?", "$0" + r"\0" * scale)
    pointed = let(padded, lambda text: F.when(text.rlike(whole), F.regexp_replace(text, whole, r"$1\0$2.$3")))
    return pointed.cast(f"decimal({precision},{scale})")
`,
	},
} as const satisfies Record<string, SparkHelper>
