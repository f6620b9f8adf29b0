/** Passwords that code hands to a method of its own: only the name of the parameter says what they are. */

const secretName = /(?:password|passwd|pwd|secret|api_?key|access_?token)$/i

/**
 * @param text code in C# or Visual Basic, or a document that holds some
 * @returns the text with `***` in place of such literals
 */
export function withoutPassedSecrets(text: string): string {
	let safe = text
	for (const { method, places } of takers(text)) {
		const calls = [...safe.matchAll(new RegExp(String.raw`(?<![\w.])${method}\s*\(`, 'g'))].reverse()
		for (const { 0: head, index } of calls) {
			const args = argumentsAt(safe, index + head.length).filter((_, at) => places.has(at))
			for (const { from, to } of args.reverse()) {
				if (/^\s*@?"[^"]*"\s*$/.test(safe.slice(from, to)))
					safe = `${safe.slice(0, from)}${safe.slice(from, to).replace(/"[^"]*"/, '"***"')}${safe.slice(to)}`
			}
		}
	}
	return safe
}

interface Taker {
	readonly method: string
	/** Places of its parameters that take a secret. */
	readonly places: ReadonlySet<number>
}

/** Declarations of methods: `void Send(string host, string password)`, `Sub Send(ByVal host As String, ByVal pwd As String)`. */
function takers(text: string): readonly Taker[] {
	const declared = /\b(?:\w+(?:<[^<>]*>|\[\])?|Sub|Function)\s+(?<method>\w+)\s*\((?<parameters>[^()"]+)\)/g
	return [...text.matchAll(declared)].flatMap(({ groups }) => {
		const { method = '', parameters = '' } = groups ?? {}
		const places = parameters.split(',').flatMap((one, at) => (secretName.test(nameOf(one)) ? [at] : []))
		return places.length === 0 ? [] : [{ method, places: new Set(places) }]
	})
}

/** `string password = ""` and `ByVal password As String` name the same. */
function nameOf(parameter: string): string {
	const plain = parameter.replace(/=.*$/s, '').trim()
	return (/^(.*?)\s+As\s+/is.exec(plain)?.[1] ?? plain).split(/\s+/).at(-1) ?? ''
}

interface Span {
	readonly from: number
	readonly to: number
}

/** Where the arguments of a call stand, behind its bracket. */
function argumentsAt(text: string, start: number): Span[] {
	const spans: Span[] = []
	let [depth, from, quoted] = [0, start, false]
	for (let at = start; at < text.length; at += 1) {
		const sign = text.charAt(at)
		if (sign === '"' && text.charAt(at - 1) !== '\\') quoted = !quoted
		if (quoted) continue
		if (sign === '(') depth += 1
		if (depth === 0 && (sign === ',' || sign === ')')) {
			spans.push({ from, to: at })
			from = at + 1
			if (sign === ')') return spans
		}
		if (sign === ')') depth -= 1
	}
	return []
}
