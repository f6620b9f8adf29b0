/**
 * Decisions of a script that go one way whatever it is given: `i < bytes.Length` before the first pass over bytes that the
 * method spells out, a flag that every caller sets alike. The other way is no branch.
 */
import type { RunFacts } from '#languages/catalogue.ts'
import { scriptOperation } from '#languages/dotnet/catalogue.ts'
import type { ScriptValue } from '#languages/dotnet/runtime.ts'
import type { ScriptExpression, ScriptMethod, ScriptProgram, ScriptStatement } from '#model/scripts.ts'
import { expressionsOf, visitProgram, visitScriptExpression, visitStatements } from '#model/scripts.ts'
import type { Decision } from './branches.ts'

/** Values of locals that are the same each time; a local that is not among them may hold anything. */
type Known = Map<string, ScriptValue>

const seen = new WeakMap<ScriptProgram, ReadonlyMap<Decision, boolean>>()

/** Which way each such decision goes: yes is `then`, or a loop that is entered. */
export function fixedDecisions(program: ScriptProgram): ReadonlyMap<Decision, boolean> {
	const before = seen.get(program)
	if (before !== undefined) return before
	const found = new Map<Decision, boolean>()
	for (const method of program.methods) walk(method.body, parametersOf(method, program), found)
	seen.set(program, found)
	return found
}

/** Parameters to which every call hands the same. The runtime calls methods with values of its own. */
function parametersOf({ name, parameters }: ScriptMethod, program: ScriptProgram): Known {
	if (Object.values(program.entry).includes(name)) return new Map()
	const calls: (readonly ScriptExpression[])[] = []
	visitProgram(program, (part) => {
		if (part.kind === 'invoke' && part.method === name) calls.push(part.args)
	})
	return new Map(
		parameters.flatMap((parameter, index): [string, ScriptValue][] => {
			const values = calls.map((args) => args[index] && fold(args[index], new Map()))
			const [first] = values
			const isSame = values.every((value) => isPlain(value) && value === first)
			return first === undefined || !isSame ? [] : [[parameter.name, first]]
		}),
	)
}

/** Follows the statements in turn; `known` is what holds before the first, and afterwards what holds behind the last. */
function walk(body: readonly ScriptStatement[], known: Known, found: Map<Decision, boolean>): void {
	for (const statement of body) step(statement, known, found)
}

function step(statement: ScriptStatement, known: Known, found: Map<Decision, boolean>): void {
	if (statement.kind === 'while') {
		loop(statement, known, found)
		return
	}
	for (const expression of expressionsOf(statement)) {
		forgetGiven(expression, known)
		noteChoices(expression, known, found)
	}
	switch (statement.kind) {
		case 'set': {
			if (statement.target.kind !== 'local') return
			const value = fold(statement.value, known)
			known.delete(statement.target.name)
			if (value !== undefined && (isPlain(value) || ![...known.values()].includes(value)))
				known.set(statement.target.name, value)
			return
		}
		case 'if': {
			note(statement, fold(statement.condition, known), found)
			walk(statement.then, new Map(known), found)
			walk(statement.otherwise, new Map(known), found)
			forget([...statement.then, ...statement.otherwise], known)
			return
		}
		case 'for-each': {
			const source = fold(statement.source, known)
			if (isList(source)) note(statement, source.items.length > 0, found)
			forget(statement.body, known)
			known.delete(statement.local)
			walk(statement.body, new Map(known), found)
			return
		}
		case 'try': {
			const parts = [statement.body, ...statement.handlers.map(({ body }) => body), statement.last]
			forget(parts.flat(), known)
			for (const part of parts) walk(part, new Map(known), found)
			return
		}
		default:
	}
}

/** What decides is the first test; later ones find what the passes before have left. */
function loop(
	statement: Extract<ScriptStatement, { kind: 'while' }>,
	known: Known,
	found: Map<Decision, boolean>,
): void {
	if (!statement.after) note(statement, fold(statement.condition, known), found)
	forget([...statement.body, ...statement.next], known)
	forgetGiven(statement.condition, known)
	noteChoices(statement.condition, known, found)
	walk(statement.body, new Map(known), found)
	walk(statement.next, new Map(known), found)
}

function note(decision: Decision, value: ScriptValue | undefined, found: Map<Decision, boolean>): void {
	if (typeof value === 'boolean') found.set(decision, value)
}

function noteChoices(expression: ScriptExpression, known: Known, found: Map<Decision, boolean>): void {
	visitScriptExpression(expression, (part) => {
		if (part.kind === 'choose') note(part, fold(part.condition, known), found)
	})
}

/** Locals that the statements give another value, and lists that they may change. */
function forget(body: readonly ScriptStatement[], known: Known): void {
	visitStatements(body, (statement) => {
		if (statement.kind === 'set' && statement.target.kind === 'local') known.delete(statement.target.name)
		if (statement.kind === 'for-each') known.delete(statement.local)
		if (statement.kind === 'try')
			for (const { local } of statement.handlers) if (local !== undefined) known.delete(local)
		for (const expression of expressionsOf(statement)) forgetGiven(expression, known)
	})
}

/** Lists and the like may change under another name, and where anything but a calculation gets hold of them. */
function forgetGiven(expression: ScriptExpression, known: Known): void {
	const read = new Set<ScriptExpression>()
	visitScriptExpression(expression, (part) => {
		if (part.kind === 'call' && scriptOperation(part.operation).isEffect !== true)
			for (const argument of part.args) read.add(argument)
		if (part.kind === 'local' && !read.has(part) && !isPlain(known.get(part.name))) known.delete(part.name)
	})
}

/** The value of an expression that hangs on nothing but what is known. */
function fold(expression: ScriptExpression, known: Known): ScriptValue | undefined {
	switch (expression.kind) {
		case 'literal':
			return expression.value
		case 'local':
			return known.get(expression.name)
		case 'list': {
			const items = expression.items.map((item) => fold(item, known))
			return items.every((item) => item !== undefined) ? { kind: 'list', items } : undefined
		}
		case 'both':
		case 'either': {
			const left = fold(expression.left, known)
			if (left === (expression.kind === 'either')) return left
			return left === undefined ? undefined : fold(expression.right, known)
		}
		case 'choose': {
			const condition = fold(expression.condition, known)
			if (typeof condition !== 'boolean') return undefined
			return fold(condition ? expression.then : expression.otherwise, known)
		}
		case 'call':
			return foldCall(expression, known)
		default:
			return undefined
	}
}

function foldCall(expression: Extract<ScriptExpression, { kind: 'call' }>, known: Known): ScriptValue | undefined {
	const operation = scriptOperation(expression.operation)
	if (operation.isEffect === true || operation.isSequence === true || operation.helper !== undefined) return undefined
	const args = expression.args.map((argument) => fold(argument, known))
	if (args.some((argument) => argument === undefined)) return undefined
	const types = { args: expression.args.map(({ type }) => type), result: expression.type }
	try {
		return operation.evaluate(args, { ...types, run: noRun, outside: unknown })
	} catch {
		// It raises, or asks for the run: what then happens is not for here.
		return undefined
	}
}

const unknown = (): never => {
	throw new Error('nothing is known of the run')
}
const noRun = new Proxy<RunFacts>({} as RunFacts, { get: unknown })

const isPlain = (value: ScriptValue | undefined): boolean =>
	value !== undefined && (typeof value !== 'object' || value === null)

const isList = (value: ScriptValue | undefined): value is Extract<ScriptValue, { kind: 'list' }> =>
	typeof value === 'object' && value !== null && value.kind === 'list'
