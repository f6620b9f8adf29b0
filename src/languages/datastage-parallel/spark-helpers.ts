/** Printed helpers of the parallel engine's conversions; numbers.ts and temporal-text.ts are their exact meaning. */
import type { SparkHelper } from '../helpers.ts'

export const parallelHelpers = {
	NUMBER: {
		needs: [],
		text: String.raw`
# What counts as a number: blanks around, a sign, digits with a point, an exponent.
NUMBER = r"\A *[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})? *\z"
`,
	},
	bare: {
		needs: [],
		text: String.raw`
def bare(text: Column) -> Column:
    """A field of a file without blanks around it."""
    return F.btrim(text, F.lit(" \t\r"))
`,
	},
	trim_blanks: {
		needs: [],
		text: String.raw`
def trim_blanks(text: Column) -> Column:
    """Trim of the parallel engine: no blanks around the text, and of several blanks inside the first."""
    return F.regexp_replace(F.btrim(text, F.lit(" \t")), r"([ \t])[ \t]+", "$1")
`,
	},
	round_down: {
		needs: ['let'],
		text: `
def round_down(value: Column, scale: int) -> Column:
    """A decimal cut, not rounded, to so many digits after the point."""

    def cut(function: str, x: Column) -> Column:
        return F.call_function(function, x, F.lit(scale))

    return let(value, lambda x: F.when(x < 0, cut("ceil", x)).otherwise(cut("floor", x)))
`,
	},
	saturate: {
		needs: ['let', 'int_type'],
		text: `
def saturate(value: Column, name: str) -> Column:
    """A whole number as an integer type; beyond its ends, the end."""
    spark_type, low, high = int_type(name)
    near = let(
        value.cast("decimal(38,0)"),
        lambda x: F.when(x > high, high).when(x < low, low).otherwise(x),
    )
    return near.cast(spark_type)
`,
	},
	float_to_int: {
		needs: ['let', 'int_type', 'saturate'],
		text: `
def float_to_int(value: Column, name: str) -> Column:
    """A floating-point number as an integer type: cut towards zero; beyond the ends of the type, the end; NaN is 0."""
    spark_type, low, high = int_type(name)
    real = F.nanvl(value.cast("double"), F.lit(0.0))
    if name == "uint64":
        # Held as a decimal, to which Spark would round, and whose ends a double does not have exactly.
        near = let(real, lambda x: F.when(x > 1.9e19, 1.9e19).when(x < -1, -1.0).otherwise(x))
        return saturate(let(near, lambda x: x - x % 1).cast("decimal(20,0)"), name)
    first, last = low.cast("double"), high.cast("double")
    near = let(real, lambda x: F.when(x > last, last).when(x < first, first).otherwise(x))
    return near.cast(spark_type)
`,
	},
	float_to_decimal: {
		needs: ['let', 'round_down'],
		text: `
def float_to_decimal(value: Column, precision: int, scale: int) -> Column:
    """A double as a decimal, cut to its digits after the point; null where it has too many before it."""
    whole = precision - scale
    # Rounded first, to far more places than are kept: as a double 0.15 is a little less than that.
    guard = min(scale + 18, 38 - whole)
    wide = let(
        value.cast("double"),
        lambda x: F.when(F.abs(x) < float(10**whole), x).cast(f"decimal({whole + guard},{guard})"),
    )
    return (round_down(wide, scale) if guard > scale else wide).cast(f"decimal({precision},{scale})")
`,
	},
	text_to_int: {
		needs: ['NUMBER', 'int_type', 'saturate', 'float_to_int'],
		text: String.raw`
def text_to_int(text: Column, name: str) -> Column:
    """A text as an integer type: cut towards zero; beyond the ends of the type, the end; 0 where it is no number."""
    digits = F.when(
        text.rlike(r"\A *[+-]?0*\d{1,38}(\.\d*)? *\z"), F.regexp_extract(text, r"[+-]?\d+", 0)
    ).cast("decimal(38,0)")
    real = F.when(text.rlike(NUMBER), text).cast("double")
    zero = F.when(text.isNotNull(), 0).cast(int_type(name)[0])
    return F.coalesce(saturate(digits, name), float_to_int(real, name), zero)
`,
	},
	text_to_decimal: {
		needs: ['NUMBER', 'float_to_decimal'],
		text: String.raw`
def text_to_decimal(text: Column, precision: int, scale: int) -> Column:
    """A text as a decimal: cut to its digits after the point; 0 where it is no number, null where it is too large."""
    size = f"decimal({precision},{scale})"
    fits = text.rlike(rf"\A *[+-]?0*\d{{0,{precision - scale}}}(\.\d*)? *\z") & text.rlike(NUMBER)
    cut = rf"\A *([+-]?)0*(\d*)(?:\.(\d{{0,{scale}}})\d*)? *\z"
    plain = F.when(fits, F.regexp_replace(text, cut, r"$1\0$2.$3")).cast(size)
    scientific = F.when(text.rlike(NUMBER) & text.rlike("[eE]"), text).cast("double")
    zero = F.when(~text.rlike(NUMBER), 0).cast(size)
    return F.coalesce(plain, float_to_decimal(scientific, precision, scale), zero)
`,
	},
	text_to_float: {
		needs: ['NUMBER'],
		text: `
def text_to_float(text: Column, spark_type: str) -> Column:
    """A text as a floating-point number; 0 where it is no number."""
    number = F.when(text.rlike(NUMBER), text).cast("double")
    return F.coalesce(number, F.when(text.isNotNull(), 0.0)).cast(spark_type)
`,
	},
	with_point: {
		needs: ['bare', 'NUMBER'],
		imports: ['import re'],
		text: String.raw`
def with_point(field: Column, mark: str) -> Column:
    """A field that is a number, with a point for its decimal mark; null where it is no number."""
    text = bare(field)
    if mark != ".":
        first = rf"(?s)\A(.*?){re.escape(mark)}"
        text = F.when(~F.contains(text, F.lit(".")), F.regexp_replace(text, first, "$1."))
    return F.when(text.rlike(NUMBER), text)
`,
	},
	field_to_int: {
		needs: ['bare', 'int_type'],
		text: String.raw`
def field_to_int(field: Column, name: str) -> Column:
    """A field of a file as an integer type; null where it is no whole number, or beyond the type."""
    spark_type, low, high = int_type(name)
    number = F.when(bare(field).rlike(r"\A[+-]?0*\d{1,20}\z"), bare(field)).cast("decimal(20,0)")
    return F.when(number.between(low, high), number).cast(spark_type)
`,
	},
	field_to_decimal: {
		needs: ['let', 'with_point', 'text_to_decimal'],
		text: `
def field_to_decimal(field: Column, precision: int, scale: int, mark: str = ".") -> Column:
    """A field of a file as a decimal, cut to its digits after the point; null where it is no number, or too large."""
    return let(with_point(field, mark), lambda text: text_to_decimal(text, precision, scale))
`,
	},
	field_to_float: {
		needs: ['with_point'],
		text: `
def field_to_float(field: Column, spark_type: str, mark: str = ".") -> Column:
    """A field of a file as a floating-point number; null where it is no number."""
    return with_point(field, mark).cast("double").cast(spark_type)
`,
	},
	float_field: {
		needs: [],
		text: String.raw`
def float_field(value: Column) -> Column:
    """A floating-point number as C prints it: nothing behind the last digit, an exponent where it is far from zero."""
    near = (F.abs(value) >= 1e-4) & (F.abs(value) < 1e15)
    whole = F.when(near & (value == F.rint(value)), value.cast("double").cast("string"))
    short = F.regexp_replace(F.coalesce(whole, value.cast("string")), r"\.0(?=E|\z)", "")
    signed = F.regexp_replace(F.regexp_replace(short, r"E(?=\d)", "e+"), "E", "e")
    power = F.regexp_replace(signed, r"(?<=e[+-])(?=\d\z)", "0")
    plain = F.regexp_replace(F.when(near, short).cast("decimal(38,22)").cast("string"), r"\.?0+\z", "")
    return F.coalesce(plain, power)
`,
	},
	text_to_timestamp: {
		needs: [],
		imports: ['import re'],
		text: String.raw`
def text_to_timestamp(text: Column, pattern: str) -> Column:
    """A text as a timestamp; null where it is not of the pattern exactly, every field with all its digits."""
    digits = re.sub("[A-Za-z]+", lambda field: f"[0-9]{{{len(field[0])}}}", re.escape(pattern))
    shape = digits.replace("[0-9]{4}", "(?!0000)[0-9]{4}")
    return F.try_to_timestamp(F.regexp_extract(text, rf"\A{shape}\z", 0), F.lit(pattern))
`,
	},
	decimal_text: {
		needs: [],
		text: `
def decimal_text(value: Column, precision: int, scale: int, plus: str = "") -> Column:
    """A decimal with all digits of its type, after a minus or what stands for a plus."""
    width = precision + (1 if scale > 0 else 0)
    digits = F.lpad(F.abs(value).cast("string"), width, "0")
    sign = F.when(value < 0, "-").otherwise(plus)
    return F.concat(sign, digits, F.lit("" if scale > 0 else "."))
`,
	},
} as const satisfies Record<string, SparkHelper>
