/** Statements of methods. */
import type { ScriptExpression, ScriptHandler, ScriptStatement } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { CatchClause, LocalSyntax, Statement, Syntax } from '../syntax.ts'
import { listStatement } from './arrays.ts'
import { bindAssign, holdManager } from './assignments.ts'
import { callOf, coerce } from './coerce.ts'
import { addedParameter } from './command-parameters.ts'
import { namesComponent } from './component-metadata.ts'
import { addedColumns } from './data-tables.ts'
import { forEachPair } from './dictionaries.ts'
import { exceptionsOf } from './exceptions.ts'
import { bind, bindAs, bindCondition } from './expressions.ts'
import { heldType } from './folded-keys.ts'
import { withParametersInPlace } from './held-parameters.ts'
import { propertiesApart } from './initializers.ts'
import { outside } from './outside.ts'
import { begins } from './own-connections.ts'
import { returned } from './own-methods.ts'
import { bindPackageCall } from './package-statements.ts'
import type { MethodScope } from './scope.ts'
import { presentWhen } from './scope.ts'
import { isLogin } from './server-settings.ts'
import { assignedTest, takenApart } from './steps.ts'
import { bindSwitch } from './switches.ts'
import { boxed } from './type-tests.ts'
import { defaultOf, isReference, lastPart, typeOf } from './types.ts'
import { closing, usedAgain } from './usings.ts'
import { setByAccessor } from './variable-accessors.ts'

const { string, exception, int } = scriptTypes

export function bindBody(body: readonly Statement[], scope: MethodScope): readonly ScriptStatement[] {
	return scope.inBlock(() => withParametersInPlace(body).flatMap((statement) => bindStatement(statement, scope)))
}

/** A statement with those that must stand before it. */
function bindStatement(statement: Statement, scope: MethodScope): readonly ScriptStatement[] {
	const apart = takenApart(statement) ?? propertiesApart(statement, scope)
	if (apart !== undefined) return apart.flatMap((one) => bindStatement(one, scope))
	const outer = scope.before
	const before: ScriptStatement[] = []
	scope.before = before
	try {
		const bound = bindPlain(statement, scope)
		return [...before, ...bound]
	} finally {
		scope.before = outer
	}
}

function bindPlain(statement: Statement, scope: MethodScope): readonly ScriptStatement[] {
	const { line } = statement
	switch (statement.kind) {
		case 'local':
			return statement.locals.flatMap((local) => bindLocal(local, line, scope))
		case 'assign':
			return bindAssign(statement, scope)
		case 'expression':
			return bindCallStatement(statement.value, scope, line)
		case 'if':
			return [bindIf(statement, scope)]
		case 'while':
			return [bindWhile(statement, scope)]
		case 'for':
			return scope.inBlock(() => {
				const first = statement.first.flatMap((one) => bindStatement(one, scope))
				scope.known = new Set()
				const { condition: written } = statement
				const condition: ScriptExpression =
					written === undefined
						? { kind: 'literal', value: true, type: scriptTypes.boolean, line }
						: scope.withoutHoisting(() => bindCondition(written, scope))
				const body = bindLoop(statement.body, scope)
				const next = statement.next.flatMap((one) => bindStatement(one, scope))
				return [...first, { kind: 'while', condition, body, next, after: false, line }]
			})
		case 'count':
			return bindCount(statement, scope)
		case 'foreach':
			return bindForEach(statement, scope)
		case 'switch':
			return bindSwitch(statement, scope)
		case 'try':
			return [bindTry(statement, scope)]
		case 'using':
			return scope.inBlock(() => {
				if (statement.value !== undefined && !isName(statement.value)) return outside('using without a name', statement)
				const held = statement.value === undefined ? [] : usedAgain(statement.value, scope)
				const locals = statement.locals.flatMap((local) => bindLocal(local, line, scope))
				return [...locals, ...closing([...held, ...locals], bindBody(statement.body, scope), line)]
			})
		case 'block':
			return bindBody(statement.body, scope)
		case 'return': {
			if (statement.value === undefined) return [returned(undefined, scope, line)]
			return [returned(bindAs(statement.value, scope.returns, scope), scope, line)]
		}
		case 'throw':
			return [bindThrow(statement.value, line, scope)]
		case 'break':
		case 'continue':
			return scope.loops === 0
				? outside(`${statement.kind} outside of a loop`, statement)
				: [{ kind: statement.kind, line }]
		case 'other':
			return outside(statement.what, statement)
	}
}

