/** Printed helpers of this language's conversions and functions; their exact meaning stands beside the texts that call them. */
import type { SparkHelper } from '../helpers.ts'

export const ssisHelpers = {
	upper_case: {
		needs: [],
		text: `
def upper_case(text: Column) -> Column:
    """A text in capital letters, one for one: a letter whose capital would be two, such as ß, stays as it is."""
    letters = F.transform(
        F.split(text, ""), lambda x: F.when(F.length(F.upper(x)) == 1, F.upper(x)).otherwise(x)
    )
    has_others = F.length(F.upper(text)) != F.length(text)
    return F.when(has_others, F.array_join(letters, "")).otherwise(F.upper(text))
`,
	},
	lower_case: {
		needs: [],
		text: `
def lower_case(text: Column) -> Column:
    """A text in small letters, one for one: İ stays as it is, and a Σ at the end of a word is no exception."""
    parts = F.split(F.translate(text, "Σ", "σ"), "İ")
    return F.array_join(F.transform(parts, F.lower), "İ")
`,
	},
	to_int: {
		needs: ['let', 'int_type'],
		text: `
def to_int(value: Column, name: str) -> Column:
    """A whole number as an integer type; null where it lies beyond the type."""
    spark_type, low, high = int_type(name)
    return let(value, lambda x: F.when(x.between(low, high), x)).cast(spark_type)
`,
	},
	parse_int: {
		needs: ['to_int'],
		text: String.raw`
def parse_int(text: Column, name: str) -> Column:
    """A text as an integer type; a dollar sign and commas are passed over. Null where it is no whole number."""
    most = 37 if name.endswith("int64") else 18
    shape = rf"\A[ \t]*[+-]?[$]?[0-9][0-9,]{{0,{most - 1}}}[ \t]*\z"
    digits = F.translate(F.when(text.rlike(shape), text), "$, \t", "")
    return to_int(digits.cast("decimal(38,0)"), name)
`,
	},
	parse_int_fast: {
		needs: ['to_int'],
		text: String.raw`
def parse_int_fast(text: Column, name: str) -> Column:
    """A text as an integer type by FastParse: a sign and digits; blanks alone are 0. Null for anything else."""
    most = 37 if name.endswith("int64") else 18
    shape = rf"\A[ \t]*[+-]?[0-9]{{1,{most}}}[ \t]*\z|\A[ \t]+\z"
    digits = F.translate(F.when(text.rlike(shape), text), " \t", "")
    return to_int(F.regexp_replace(digits, "^$", "0").cast("decimal(38,0)"), name)
`,
	},
	parse_decimal: {
		needs: ['fit_decimal'],
		text: String.raw`
def parse_decimal(text: Column, precision: int, scale: int) -> Column:
    """A text as a decimal, rounded; a dollar sign and commas are passed over. Null where it is no number, or too large."""
    whole = max(37 - scale, 1)
    number = rf"[0-9][0-9,]{{0,{whole - 1}}}([.][0-9]{{0,40}})?|[.][0-9]{{1,40}}"
    shape = rf"\A[ \t]*[+-]?[$]?({number})[ \t]*\z"
    digits = F.translate(F.when(text.rlike(shape), text), "$, \t", "")
    exact = digits.cast(f"decimal(38,{scale})")
    return exact if precision == 38 else fit_decimal(exact, precision, scale)
`,
	},
	parse_float: {
		needs: ['let'],
		text: String.raw`
def parse_float(text: Column, spark_type: str) -> Column:
    """A text as a floating-point number; a dollar sign and commas are passed over. Null where it is none, or too large."""
    number = r"([0-9][0-9,]*([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?"
    shape = rf"\A[ \t]*[+-]?[$]?{number}[ \t]*\z"
    digits = F.translate(F.when(text.rlike(shape), text), "$, \t", "")
    real = digits.cast("double").cast(spark_type)
    return let(real, lambda x: F.when(F.abs(x) < float("inf"), x))
`,
	},
	in_calendar: {
		needs: ['let'],
		text: `
def in_calendar(value: Column) -> Column:
    """A timestamp; null where it lies outside the years 1 to 9999."""
    first = F.lit("0001-01-01 00:00:00").cast("timestamp")
    last = F.lit("9999-12-31 23:59:59.999999").cast("timestamp")
    return let(value, lambda x: F.when(x.between(first, last), x))
`,
	},
	parse_timestamp: {
		needs: ['in_calendar'],
		text: String.raw`
def parse_timestamp(text: Column) -> Column:
    """A text as a timestamp; null where it is none.

    Year first or month first, - or / between; a time may follow, and AM, PM or an offset after it.
    """
    iso = "([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})"
    us = "([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})"
    clock = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?"
    offset = r"[ \t]*([+-])[ \t]*([0-9]{1,2}):([0-9]{2})"
    time = rf"(?:[ \t]+|T){clock}(?:[ \t]*[AaPp][Mm]|{offset})?"
    ordered = F.regexp_replace(text, rf"\A[ \t]*{us}", "$3-$1-$2")
    ordered = F.regexp_replace(ordered, rf"\A[ \t]*{iso}", "$1-$2-$3")

    tight = F.regexp_replace(ordered, rf"{offset}[ \t]*$", "$1$2:$3")
    plain = F.trim(F.regexp_replace(tight, r"[ \t]+", " "))
    is_plain = text.rlike(rf"\A[ \t]*(?:{iso}|{us})(?:{time})?[ \t]*\z")

    spaced = F.regexp_replace(F.upper(ordered), r"[ \t]*([AP]M)[ \t]*$", " $1")
    half_day = F.regexp_replace(spaced, r"[ \t]+", " ")
    half_clock = r"[ \t]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ \t]*[AaPp][Mm][ \t]*"
    is_half_day = text.rlike(rf"\A[ \t]*(?:{iso}|{us}){half_clock}\z")
    return in_calendar(
        F.coalesce(
            F.try_to_timestamp(F.when(is_plain, plain)),
            F.try_to_timestamp(F.when(is_half_day, half_day), F.lit("yyyy-M-d h:mm[:ss] a")),
        )
    )
`,
	},
	number_text: {
		needs: [],
		text: String.raw`
def number_text(value: Column) -> Column:
    """A decimal as text, without the zero before the point."""
    return F.regexp_replace(value.cast("string"), r"^(-?)0\.", "$1.")
`,
	},
	float_text: {
		needs: ['let'],
		text: String.raw`
def float_text(value: Column, digits: int) -> Column:
    """A floating-point number with so many significant digits: plain while they fit, otherwise as 1.49E-3."""

    def print_number(text: Column) -> Column:
        number = text.cast("double")
        small = F.when(F.abs(number) < float(10**digits), text).cast(f"decimal(38,{digits})")
        plain = F.regexp_replace(small.cast("string"), r"\.?0+$", "")
        scientific = F.regexp_replace(text, r"\.?0*e(-?)[+]?0*", "E$1")
        return F.when(small.cast("double") == number, plain).otherwise(scientific)

    # format_string would write a null as a word.
    return let(F.when(value.isNotNull(), F.format_string(f"%.{digits - 1}e", value)), print_number)
`,
	},
	utf16_cut: {
		needs: [],
		text: `
def utf16_cut(text: Column, length: int) -> Column:
    """The first UTF-16 units of a text; a character that the cut would split becomes U+FFFD."""
    return F.decode(F.substring(F.encode(text, "UTF-16BE"), 1, 2 * length), "UTF-16BE")
`,
	},
	utf16_length: {
		needs: [],
		text: `
def utf16_length(text: Column) -> Column:
    """Length of a text in UTF-16 units, of which a character beyond U+FFFF has two."""
    return F.shiftright(F.length(F.encode(text, "UTF-16BE")), 1)
`,
	},
	utf16_substring: {
		needs: [],
		text: `
def utf16_substring(text: Column, start: Column, length: Column) -> Column:
    """Part of a text, counted in UTF-16 units from 1; null for a start below 1 or a length below 0."""
    first, size = (F.least(count, F.lit(2**29)).cast("int") * 2 for count in (start, length))
    part = F.encode(text, "UTF-16BE").substr(first - 1, size)
    return F.when((start >= 1) & (length >= 0), F.decode(part, "UTF-16BE"))
`,
	},
	utf16_right: {
		needs: [],
		text: `
def utf16_right(text: Column, length: Column) -> Column:
    """The last UTF-16 units of a text; null for a length below 0."""
    size = F.least(length, F.lit(2**29)).cast("int") * 2
    return F.when(length >= 0, F.decode(F.encode(text, "UTF-16BE").substr(-size, size), "UTF-16BE"))
`,
	},
} as const satisfies Record<string, SparkHelper>
