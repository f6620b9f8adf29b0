/**
 * Regular expressions of .NET, as far as they mean the same in Python's `re`. A script's pattern is kept in Python's
 * spelling; the reference runs it as a JavaScript pattern that says the same. What has no counterpart is named.
 * (Microsoft: Regular Expression Language - Quick Reference; Python: re; ECMA-262 with the flag v.)
 */

type Dialect = 'dotnet' | 'python'

type Shorthand = 'd' | 'w' | 's'

interface ClassItem {
	readonly from: string
	/** Last character of a range. */
	readonly to?: string
	readonly set?: Shorthand | 'D' | 'W' | 'S'
}

type Token =
	| { readonly kind: 'character'; readonly text: string }
	/** Written the same in both: `(`, `)`, `|`, quantifiers, references. */
	| { readonly kind: 'same'; readonly text: string }
	| { readonly kind: 'any' | 'start' | 'end' | 'very-start' | 'very-end' | 'boundary' }
	| { readonly kind: 'set'; readonly name: Shorthand; readonly negated: boolean }
	| { readonly kind: 'class'; readonly negated: boolean; readonly items: readonly ClassItem[] }
	| { readonly kind: 'group'; readonly name: string }

interface Pattern {
	readonly tokens: readonly Token[]
	/** Of `ims`. */
	readonly flags: string
	/** Groups that are numbered. */
	readonly groups: number
	readonly names: readonly string[]
}

class Unknown extends Error {}

const unknown = (what: string): never => {
	throw new Unknown(what)
}

const isShorthand = (one: string): one is Shorthand => one === 'd' || one === 'w' || one === 's'

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', a: '\x07', e: '\x1b' }

class Reader {
	readonly #text: string
	readonly #dialect: Dialect
	#at = 0
	#groups = 0
	readonly #names: string[] = []

	constructor(text: string, dialect: Dialect) {
		this.#text = text
		this.#dialect = dialect
	}