const isName = ({ kind }: Syntax): boolean => kind === 'name'

function bindLocal(local: LocalSyntax, line: number, scope: MethodScope): readonly ScriptStatement[] {
	const { language } = scope.class
	const place = { line }
	const name = local.type === undefined ? undefined : lastPart(local.type.name)
	if (name !== undefined && /^(?:IDTS)?Variables(?:\d+)?$/i.test(name)) {
		scope.declare(local.name, { kind: 'thing', name: 'Variables' }, [])
		return []
	}
	if (name !== undefined && /^(?:IDTS)?VariableDispenser(?:\d+)?$/i.test(name)) {
		scope.declare(local.name, { kind: 'thing', name: 'VariableDispenser' })
		return []
	}
	if (namesComponent(local, scope)) return []
	if (isLogin(name, local.value)) {
		scope.declare(local.name, { kind: 'thing', name: 'NetworkCredential' })
		return [{ kind: 'note', text: 'a login', line }]
	}
	if (language === 'vb' && local.value === undefined && scope.loops > 0)
		return outside(`the local ${local.name} keeps its value from one round of the loop to the next`, place)
	const written = local.type === undefined ? undefined : typeOf(local.type, place)
	if (local.value === undefined) {
		const type = written ?? outside(`the local ${local.name} has no type`, place)
		const { name: free } = scope.declare(local.name, type)
		// C# makes sure that it is set before it is read, so Python need not see it before.
		if (language === 'csharp' && !isReference(type)) {
			scope.unset.add(free)
			return []
		}
		return [{ kind: 'set', target: { kind: 'local', name: free }, value: defaultOf(type, line), declares: true, line }]
	}
	const value = bind(local.value, scope, written)
	if (isOfConnection(value)) {
		const { name: held } = scope.declare(local.name, value.type)
		return [{ kind: 'set', target: { kind: 'local', name: held }, value, declares: true, line }]
	}
	if (written === undefined && value.kind === 'literal' && value.value === null)
		return outside(`the local ${local.name} has no type`, place)
	const held = boxed(written, value.type)
	const type = held ?? heldType(written, value.type) ?? value.type
	const fit = coerce(value, type, language)
	const { name: free } = scope.declare(local.name, type)
	if (held !== undefined) scope.boxed.add(free)
	if (scriptTypeKey(type) === 'Regex') scope.patterns.set(free, fit)
	begins(free, fit, scope)
	holdManager(free, fit, scope)
	return [{ kind: 'set', target: { kind: 'local', name: free }, value: fit, declares: true, line }]
}

/** A connection stays one, be the local that takes it of type object or string. */
const isOfConnection = ({ type }: ScriptExpression): boolean =>
	type.kind === 'thing' && (type.name === 'Connection' || type.name === 'ConnectionText')

function bindCallStatement(node: Syntax, scope: MethodScope, line: number): readonly ScriptStatement[] {
	const known = bindPackageCall(node, scope) ?? setByAccessor(node, scope)
	if (known !== undefined) return known
	const columns = addedColumns(node, scope)
	if (columns !== undefined) return columns
	const value = listStatement(node, scope) ?? addedParameter(node, scope) ?? bind(node, scope)
	// What a call gives back by reference is taken before, and nothing is left to do.
	return value.kind === 'literal' || isItem(value) ? [] : [{ kind: 'do', value, line }]
}

const isItem = (value: ScriptExpression): boolean =>
	value.kind === 'call' && value.operation === 'List.Item' && value.args[0]?.kind === 'local'

