/** Printed helpers of DataStage BASIC; numbers.ts and codes/ are their exact meaning. */
import type { SparkHelper } from '../helpers.ts'

export const basicHelpers = {
	turns_of: {
		needs: [],
		imports: ['from collections.abc import Callable'],
		text: `
def turns_of(most: Column, start: Column, goes_on: str, turn: Callable[[Column], Column]) -> Column:
    """The variables of a loop after as many turns as it takes; null where it would take more than most."""

    def step(so: Column, _: Column) -> Column:
        return F.when(so[goes_on], turn(so)).otherwise(so)

    def ended(so: Column) -> Column:
        return F.when(~so[goes_on], so)

    return F.aggregate(F.array_repeat(F.lit(0), F.coalesce(most, F.lit(0))), start, step, ended)
`,
	},
	number_or_none: {
		needs: ['NUMBER'],
		text: `
def number_or_none(text: Column) -> Column:
    """A text that looks like a number as that number, otherwise null."""
    return F.when(text.rlike(NUMBER), text).cast("double")
`,
	},
	basic_number_text: {
		needs: ['let'],
		text: String.raw`
def basic_number_text(number: Column) -> Column:
    """A number as BASIC writes it: at most 4 digits after the point, and no zeros at the end."""

    def digits(x: Column) -> Column:
        fixed = F.when(F.abs(x) < 1e33, x).cast("decimal(38,4)").cast("string")
        return F.coalesce(F.regexp_replace(fixed, r"\.?0+\z", ""), x.cast("string"))

    return let(number.cast("double"), digits)
`,
	},
	text_truth: {
		needs: ['number_or_none'],
		text: `
def text_truth(text: Column) -> Column:
    """A text as a condition: 0 and the empty text are false, all others are true."""
    return F.coalesce(number_or_none(text) != 0, text != "")
`,
	},
	order_of: {
		needs: [],
		text: `
def order_of(a: Column, b: Column) -> Column:
    """-1, 0 or 1: how two values of one type are ordered."""
    return F.when(a < b, -1).when(a > b, 1).when(a == b, 0)
`,
	},
	text_order: {
		needs: ['let', 'number_or_none', 'order_of'],
		text: `
def text_order(left: Column, right: Column) -> Column:
    """How BASIC orders two texts: as numbers where both look like numbers, otherwise as texts."""

    def order(pair: Column) -> Column:
        a, b = pair["left"], pair["right"]
        return F.coalesce(order_of(number_or_none(a), number_or_none(b)), order_of(a, b))

    return let(F.struct(left.alias("left"), right.alias("right")), order)
`,
	},
	number_order: {
		needs: ['let', 'number_or_none', 'basic_number_text', 'order_of'],
		text: `
def number_order(number: Column, text: Column) -> Column:
    """How BASIC orders a number and a text: as numbers where the text looks like one, otherwise as texts."""

    def order(pair: Column) -> Column:
        a, b = pair["number"], pair["text"]
        return F.coalesce(order_of(a, number_or_none(b)), order_of(basic_number_text(a), b))

    return let(F.struct(number.alias("number"), text.alias("text")), order)
`,
	},
	fold_text: {
		needs: [],
		text: String.raw`
def fold_text(text: Column, width: int) -> Column:
    """The lines of a text that is broken at blanks, or within a word that is longer than a line."""
    lines = F.regexp_extract_all(text, F.lit(rf"(?s).{{1,{width}}}(?: +|\z)|.{{{width}}}"), F.lit(0))
    return F.transform(lines, lambda line: F.regexp_replace(line, r" +\z", ""))
`,
	},
	justify: {
		needs: ['let'],
		text: `
def justify(text: Column, width: int, fill: str, side: str) -> Column:
    """A text filled up to a width; one that is longer is broken into lines, with a text mark between them."""

    def padded(line: Column) -> Column:
        return F.lpad(line, width, fill) if side == "R" else F.rpad(line, width, fill)

    def lines(whole: Column) -> Column:
        parts = F.regexp_extract_all(whole, F.lit(f"(?s).{{1,{width}}}"), F.lit(0))
        return F.array_join(F.transform(parts, padded), "\\u00fb")

    return let(text, lambda whole: F.when(whole == "", padded(whole)).otherwise(lines(whole)))
`,
	},
	masked_number: {
		needs: ['let'],
		text: String.raw`
def masked_number(text: Column, decimals: int, scale: int, commas: bool = False) -> Column:
    """A number with its point moved left and a fixed count of digits after it, without sign; null where it is none."""
    number = F.when(text.rlike(r"\A *[+-]?(\d{1,24}\.?\d{0,12}|\.\d{1,12}) *\z"), text).cast("decimal(36,12)")
    places = decimals - scale
    size = "decimal(38,12)" if places > 0 else "decimal(38,0)"
    moved = F.abs(F.round(number, places)).cast(size).cast("string")
    if places > 0:
        # Twelve digits stand after the point now; those that count are kept.
        moved = F.regexp_replace(moved, rf"\.(\d{{{places}}})\d*\z", "$1")
    elif places < 0:
        moved = F.regexp_replace(F.lpad(moved, 40, "0"), rf"\d{{{-places}}}\z", "")
    digits = F.regexp_replace(moved, rf"\A0+(?=\d{{{decimals + 1}}})", "")

    def pointed(x: Column) -> Column:
        full = F.when(F.length(x) > decimals, x).otherwise(F.lpad(x, decimals + 1, "0"))
        whole = F.regexp_replace(full, rf"\d{{{decimals}}}\z", "") if decimals > 0 else full
        if commas:
            whole = F.regexp_replace(whole, r"(?<=\d)(?=(\d{3})+\z)", ",")
        return F.concat(whole, F.lit("."), F.right(full, F.lit(decimals))) if decimals > 0 else whole

    return let(digits, pointed)
`,
	},
	day_of_text: {
		needs: ['let', 'number_or_none'],
		text: `
def day_of_text(text: Column) -> Column:
    """The date of an internal day number, of which 0 is 31 December 1967; null where the text is none."""
    whole = let(number_or_none(text), lambda x: x - x % 1)
    number = let(whole, lambda x: F.when(x.between(-718430, 2933628), x))
    return F.date_add(F.lit("1967-12-31").cast("date"), number.cast("int"))
`,
	},
	iconv_date: {
		needs: [],
		text: String.raw`
def iconv_date(text: Column, order: str, this_year: Column) -> Column:
    """The internal day number of a date in nearly any layout; empty where it is none. The order is MDY, DMY or YMD."""
    gap, name = r"[^0-9A-Za-z]+", r"[^0-9A-Za-z]*([A-Za-z]{3,9})[^0-9A-Za-z]*"
    numbers = {"D": r"(\d{1,2})", "M": r"(\d{1,2})", "Y": r"(\d{4}|\d{1,2})"}
    day_month = order.replace("Y", "")
    shapes = [
        (r"(\d{4})(\d\d)(\d\d)", "YMD"),
        (r"(\d\d)(\d\d)(\d\d)", order),
        (gap.join([r"(\d{4})", numbers["M"], numbers["D"]]), "YMD"),
        (gap.join(numbers[letter] for letter in order), order),
        (gap.join(numbers[letter] for letter in day_month), day_month),
        (rf"(\d{{1,2}}){name}(\d{{4}}|\d\d)", "DMY"),
        (rf"(\d{{4}}){name}(\d{{1,2}})", "YMD"),
        (rf"([A-Za-z]{{3,9}})[^0-9A-Za-z]*(\d{{1,2}}){gap}(\d{{4}}|\d\d)", "MDY"),
        (r"(\d{1,2})[^0-9A-Za-z]*([A-Za-z]{3,9})", "DM"),
    ]
    plain = F.btrim(text, F.lit(" "))

    def iso(shape: str, letters: str) -> Column:
        def piece(letter: str) -> Column:
            return F.regexp_extract(plain, rf"\A{shape}\z", letters.index(letter) + 1)

        year = piece("Y") if "Y" in letters else this_year.cast("string")
        year = F.when(F.length(year) > 2, year).otherwise(
            F.concat(F.when(F.lpad(year, 2, "0") < "30", "20").otherwise("19"), F.lpad(year, 2, "0"))
        )
        months = F.lit("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC")
        named = F.call_function("locate", F.upper(F.left(piece("M"), F.lit(3))), months)
        number = F.when(named % 3 == 1, ((named + 2) / 3).cast("int").cast("string"))
        month = F.when(piece("M").rlike("[0-9]"), piece("M")).otherwise(number)
        text_of = F.concat_ws("-", year, F.lpad(month, 2, "0"), F.lpad(piece("D"), 2, "0"))
        return F.when(plain.rlike(rf"\A{shape}\z"), text_of)

    found = F.coalesce(*(iso(shape, letters) for shape, letters in shapes))
    date = F.try_to_timestamp(F.when(~found.startswith("0000"), found), F.lit("yyyy-MM-dd")).cast("date")
    number = F.datediff(date, F.lit("1967-12-31").cast("date")).cast("string")
    return F.coalesce(number, F.when(text.isNotNull(), ""))
`,
	},
	time_of_text: {
		needs: ['let', 'number_or_none'],
		text: `
def time_of_text(text: Column) -> Column:
    """The time of day of a number of seconds since midnight, on any day; null where the text is no such number."""
    seconds = let(number_or_none(text), lambda x: F.when(F.abs(x) < 1e9, x))
    return F.timestamp_seconds(F.pmod(F.floor(seconds), F.lit(86400)))
`,
	},
	iconv_time: {
		needs: [],
		text: String.raw`
def iconv_time(text: Column) -> Column:
    """The seconds since midnight of a time with or without seconds and am or pm; empty where it is none."""
    shape = r"\A *(\d{1,2})[^0-9A-Za-z](\d{1,2})(?:[^0-9A-Za-z](\d{1,2}))? *([AaPp][Mm])? *\z"

    def part(group: int) -> Column:
        return F.concat(F.lit("0"), F.regexp_extract(text, shape, group)).cast("int")

    half = F.lower(F.regexp_extract(text, shape, 4))
    hour = F.when(half == "", part(1)).otherwise(part(1) % 12 + F.when(half == "pm", 12).otherwise(0))
    valid = (part(1) <= 23) & (part(2) <= 59) & (part(3) <= 59) & ((half == "") | part(1).between(1, 12))
    seconds = (hour * 3600 + part(2) * 60 + part(3)).cast("string")
    return F.when(text.rlike(shape) & valid, seconds).when(text.isNotNull(), "")
`,
	},
	unmasked_number: {
		needs: ['masked_number'],
		text: String.raw`
def unmasked_number(text: Column, scale: int) -> Column:
    """The number behind a mask, its point moved to the right, as a whole number; empty where it is none."""
    shape = r"(?i)\A *[-<(]?\$?(\d{1,3}(?:,\d{3})*|\d*)(\.\d*)?(?:-|>|\)|CR|DB)? *\z"
    whole = F.regexp_replace(F.regexp_extract(text, shape, 1), ",", "")
    fraction = F.regexp_replace(F.regexp_extract(text, shape, 2), r"\.\z", "")
    size = masked_number(F.concat(whole, fraction), 0, -scale)
    minus = text.rlike(r"(?i)\A *[-<(]|(-|CR|DB) *\z") & (size != "0")
    return F.coalesce(F.when(minus, F.concat(F.lit("-"), size)).otherwise(size), F.when(text.isNotNull(), ""))
`,
	},
} as const satisfies Record<string, SparkHelper>
