/** Words of an expression, looked at before it is lowered: which variables it reads, what it calls. */
import { tokenize } from '#languages/datastage-parallel/lexer.ts'

export interface Words {
	/** `@INROWNUM` …, upper case. */
	readonly system: ReadonlySet<string>
	/** Names that stand alone, lower case: variables, parameters, macros. */
	readonly names: ReadonlySet<string>
	/** Names before an opening parenthesis, lower case. */
	readonly calls: ReadonlySet<string>
}

export function wordsOf(texts: readonly string[]): Words {
	const system = new Set<string>()
	const names = new Set<string>()
	const calls = new Set<string>()
	for (const text of texts) {
		const tokens = tokenize(text)
		for (const [index, token] of tokens.entries()) {
			const before = tokens[index - 1]?.text
			const after = tokens[index + 1]?.text
			if (token.kind === 'system') system.add(token.text.toUpperCase())
			if (token.kind !== 'name' || before === '.' || after === '.') continue
			if (after === '(') calls.add(token.text.toLowerCase())
			else names.add(token.text.toLowerCase())
		}
	}
	return { system, names, calls }
}