function bindIf(statement: Extract<Statement, { kind: 'if' }>, scope: MethodScope): ScriptStatement {
	const condition = bindCondition(statement.condition, scope)
	const start = scope.known
	const branch = (body: readonly Statement[], outcome: boolean) => {
		scope.known = new Set([...start, ...presentWhen(condition, outcome)])
		const bound = bindBody(body, scope)
		return { bound, known: scope.known, leaves: leaves(bound) }
	}
	const then = branch(statement.then, true)
	const otherwise = branch(statement.otherwise, false)
	scope.known = then.leaves
		? otherwise.known
		: otherwise.leaves
			? then.known
			: new Set([...then.known].filter((name) => otherwise.known.has(name)))
	return { kind: 'if', condition, then: then.bound, otherwise: otherwise.bound, line: statement.line }
}

/** Does nothing come after these statements? */
function leaves(statements: readonly ScriptStatement[]): boolean {
	const last = statements.at(-1)
	if (last === undefined) return false
	if (last.kind === 'if') return leaves(last.then) && leaves(last.otherwise)
	return ['return', 'raise', 'raise-again', 'break', 'continue'].includes(last.kind)
}

function bindLoop(body: readonly Statement[], scope: MethodScope): readonly ScriptStatement[] {
	scope.loops += 1
	const bound = bindBody(body, scope)
	scope.loops -= 1
	// Another round may have changed any column.
	scope.known = new Set()
	return bound
}

function bindWhile(statement: Extract<Statement, { kind: 'while' }>, scope: MethodScope): ScriptStatement {
	const { line, after } = statement
	scope.known = new Set()
	if (after) {
		const body = bindLoop(statement.body, scope)
		return {
			kind: 'while',
			condition: scope.withoutHoisting(() => bindCondition(statement.condition, scope)),
			body,
			next: [],
			after,
			line,
		}
	}
	const assigned = assignedTest(statement.condition)
	if (assigned !== undefined) return readingLoop(statement, assigned, scope)
	const condition = scope.withoutHoisting(() => bindCondition(statement.condition, scope))
	return { kind: 'while', condition, body: bindLoop(statement.body, scope), next: [], after, line }
}

/** The assignment begins each round, and nothing in it ends the loop. */
function readingLoop(
	statement: Extract<Statement, { kind: 'while' }>,
	{ target, value }: Extract<Syntax, { kind: 'assignment' }>,
	scope: MethodScope,
): ScriptStatement {
	const { line } = statement
	const always: ScriptExpression = { kind: 'literal', value: true, type: scriptTypes.boolean, line }
	const nothing: Syntax = { kind: 'literal', type: 'null', text: '', line }
	const test: Syntax = { kind: 'binary', operator: '==', left: target, right: nothing, line }
	const head: readonly Statement[] = [
		{ kind: 'assign', target, operator: '=', value, line },
		{ kind: 'if', condition: test, then: [{ kind: 'break', line }], otherwise: [], line },
	]
	const body = bindLoop([...head, ...statement.body], scope)
	return { kind: 'while', condition: always, body, next: [], after: false, line }
}

/** `For i = a To b Step s`: the end is computed once. */
function bindCount(statement: Extract<Statement, { kind: 'count' }>, scope: MethodScope): readonly ScriptStatement[] {
	const { line } = statement
	return scope.inBlock(() => {
		const isNew = statement.declares || scope.local(statement.name) === undefined
		const type =
			statement.type === undefined
				? isNew
					? int
					: (scope.local(statement.name)?.type ?? int)
				: typeOf(statement.type, statement)
		const from = bindAs(statement.from, type, scope)
		const to = bindAs(statement.to, type, scope)
		const step =
			statement.step === undefined
				? ({ kind: 'literal', value: 1n, type, line } as const)
				: bindAs(statement.step, type, scope)
		if (step.kind !== 'literal' || typeof step.value !== 'bigint' || step.value === 0n)
			return outside('a loop whose step is only known at run time', statement)
		const { name } = isNew
			? scope.declare(statement.name, type)
			: (scope.local(statement.name) ?? scope.declare(statement.name, type))
		const counter: ScriptExpression = { kind: 'local', name, type, line }
		const first: ScriptStatement[] = [
			{ kind: 'set', target: { kind: 'local', name }, value: from, declares: isNew, line },
		]
		let end = to
		if (to.kind !== 'literal') {
			const held = scope.fresh('last', type)
			first.push({ kind: 'set', target: { kind: 'local', name: held }, value: to, declares: true, line })
			end = { kind: 'local', name: held, type, line }
		}
		const condition = callOf(
			step.value > 0n ? 'Compare.LessOrEqual' : 'Compare.GreaterOrEqual',
			[counter, end],
			scriptTypes.boolean,
			line,
		)
		scope.known = new Set()
		const body = bindLoop(statement.body, scope)
		const next: ScriptStatement = {
			kind: 'set',
			target: { kind: 'local', name },
			value: callOf('Number.Step', [counter, step], type, line),
			declares: false,
			line,
		}
		return [...first, { kind: 'while', condition, body, next: [next], after: false, line }]
	})
}

