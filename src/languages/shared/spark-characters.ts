/** Printed helpers that change characters; the tables and their meaning stand in `characters.ts`. */
import type { SparkHelper } from '../helpers.ts'

export const characterHelpers = {
	kana_widths: {
		needs: [],
		imports: ['import unicodedata'],
		text: `
def kana_widths() -> dict[str, str]:
    """Letters of Japanese in full width, each with what it is in half width: marks of voiced sounds stand behind it."""
    narrow = [chr(code) for code in range(0xFF61, 0xFF9E)]
    parts = [*(one + mark for one in narrow for mark in "\\uff9e\\uff9f"), *narrow]
    whole = [unicodedata.normalize("NFKC", one) for one in parts]
    widths = {wide: one for wide, one in zip(whole, parts, strict=True) if len(wide) == 1}
    return {**widths, "\\u309b": "\\uff9e", "\\u309c": "\\uff9f"}
`,
	},
	sign_widths: {
		needs: [],
		text: `
def sign_widths() -> tuple[str, str]:
    """Signs of a byte, and the same in the width of an ideograph."""
    narrow = [*range(0x20, 0x7F), 0xA2, 0xA3, 0xAC, 0xAF, 0xA6, 0xA5, 0x20A9]
    wide = [0x3000, *range(0xFF01, 0xFF5F), *range(0xFFE0, 0xFFE7)]
    return "".join(map(chr, narrow)), "".join(map(chr, wide))
`,
	},
	half_width: {
		needs: ['kana_widths', 'sign_widths'],
		text: `
def half_width(text: Column) -> Column:
    """The text with signs and katakana in half width."""
    widths = kana_widths()
    for wide, narrow in widths.items():
        if len(narrow) == 2:
            text = F.regexp_replace(text, wide, narrow)
    letters = {wide: narrow for wide, narrow in widths.items() if len(narrow) == 1}
    narrow_signs, wide_signs = sign_widths()
    return F.translate(text, wide_signs + "".join(letters), narrow_signs + "".join(letters.values()))
`,
	},
	wide_letters: {
		needs: ['kana_widths'],
		text: `
def wide_letters(text: Column) -> Column:
    """The text with katakana in full width, the marks of voiced sounds on their letters."""
    widths = kana_widths()
    for wide, narrow in widths.items():
        if len(narrow) == 2:
            text = F.regexp_replace(text, narrow, wide)
    letters = {narrow: wide for wide, narrow in widths.items() if len(narrow) == 1}
    return F.translate(text, "".join(letters), "".join(letters.values()))
`,
	},
	full_width: {
		needs: ['wide_letters', 'sign_widths'],
		text: `
def full_width(text: Column) -> Column:
    """The text with signs and katakana in full width."""
    narrow, wide = sign_widths()
    return F.translate(wide_letters(text), narrow, wide)
`,
	},
	one_width: {
		needs: ['wide_letters', 'sign_widths'],
		text: `
def one_width(text: Column) -> Column:
    """The text with each character in its usual width: equal for texts that differ in width alone."""
    narrow, wide = sign_widths()
    return F.translate(wide_letters(text), wide, narrow)
`,
	},
	to_hiragana: {
		needs: [],
		text: `
def to_hiragana(text: Column) -> Column:
    """The text with katakana as hiragana."""
    katakana = [*range(0x30A1, 0x30F7), 0x30FD, 0x30FE]
    return F.translate(text, "".join(map(chr, katakana)), "".join(chr(code - 0x60) for code in katakana))
`,
	},
	to_katakana: {
		needs: [],
		text: `
def to_katakana(text: Column) -> Column:
    """The text with hiragana as katakana."""
    hiragana = [*range(0x3041, 0x3097), 0x309D, 0x309E]
    return F.translate(text, "".join(map(chr, hiragana)), "".join(chr(code + 0x60) for code in hiragana))
`,
	},
	without_accents: {
		needs: [],
		imports: ['import unicodedata'],
		text: `
def without_accents(text: Column) -> Column:
    """The text without accents and other marks that have no place of their own."""
    bases, marks = {}, []
    for one in map(chr, range(0xC0, 0xFFFF)):
        parts = unicodedata.normalize("NFD", one)
        base = "".join(part for part in parts if unicodedata.category(part) != "Mn")
        if base == "":
            marks.append(one)
        elif base != one and len(base) == 1:
            bases[one] = base
    return F.translate(text, "".join([*bases, *marks]), "".join(bases.values()))
`,
	},
} as const satisfies Record<string, SparkHelper>
