/**
 * Format properties of a record or column (`SchemaFormat`, `APTFieldProp`):
 * `final_delim=end, record_delim='\n', delim=',', null_field='', quote=double`. Values are bare or quoted, with C escapes.
 */
const escapes: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	f: '\f',
	v: '\v',
	a: '\u{7}',
	b: '\b',
	'0': '\0',
}

/** Names in lower case with their values; a name without value has the value ''. Undefined: the text cannot be read. */
export function parseFormat(text: string): ReadonlyMap<string, string> | undefined {
	const result = new Map<string, string>()
	const reader = { text, at: 0 }
	skipBlanks(reader)
	while (reader.at < text.length) {
		const name = /[\w.]+/y
		name.lastIndex = reader.at
		const found = name.exec(text)?.[0]
		if (found === undefined) return undefined
		reader.at += found.length
		skipBlanks(reader)
		let value: string | undefined = ''
		if (text[reader.at] === '=') {
			reader.at++
			skipBlanks(reader)
			value = readValue(reader)
			if (value === undefined) return undefined
		}
		result.set(found.toLowerCase(), value)
		skipBlanks(reader)
		if (reader.at < text.length && text[reader.at] !== ',') return undefined
		reader.at++
		skipBlanks(reader)
	}
	return result
}

interface Reader {
	readonly text: string
	at: number
}

function skipBlanks(reader: Reader): void {
	while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++
}

function readValue(reader: Reader): string | undefined {
	const { text } = reader
	const quote = text[reader.at]
	if (quote === '{') return readBraces(reader)
	if (quote !== '"' && quote !== "'") {
		const comma = text.indexOf(',', reader.at)
		const end = comma < 0 ? text.length : comma
		const value = text.slice(reader.at, end).trim()
		reader.at = end
		return value
	}
	let value = ''
	for (let at = reader.at + 1; at < text.length; at++) {
		const character = text[at] ?? ''
		if (character === quote) {
			reader.at = at + 1
			return value
		}
		if (character === '\\') {
			at++
			const next = text[at] ?? ''
			value += escapes[next] ?? next
		} else value += character
	}
	return undefined
}

/** `cycle={init=1, incr=1}` of a generator: kept as it is, nobody here looks inside. */
function readBraces(reader: Reader): string | undefined {
	const start = reader.at
	let depth = 0
	for (let at = start; at < reader.text.length; at++) {
		if (reader.text[at] === '{') depth++
		if (reader.text[at] === '}') depth--
		if (depth === 0) {
			reader.at = at + 1
			return reader.text.slice(start, reader.at)
		}
	}
	return undefined
}
