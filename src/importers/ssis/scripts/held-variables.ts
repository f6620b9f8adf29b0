/**
 * Variables of the package that a script component sets. Nothing outside sees them before the data flow ends, so they are fields
 * of the script while rows pass, and are handed over behind the last row.
 */
import type { ScriptSets } from '#model/operators.ts'
import type { ScriptField, ScriptMethod, ScriptProgram } from '#model/scripts.ts'
import { expressionsOf, visitScriptExpression, visitStatements } from '#model/scripts.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'

export interface Held {
	readonly program: ScriptProgram
	readonly sets: readonly ScriptSets[]
}

/** @param readWrite names of the variables that the component asks for to write */
export function holdVariables(program: ScriptProgram, readWrite: ReadonlySet<string>): Held | Refusal {
	const early = usedEarly(program, readWrite)
	if (early !== undefined)
		return refuse(`its script uses the variable ${early} before PostExecute, where the runtime has no access to it`)
	const sets = variablesSet(program)
	const object = sets.find(({ type }) => type.kind === 'object')
	if (object !== undefined) return refuse(`its script sets the variable ${object.variable}, which holds an object`)
	if (sets.length === 0) return { program, sets }
	const held = new Set(sets.map(({ variable }) => variable))
	const fields = sets.map(
		({ variable, type, line }): ScriptField => ({
			name: variable,
			type,
			initial: { kind: 'variable', name: variable, type, line },
			isConstant: false,
			line,
		}),
	)
	const methods = program.methods.map((method) => withFields(method, held))
	return {
		program: { ...program, fields: [...fields, ...program.fields], methods },
		sets: sets.map(({ variable, type }) => ({ variable, type })),
	}
}

function variablesSet({ methods }: ScriptProgram): readonly (ScriptSets & { readonly line: number })[] {
	const found = new Map<string, ScriptSets & { readonly line: number }>()
	for (const { body } of methods) {
		visitStatements(body, (one) => {
			if (one.kind !== 'set' || one.target.kind !== 'variable' || found.has(one.target.name)) return
			found.set(one.target.name, { variable: one.target.name, type: one.value.type, line: one.line })
		})
	}
	return [...found.values()]
}

/**
 * The variable that code besides PostExecute uses, though the component asks for it to write (Microsoft, Using Variables in the
 * Script Component: the collection of read/write variables is only available in PostExecute).
 */
function usedEarly(program: ScriptProgram, readWrite: ReadonlySet<string>): string | undefined {
	const { entry } = program
	const early = reached(program, [
		entry.connect,
		entry.before,
		entry.makeRows,
		entry.eachRow,
		entry.allRows,
		entry.afterRows,
	])
	for (const method of program.methods) {
		if (!early.has(method.name)) continue
		for (const name of variablesUsed(method)) if (readWrite.has(name)) return name
	}
	return undefined
}

function variablesUsed({ body }: ScriptMethod): ReadonlySet<string> {
	const names = new Set<string>()
	visitStatements(body, (one) => {
		if (one.kind === 'set' && one.target.kind === 'variable') names.add(one.target.name)
		for (const expression of expressionsOf(one)) {
			visitScriptExpression(expression, (part) => {
				if (part.kind === 'variable') names.add(part.name)
			})
		}
	})
	return names
}

/** Methods that these call, themselves among them. */
function reached({ methods }: ScriptProgram, from: readonly (string | undefined)[]): ReadonlySet<string> {
	const names = new Set(from.filter((name) => name !== undefined))
	for (const name of names) {
		const method = methods.find((one) => one.name === name)
		if (method === undefined) continue
		visitStatements(method.body, (one) => {
			for (const expression of expressionsOf(one)) {
				visitScriptExpression(expression, (part) => {
					if (part.kind === 'invoke') names.add(part.method)
				})
			}
		})
	}
	return names
}

/** The same method with fields in the place of these variables. */
function withFields(method: ScriptMethod, held: ReadonlySet<string>): ScriptMethod {
	const walk = <T>(part: T): T => {
		if (Array.isArray(part)) return part.map((one: unknown) => walk(one)) as T
		if (typeof part !== 'object' || part === null) return part
		const copy = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, walk(value as unknown)])) as T
		const isHeld = 'kind' in part && part.kind === 'variable' && 'name' in part && held.has(String(part.name))
		return isHeld ? { ...copy, kind: 'field' } : copy
	}
	return { ...method, body: walk(method.body) }
}
