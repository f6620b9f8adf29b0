/** Functions that translated scripts call for texts: places in them, letter case, text builders. */
import type { Helper } from './registry.ts'

export const scriptTextHelpers = {
	folded: {
		imports: [],
		needs: [],
		text: `
def folded(text: str) -> str:
    """A text in capitals, letter by letter: one without a capital of its own stays."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
`,
	},
	same_ignoring_case: {
		imports: [],
		needs: ['folded'],
		text: `
def same_ignoring_case(left: str | None, right: str | None) -> bool:
    """Whether two texts are the same but for letter case."""
    return left is right if left is None or right is None else folded(left) == folded(right)
`,
	},
	index_of: {
		imports: [],
		needs: [],
		text: `
def index_of(text: str, sought: str, start: int, count: int | None = None) -> int:
    """Where a text is found from a place on, or -1; a place outside of the text is a fault."""
    end = len(text) if count is None else start + count
    if not 0 <= start <= end <= len(text):
        raise IndexError("index was out of range")
    return text.find(sought, start, end)
`,
	},
	last_index_of: {
		imports: [],
		needs: [],
		text: `
def last_index_of(text: str, sought: str, start: int) -> int:
    """Where a text is found when one goes backwards from a place, or -1."""
    if text and not 0 <= start <= len(text):
        raise IndexError("index was out of range")
    return text.rfind(sought, 0, start + 1) if text else -1
`,
	},
	index_of_any: {
		imports: [],
		needs: [],
		text: `
def index_of_any(text: str, characters: list[str]) -> int:
    """The first place of any of the characters, or -1."""
    return next((at for at, c in enumerate(text) if c in characters), -1)
`,
	},
	last_index_of_any: {
		imports: [],
		needs: [],
		text: `
def last_index_of_any(text: str, characters: list[str]) -> int:
    """The last place of any of the characters, or -1."""
    return max((at for at, c in enumerate(text) if c in characters), default=-1)
`,
	},
	title_case: {
		imports: ['import unicodedata'],
		needs: [],
		text: `
def title_case(text: str) -> str:
    """Each word with a capital in front, as TextInfo.ToTitleCase writes it: words in capitals alone stay."""
    result, at = "", 0
    while at < len(text):
        first = text[at]
        at += 1
        if not first.isalpha():
            result += first
            continue
        end = at
        while end < len(text) and (text[end] == "'" or unicodedata.category(text[end])[0] in "LMN"):
            end += 1
        head, mark, tail = text[at:end].partition("'")
        has_small = any(unicodedata.category(c) == "Ll" for c in first + head)
        result += (first.upper() if len(first.upper()) == 1 else first) + (head.lower() if has_small else head)
        result += mark + tail.lower()
        at = end
    return result
`,
	},
	escaped_pattern: {
		imports: ['import re'],
		needs: [],
		text: `
def escaped_pattern(text: str) -> str:
    """A text as a pattern that means it, as .NET writes it."""
    letters = {"\\t": "t", "\\n": "n", "\\f": "f", "\\r": "r"}
    return re.sub(r"[\\\\*+?|{\\[()^$.# \\t\\n\\f\\r]", lambda sign: "\\\\" + letters.get(sign[0], sign[0]), text)
`,
	},
	split_text: {
		imports: ['import re'],
		needs: [],
		text: `
def split_text(text: str, separators: list[str], most: int | None = None, drop_empty: bool = False) -> list[str]:
    """The parts of a text between other texts, or between blanks; the last of at most so many takes what is left."""
    if most is not None and most < 0:
        raise ValueError("a count must not be negative")
    if most == 0:
        return []
    escaped = "|".join(re.escape(one) for one in separators if one)
    found = re.compile((escaped or "(?!)") if separators else r"\\s")
    parts, start = [], 0
    while True:
        match = None if most is not None and len(parts) + 1 >= most else found.search(text, start)
        part = text[start : match.start()] if match else text[start:]
        if part or not drop_empty:
            parts.append(part)
        if match is None:
            return parts
        start = match.end()
        if drop_empty and len(parts) + 1 == most:
            while next_match := found.match(text, start):
                start = next_match.end()
`,
	},
	from_base64: {
		imports: ['import base64', 'import re'],
		needs: ['FormatError'],
		text: `
def from_base64(text: str) -> bytes:
    """Bytes from their text in base 64, in which blanks do not count."""
    plain = re.sub(r"[ \\t\\r\\n]", "", text)
    if len(plain) % 4 or not re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", plain):
        raise FormatError("the text is not in base 64", "The input is not a valid Base-64 string.")
    return base64.b64decode(plain)
`,
	},
	bytes_part: {
		imports: [],
		needs: [],
		text: `
def bytes_part(value: bytes, start: int, count: int) -> bytes:
    """So many bytes from a place on, or fewer where there are no more."""
    if start < 0 or count < 0:
        raise IndexError("index was out of range")
    return value[start : start + count]
`,
	},
	replace_pieces: {
		imports: [],
		needs: [],
		text: `
def replace_pieces(pieces: list[str], text: str) -> None:
    """Gives a text that is being built another content."""
    pieces[:] = [text]
`,
	},
	text_of_length: {
		imports: [],
		needs: [],
		text: `
def text_of_length(text: str, length: int) -> str:
    """A text cut to a length, or filled up with the character 0."""
    if length < 0:
        raise ValueError("a length must not be negative")
    return text[:length].ljust(length, "\\0")
`,
	},
} as const satisfies Record<string, Helper>