	read(): Pattern {
		const flags = this.#take(/\(\?([ims]+)\)/y)?.[1] ?? ''
		const tokens: Token[] = []
		while (this.#at < this.#text.length) tokens.push(this.#token())
		// .NET numbers groups with a name after all others.
		if (this.#names.length > 0 && this.#groups > this.#names.length) unknown('groups with and without names')
		return { tokens, flags, groups: this.#groups, names: this.#names }
	}

	#take(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.#at
		const found = pattern.exec(this.#text)
		if (found === null) return undefined
		this.#at += found[0].length
		return found
	}

	#token(): Token {
		const group = this.#group()
		if (group !== undefined) return group
		const quantifier = this.#take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y)
		if (quantifier !== undefined) {
			if (this.#text[this.#at] === '+') unknown('a possessive quantifier')
			return { kind: 'same', text: quantifier[0] }
		}
		const one = this.#take(/[\s\S]/uy)?.[0] ?? ''
		switch (one) {
			case '.':
				return { kind: 'any' }
			case '^':
				return { kind: 'start' }
			case '$':
				return { kind: 'end' }
			case '|':
			case ')':
				return { kind: 'same', text: one }
			case '[':
				return this.#class()
			case '\\':
				return this.#escape()
			default:
				return { kind: 'character', text: one }
		}
	}

	#group(): Token | undefined {
		const plain = this.#take(/\((?:\?(?::|=|!))?(?!\?)/y)
		if (plain !== undefined) {
			if (plain[0] === '(') this.#groups += 1
			return { kind: 'same', text: plain[0] }
		}
		const named = this.#take(/\(\?P?<([A-Za-z]\w*)>/y)?.[1]
		if (named !== undefined) {
			this.#groups += 1
			this.#names.push(named)
			return { kind: 'group', name: named }
		}
		if (this.#text[this.#at] === '(') unknown(`the group ${this.#text.slice(this.#at, this.#at + 4)}`)
		return undefined
	}

	#escape(): Token {
		const one = this.#take(/[\s\S]/uy)?.[0] ?? unknown('a backslash at its end')
		const lower = one.toLowerCase()
		if (isShorthand(lower)) return { kind: 'set', name: lower, negated: one !== lower }
		if (one === 'b') return { kind: 'boundary' }
		// Python before 3.14 finds no \B in an empty text, .NET does.
		if (one === 'B') return unknown('\\B')
		if (one === 'A') return { kind: 'very-start' }
		if (one === 'Z') return this.#dialect === 'python' ? { kind: 'very-end' } : { kind: 'end' }
		if (one === 'z' && this.#dialect === 'dotnet') return { kind: 'very-end' }
		if (/[1-9]/.test(one)) return this.#reference(one)
		return { kind: 'character', text: this.#escaped(one) }
	}

	/** A group that stands before, by its only digit. */
	#reference(digit: string): Token {
		if (Number(digit) > this.#groups || /\d/.test(this.#text[this.#at] ?? '')) unknown(`the reference \\${digit}`)
		return { kind: 'same', text: `\\${digit}` }
	}

	#escaped(one: string): string {
		if (Object.hasOwn(escapes, one)) return escapes[one] ?? ''
		if (one === 'x' || one === 'u') {
			const hex = this.#take(one === 'x' ? /[0-9a-f]{2}/iy : /[0-9a-f]{4}/iy)?.[0] ?? unknown(`\\${one}`)
			return String.fromCharCode(Number.parseInt(hex, 16))
		}
		return /[A-Za-z0-9]/.test(one) ? unknown(`\\${one}`) : one
	}

	#class(): Token {
		const negated = this.#take(/\^/y) !== undefined
		const items: ClassItem[] = []
		for (;;) {
			const one = this.#take(/[\s\S]/uy)?.[0] ?? unknown('a class without an end')
			if (one === '-' && this.#text[this.#at] === '[') unknown('a class less another')
			if (one === ']' && items.length > 0) return { kind: 'class', negated, items }
			const item = this.#classItem(one)
			if (item.set === undefined && this.#take(/-(?!\])/y) !== undefined) {
				const next = this.#take(/[\s\S]/uy)?.[0] ?? ''
				if (next === '[') unknown('a class less another')
				const last = this.#classItem(next)
				if (last.set !== undefined || last.from < item.from) unknown('a range of characters')
				items.push({ from: item.from, to: last.from })
			} else items.push(item)
		}
	}

	#classItem(one: string): ClassItem {
		if (one !== '\\') return { from: one }
		const next = this.#take(/[\s\S]/uy)?.[0] ?? ''
		if (/[dwsDWS]/.test(next)) return { from: '', set: next as Shorthand }
		return { from: next === 'b' ? '\b' : this.#escaped(next) }
	}
}

const control: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f', '\v': '\\v' }

/** A character as both languages read it, with a backslash where it would mean something else. */
function pythonCharacter(text: string, special: RegExp): string {
	const code = text.codePointAt(0) ?? 0
	if (Object.hasOwn(control, text)) return control[text] ?? ''
	if (code < 32 || code === 127) return `\\x${code.toString(16).padStart(2, '0')}`
	return special.test(text) ? `\\${text}` : text
}

const outsideClass = /[\\^$.|?*+()[\]{}]/
const insideClass = /[\\^\-[\]&~|]/

function pythonToken(token: Token): string {
	switch (token.kind) {
		case 'character':
			return pythonCharacter(token.text, outsideClass)
		case 'same':
			return token.text
		case 'any':
			return '.'
		case 'start':
			return '^'
		case 'end':
			return '$'
		case 'very-start':
			return '\\A'
		case 'very-end':
			return '\\Z'
		case 'boundary':
			return '\\b'
		case 'set':
			return `\\${token.negated ? token.name.toUpperCase() : token.name}`
		case 'group':
			return `(?P<${token.name}>`
		case 'class': {
			const items = token.items.map(({ from, to, set }) =>
				set === undefined
					? pythonCharacter(from, insideClass) + (to === undefined ? '' : `-${pythonCharacter(to, insideClass)}`)
					: `\\${set}`,
			)
			return `[${token.negated ? '^' : ''}${items.join('')}]`
		}
	}
}

/** What Python takes for a digit, a part of a word, a space: its `str.isdecimal`, `isalnum`, `isspace`. */
const sets = {
	d: '\\p{Nd}',
	w: '\\p{L}\\p{N}_',
	s: '\\t-\\r\\x1c-\\x1f\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000',
} as const

const asCode = (text: string): string => `\\u{${(text.codePointAt(0) ?? 0).toString(16)}}`

function scriptToken(token: Token, flags: string): string {
	const word = `[${sets.w}]`
	const within = flags.includes('m')
	switch (token.kind) {
		case 'character':
			return asCode(token.text)
		case 'same':
			return token.text
		case 'any':
			return flags.includes('s') ? '[\\s\\S]' : '[^\\n]'
		case 'start':
			return within ? '(?<![^\\n])' : '^'
		case 'end':
			return within ? '(?=\\n|$)' : '(?=\\n?$)'
		case 'very-start':
			return '^'
		case 'very-end':
			return '$'
		case 'boundary':
			return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
		case 'set':
			return `[${token.negated ? '^' : ''}${sets[token.name]}]`
		case 'group':
			return `(?<${token.name}>`
		case 'class': {
			const items = token.items.map(({ from, to, set }) => {
				if (set === undefined) return asCode(from) + (to === undefined ? '' : `-${asCode(to)}`)
				const lower = set.toLowerCase()
				const inner = isShorthand(lower) ? sets[lower] : ''
				return set === lower ? inner : `[^${inner}]`
			})
			return `[${token.negated ? '^' : ''}${items.join('')}]`
		}
	}
}

/** Options of .NET that change a meaning, as Python's letters. */
const optionFlags: readonly (readonly [bit: bigint, flag: string])[] = [
	[1n, 'i'],
	[2n, 'm'],
	[16n, 's'],
]
/** Compiled and CultureInvariant change no meaning that is kept here. */
const harmless = 8n | 512n

/** A pattern of .NET in Python's spelling, or why it has none. */
export function pythonPattern(
	text: string,
	options: bigint,
):
	| { readonly pattern: string; readonly groups: number; readonly names: readonly string[] }
	| { readonly problem: string } {
	const known = optionFlags.reduce((sum, [bit]) => sum | bit, harmless)
	if ((options & ~known) !== 0n) return { problem: 'a regular expression with options that Python does not have' }
	try {
		const { tokens, flags, groups, names } = new Reader(text, 'dotnet').read()
		const asked = optionFlags.filter(([bit]) => (options & bit) !== 0n).map(([, flag]) => flag)
		const all = [...new Set([...flags.split(''), ...asked])].sort().join('')
		const pattern = (all === '' ? '' : `(?${all})`) + tokens.map(pythonToken).join('')
		compiled(pattern)
		return { pattern, groups, names }
	} catch (error) {
		if (error instanceof Unknown) return { problem: `a regular expression with ${error.message}` }
		if (error instanceof SyntaxError) return { problem: 'a regular expression that is none' }
		throw error
	}
}

const cache = new Map<string, RegExp>()

/** The JavaScript pattern that says the same as one in Python's spelling. It finds all matches from its last index on. */
export function compiled(pattern: string): RegExp {
	const known = cache.get(pattern)
	if (known !== undefined) {
		known.lastIndex = 0
		return known
	}
	const { tokens, flags } = new Reader(pattern, 'python').read()
	const made = new RegExp(tokens.map((token) => scriptToken(token, flags)).join(''), flags.includes('i') ? 'giv' : 'gv')
	cache.set(pattern, made)
	return made
}

/** `$1`, `${name}`, `$&`, `$$` of .NET as Python's template; undefined where it says something else. */
export function pythonTemplate(text: string, groups: number, names: readonly string[]): string | undefined {
	const parts = text.split(/(\$\d+|\$\{\w+\}|\$.)/)
	const written = parts.map((part) => {
		if (part === '$$') return '$'
		const group = /^\$\{?(\w+|&)\}?$/.exec(part)?.[1]
		if (!part.startsWith('$') || part === '$') return part.replaceAll('\\', '\\\\')
		if (group === undefined) return undefined
		const asked = group === '&' ? '0' : group
		const isThere = /^\d+$/.test(asked) ? Number(asked) <= groups : names.includes(asked)
		return isThere ? `\\g<${asked}>` : undefined
	})
	return written.includes(undefined) ? undefined : written.join('')
}

/** Fills a template of Python's with the groups of a match; one that did not match is empty. */
export function filled(template: string, match: RegExpMatchArray): string {
	return template.replace(/\\g<(\w+)>|\\\\/g, (_all, group?: string) => {
		if (group === undefined) return '\\'
		return (/^\d+$/.test(group) ? match[Number(group)] : match.groups?.[group]) ?? ''
	})
}
