/** A whole script: the class that the runtime calls, its fields, and every method that is reached. */
import type {
	ScriptEntry,
	ScriptExpression,
	ScriptField,
	ScriptMethod,
	ScriptProgram,
	ScriptStatement,
} from '#model/scripts.ts'
import { expressionsOf, scriptTypes, visitProgram, visitScriptExpression, visitStatements } from '#model/scripts.ts'
import { scriptOperation } from '../catalogue.ts'
import type { ClassSyntax, MethodSyntax, ScriptLanguage, Statement } from '../syntax.ts'
import { bindCall } from './calls.ts'
import { coerce } from './coerce.ts'
import type { ScriptContract } from './contract.ts'
import { withCounters } from './counters.ts'
import { bind, bindAs, bindIndex } from './expressions.ts'
import { heldType } from './folded-keys.ts'
import { behindRows } from './input-rows.ts'
import { Outside, outside } from './outside.ts'
import { staticField } from './own-classes.ts'
import { bindOwnMethod, methodsOf } from './own-methods.ts'
import type { ClassScope, MethodShape } from './scope.ts'
import { MethodScope, nameKey } from './scope.ts'
import { refuseSpelledSecrets } from './spelled-secrets.ts'
import { bindBody } from './statements.ts'
import { defaultOf, typeOf } from './types.ts'
import { guessesFor, withHeldTypes } from './untyped-collections.ts'
import { withoutUnusedParameters } from './unused-parameters.ts'

export type Bound =
	| {
			readonly program: ScriptProgram
			readonly differences: readonly string[]
			/** Connections beside those of the package, with what is known of each. */
			readonly opened: ReadonlyMap<string, string>
			readonly notes: readonly { readonly text: string; readonly line: number }[]
	  }
	| { readonly outside: { readonly what: string; readonly line: number; readonly file?: string } }

/**
 * Gives the typed tree, or the first construct that is not covered. Where collections do not say what is in them, one type after
 * another is tried: values of any other are refused, so that at most one of them is right.
 */
export function bindScript(
	language: ScriptLanguage,
	syntax: ClassSyntax,
	others: readonly ClassSyntax[],
	contract: ScriptContract,
): Bound {
	const plain = bindOnce(language, syntax, others, contract)
	if ('program' in plain) return plain
	for (const guess of guessesFor([syntax, others])) {
		const found = bindOnce(language, withHeldTypes(syntax, guess), withHeldTypes(others, guess), contract)
		if ('program' in found) return found
	}
	return plain
}

function bindOnce(
	language: ScriptLanguage,
	syntax: ClassSyntax,
	others: readonly ClassSyntax[],
	contract: ScriptContract,
): Bound {
	try {
		const fields = new Map<string, ScriptField>()
		const scope: ClassScope = {
			language,
			contract,
			syntax,
			fields,
			methods: methodsOf(language, syntax, others),
			classes: new Map(others.map((one) => [nameKey(language, one.name), one])),
			managers: new Map(),
			wanted: new Set(),
			binders: {
				expression: bind,
				expressionAs: bindAs,
				index: bindIndex,
				call: bindCall,
				staticField,
				body: bindBody,
			},
			...(contract.places === undefined ? {} : { opened: new Map<string, string>() }),
			differences: new Set(),
			notes: [],
		}
		for (const field of fieldsOf(scope)) fields.set(nameKey(language, field.name), field)
		const { entry, names } = entryOf(scope)
		for (const name of names) scope.wanted.add(name)
		const shapes = new Map([...scope.methods.values()].flat().map((shape) => [shape.name, shape]))
		const methods: ScriptMethod[] = []
		// Binding a method may call for more of them.
		for (const name of scope.wanted) {
			const shape = shapes.get(name)
			if (shape !== undefined) methods.push(bindMethod(shape, entry, scope))
		}
		const read = methods.map(withoutUnread)
		const whole: ScriptProgram = { language, fields: [...fields.values()], methods: read, entry, intents: [] }
		const program = withCounters(withoutUnusedParameters(whole))
		refuseWaiting(program)
		refuseSpelledSecrets(program)
		visitProgram(program, (part) => {
			if (part.kind === 'call')
				for (const id of scriptOperation(part.operation).differences ?? []) scope.differences.add(id)
		})
		return { program, differences: [...scope.differences], opened: scope.opened ?? new Map(), notes: scope.notes }
	} catch (error) {
		if (error instanceof Outside) {
			const { what, line, file } = error
			return { outside: { what, line, ...(file === undefined ? {} : { file }) } }
		}
		throw error
	}
}

/** A local that is only set to literals and never read was there for a call that is left out (`ref cancel` of an event). */
function withoutUnread(method: ScriptMethod): ScriptMethod {
	const needed = new Set<string>()
	visitStatements(method.body, (one) => {
		for (const expression of expressionsOf(one)) {
			visitScriptExpression(expression, (part) => {
				if (part.kind === 'local') needed.add(part.name)
			})
		}
		const isOwn = one.kind === 'set' && one.target.kind === 'local' && method.body.includes(one)
		if (one.kind === 'set' && one.target.kind === 'local' && !(isOwn && one.value.kind === 'literal'))
			needed.add(one.target.name)
	})
	const isUnread = (one: ScriptStatement): boolean =>
		one.kind === 'set' && one.target.kind === 'local' && !needed.has(one.target.name)
	return { ...method, body: method.body.filter((one) => !isUnread(one)) }
}

/** The clock stands still during a run (RG-D004), so a loop that goes on until some time has passed would never end. */
function refuseWaiting(program: ScriptProgram): void {
	for (const { body } of program.methods) {
		visitStatements(body, (one) => {
			if (one.kind === 'while' && readsClock(one.condition)) outside('a loop that waits for the clock', one)
		})
	}
}