function bindForEach(
	statement: Extract<Statement, { kind: 'foreach' }>,
	scope: MethodScope,
): readonly ScriptStatement[] {
	const { line } = statement
	const source = bind(statement.source, scope)
	if (source.type.kind === 'map') return forEachPair(statement, source, source.type, scope)
	const written = statement.type === undefined ? undefined : typeOf(statement.type, statement)
	const isBytes = scriptTypeKey(source.type) === 'binary'
	const item = isBytes
		? scriptTypes.byte
		: source.type.kind === 'list'
			? source.type.of
			: scriptTypeKey(source.type) === 'string'
				? scriptTypes.char
				: undefined
	if (item === undefined) return outside(`the items of a ${scriptTypeKey(source.type)}`, statement)
	// What a cell holds is one however the loop calls it.
	const type = written === undefined || (written.kind === 'object' && scriptTypeKey(item) === 'Cell') ? item : written
	if (scriptTypeKey(type) !== scriptTypeKey(item) && !(item.kind === 'object'))
		return outside(`items of ${scriptTypeKey(item)} taken as ${scriptTypeKey(type)}`, statement)
	return scope.inBlock(() => {
		const { name } = scope.declare(statement.name, type)
		scope.known = new Set()
		const list = isBytes
			? callOf('Bytes.Items', [source], { kind: 'list', of: item }, line)
			: scriptTypeKey(source.type) === 'string'
				? callOf('String.ToCharArray', [source], { kind: 'list', of: item }, line)
				: source
		return [{ kind: 'for-each', local: name, source: list, body: bindLoop(statement.body, scope), line }]
	})
}

function bindTry(statement: Extract<Statement, { kind: 'try' }>, scope: MethodScope): ScriptStatement {
	const { line } = statement
	const body = bindBody(statement.body, scope)
	scope.known = new Set()
	const handlers = statement.catches.map((clause) => bindCatch(clause, statement, scope))
	scope.known = new Set()
	const last = bindBody(statement.last, scope)
	return { kind: 'try', body, handlers, last, line }
}

function bindCatch(clause: CatchClause, place: { readonly line: number }, scope: MethodScope): ScriptHandler {
	const name = clause.type === undefined ? 'Exception' : lastPart(clause.type.name)
	if (clause.filtered) return outside('catch with a condition', place)
	const exceptions = exceptionsOf(name)
	if (exceptions === undefined) return outside(`catch of ${name} alone`, place)
	return scope.inBlock(() => {
		const local = clause.name === undefined ? undefined : scope.declare(clause.name, exception).name
		const body = bindBody(clause.body, scope)
		return { exceptions, body, ...(local === undefined ? {} : { local }) }
	})
}

function bindThrow(value: Syntax | undefined, line: number, scope: MethodScope): ScriptStatement {
	if (value === undefined) return { kind: 'raise-again', line }
	if (value.kind === 'name' && scope.local(value.name)?.type.kind === 'thing') return { kind: 'raise-again', line }
	if (value.kind !== 'new') return outside('an exception that was made before', { line })
	const [message] = value.args
	const text: ScriptExpression =
		message === undefined
			? { kind: 'literal', value: value.type.name, type: string, line }
			: bindAs(message.value, string, scope)
	return { kind: 'raise', message: text, line }
}
