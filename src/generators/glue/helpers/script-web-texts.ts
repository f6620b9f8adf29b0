/** Functions that translated scripts call for texts of addresses, of HTML and of XML. */
import type { Helper } from './registry.ts'

const quote = 'from urllib.parse import quote'
const unquote = 'from urllib.parse import unquote'

export const scriptWebTextHelpers = {
	data_escaped: {
		imports: [quote],
		needs: [],
		text: `
def data_escaped(text: str) -> str:
    """A text as a part of an address: all but letters, digits and -._~ as codes."""
    return quote(text, safe="")
`,
	},
	address_escaped: {
		imports: [quote],
		needs: [],
		text: `
def address_escaped(text: str) -> str:
    """A text as a whole address, whose own signs stay."""
    return quote(text, safe="!*'();:@&=+$,/?#[]")
`,
	},
	data_unescaped: {
		imports: [unquote],
		needs: [],
		text: `
def data_unescaped(text: str) -> str:
    """A text without its codes."""
    return unquote(text)
`,
	},
	form_encoded: {
		imports: [quote],
		needs: [],
		text: `
def form_encoded(text: str | None) -> str | None:
    """A text as forms send it, with plus signs for blanks."""
    return None if text is None else quote(text, safe="!*() ").replace("~", "%7E").replace(" ", "+")
`,
	},
	form_encoded_small: {
		imports: ['import re'],
		needs: ['form_encoded'],
		text: `
def form_encoded_small(text: str | None) -> str | None:
    """The same with small letters in the codes."""
    encoded = form_encoded(text)
    return None if encoded is None else re.sub("%[0-9A-F]{2}", lambda code: code[0].lower(), encoded)
`,
	},
	form_decoded: {
		imports: [unquote],
		needs: [],
		text: `
def form_decoded(text: str | None) -> str | None:
    """The text that a form has sent."""
    return None if text is None else unquote(text.replace("+", " "))
`,
	},
	html_encoded: {
		imports: ['import re'],
		needs: [],
		text: `
def html_encoded(text: str | None) -> str | None:
    """A text as HTML holds it: letters of Latin 1 and those beyond U+FFFF as numbers."""
    names = {"<": "&lt;", ">": "&gt;", '"': "&quot;", "&": "&amp;"}
    signs = "[<>\\"&'\\u00a0-\\u00ff\\U00010000-\\U0010ffff]"
    return None if text is None else re.sub(signs, lambda sign: names.get(sign[0], f"&#{ord(sign[0])};"), text)
`,
	},
	html_decoded: {
		imports: ['import re', 'from html.entities import name2codepoint'],
		needs: [],
		text: `
def html_decoded(text: str | None) -> str | None:
    """The text of HTML: numbers and the names of HTML 4, with their semicolons; what is neither stays."""

    def sign(found: re.Match[str]) -> str:
        decimal, digits, name = found.groups()
        if name:
            code = 39 if name == "apos" else name2codepoint.get(name, 0)
        else:
            code = int(decimal) if decimal else int(digits, 16)
        return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]

    body = r"&(?:#(\\d{1,10})|#[xX]([0-9a-fA-F]{1,8})|(\\w{2,8}));"
    return None if text is None else re.sub(body, sign, text, flags=re.ASCII)
`,
	},
	xml_escaped: {
		imports: [],
		needs: [],
		text: `
def xml_escaped(text: str | None) -> str | None:
    """A text as XML holds it."""
    names = {"<": "&lt;", ">": "&gt;", '"': "&quot;", "&": "&amp;", "'": "&apos;"}
    return None if text is None else "".join(names.get(sign, sign) for sign in text)
`,
	},
} as const satisfies Record<string, Helper>
