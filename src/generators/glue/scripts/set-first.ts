/** Fields that the methods at the beginning give a value before anything can read them. */
import type { ScriptExpression, ScriptMethod, ScriptProgram, ScriptStatement } from '#model/scripts.ts'
import { expressionsOf, visitScriptExpression, visitStatements } from '#model/scripts.ts'

/** @param methods those that run first, in order */
export function setFirst({ fields }: ScriptProgram, methods: readonly ScriptMethod[]): ReadonlySet<string> {
	const plain = new Set(fields.filter(({ initial }) => initial.kind === 'literal').map(({ name }) => name))
	const seen = new Set<string>()
	const found = new Set<string>()
	// A method that returns is printed as a function, which sets names of the one around it.
	const end = methods.findIndex(({ body }) => returns(body))
	for (const statement of methods.slice(0, end < 0 ? undefined : end).flatMap(({ body }) => body)) {
		const read = mentioned(statement)
		// A method of the script may read any field.
		if (read === 'anything') return found
		for (const name of read) seen.add(name)
		if (statement.kind !== 'set' || statement.target.kind !== 'field') continue
		if (!seen.has(statement.target.name) && plain.has(statement.target.name)) found.add(statement.target.name)
		seen.add(statement.target.name)
	}
	return found
}

/** Fields that a statement reads, or sets somewhere within it. */
function mentioned(statement: ScriptStatement): ReadonlySet<string> | 'anything' {
	const names = new Set<string>()
	let callsOwn = false
	const see = (expression: ScriptExpression): void =>
		visitScriptExpression(expression, (part) => {
			if (part.kind === 'field') names.add(part.name)
			if (part.kind === 'invoke') callsOwn = true
		})
	visitStatements([statement], (one) => {
		for (const expression of expressionsOf(one)) see(expression)
		if (one !== statement && one.kind === 'set' && one.target.kind === 'field') names.add(one.target.name)
	})
	return callsOwn ? 'anything' : names
}

function returns(body: readonly ScriptStatement[]): boolean {
	let found = false
	visitStatements(body, ({ kind }) => {
		if (kind === 'return') found = true
	})
	return found
}