function readsClock(condition: ScriptExpression): boolean {
	let found = false
	visitScriptExpression(condition, (part) => {
		if (part.kind === 'call' && /^DateTime(?:Offset)?\.(?:Utc)?Now$/.test(part.operation)) found = true
	})
	return found
}

function fieldsOf(scope: ClassScope): readonly ScriptField[] {
	const { syntax, language } = scope
	const [other] = syntax.others.filter(({ what }) => !/^(?:enum|attribute|delegate)/.test(what))
	if (other !== undefined) return outside(`the ${other.what} ${other.name}`, other)
	const fields: ScriptField[] = []
	for (const { name, type, value, line, isConstant } of syntax.fields) {
		const inner = new MethodScope(scope, scriptTypes.nothing, undefined)
		const written = type === undefined ? undefined : typeOf(type, { line })
		const bound = value === undefined ? undefined : bind(value, inner, written)
		const held = heldType(written, bound?.type) ?? outside(`the field ${name} has no type`, { line })
		const initial = bound === undefined ? defaultOf(held, line) : coerce(bound, held, language)
		const field: ScriptField = { name, type: held, initial, isConstant: isConstant && initial.kind === 'literal', line }
		scope.fields.set(nameKey(language, name), field)
		fields.push(field)
	}
	return fields
}

/** The methods that the runtime calls, as far as the script has them. */
function entryOf(scope: ClassScope): { readonly entry: ScriptEntry; readonly names: readonly string[] } {
	const { language, contract } = scope
	const find = (name: string): string | undefined => {
		const found = scope.methods.get(nameKey(language, name)) ?? []
		return found.length > 1
			? outside(`the method ${name} with several sets of parameters`, scope.syntax)
			: found[0]?.name
	}
	const [made] = scope.syntax.methods.filter(({ isConstructor, body }) => isConstructor && body.length > 0)
	if (made !== undefined) return outside('a constructor of the class that the runtime calls', made)
	const never = ['FinishOutputs', 'ProcessInput', 'PrimeOutput', 'ProvideComponentProperties']
	for (const name of never) {
		const [found] = scope.methods.get(nameKey(language, name)) ?? []
		if (found !== undefined && !onlyCallsBase(found.syntax)) return outside(`the method ${name}`, found.syntax)
	}
	const input = contract.input?.property
	const asInput = (suffix: string): string | undefined =>
		input === undefined ? undefined : (find(`${input}_${suffix}`) ?? find(suffix))
	const whole = input === undefined ? undefined : find(`${input}_ProcessInput`)
	const handsOn = whole !== undefined && behind(scope, whole, asInput('ProcessInputRow')) !== undefined
	const parts: readonly (readonly [keyof ScriptEntry, string | undefined])[] =
		contract.input === undefined && contract.outputs.length === 0
			? [['main', find('Main')]]
			: [
					['connect', find('AcquireConnections')],
					['before', find('PreExecute')],
					['after', find('PostExecute')],
					['eachRow', asInput('ProcessInputRow')],
					[handsOn ? 'afterRows' : 'allRows', whole],
					['makeRows', find('CreateNewOutputRows')],
					['release', find('ReleaseConnections')],
				]
	const present = parts.flatMap(([kind, name]) => (name === undefined ? [] : [[kind, name] as const]))
	if (present.every(([kind]) => aroundRows.has(kind))) return outside('no method that the runtime calls', scope.syntax)
	return { entry: Object.fromEntries(present), names: present.map(([, name]) => name) }
}

const aroundRows: ReadonlySet<keyof ScriptEntry> = new Set(['connect', 'before', 'after', 'release'])

/** What the base class does is of no interest here. */
const onlyCallsBase = ({ body }: MethodSyntax): boolean =>
	body.every(
		({ kind, ...one }) =>
			kind === 'expression' &&
			'value' in one &&
			one.value?.kind === 'call' &&
			one.value.target.kind === 'member' &&
			one.value.target.target.kind === 'name' &&
			/^(?:my)?base$/i.test(one.value.target.target.name),
	)

function behind(scope: ClassScope, whole: string, rowMethod: string | undefined): readonly Statement[] | undefined {
	const [shape] = scope.methods.get(nameKey(scope.language, whole)) ?? []
	return shape === undefined ? undefined : behindRows(shape.syntax, rowMethod)
}

function bindMethod(shape: MethodShape, entry: ScriptEntry, scope: ClassScope): ScriptMethod {
	const { syntax } = shape
	try {
		if (shape.holder !== undefined) return bindOwnMethod(shape, scope)
		const isLast = entry.afterRows === syntax.name
		const isRowMethod = entry.eachRow === syntax.name || entry.allRows === syntax.name || isLast
		if (entry.connect === syntax.name) return bindConnecting(shape, scope)
		if (!isRowMethod) return bindOwnMethod(shape, scope)
		const inner = new MethodScope(scope, shape.returns, syntax.parameters[0]?.name)
		const body = bindBody(isLast ? (behindRows(syntax, entry.eachRow) ?? []) : syntax.body, inner)
		return { line: syntax.line, name: shape.name, parameters: [], returns: shape.returns, body }
	} catch (error) {
		if (error instanceof Outside && syntax.file !== undefined) error.file ??= syntax.file
		throw error
	}
}

/** `AcquireConnections(transaction)`: there is no transaction to hand on. */
function bindConnecting({ syntax, name, returns, parameters }: MethodShape, scope: ClassScope): ScriptMethod {
	const inner = new MethodScope(scope, returns, undefined)
	for (const parameter of parameters) inner.declare(parameter.name, parameter.type)
	return { line: syntax.line, name, parameters: [], returns, body: bindBody(syntax.body, inner) }
}
