/** The Spark text of an expression: a value that never raises, and apart from it the text that tells whether it failed. */
import type { Expression, LoopExpression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import type { Arguments, PysparkContext, RunFacts } from './catalogue.ts'
import { evaluate, typesOf } from './evaluate.ts'
import { literalText } from './literals.ts'
import type { Blanked } from './null-flow.ts'
import { blanked, failsAsNull, nullSources, stepCanFail } from './null-flow.ts'
import type { Py } from './python.ts'
import { allOf, anyOf, atom, binary, call, fn, lit, method, pyString, unary } from './python.ts'
import { conversion, operation } from './registry.ts'
import { plainSparkType } from './spark-types.ts'

/** How a script spells what names stand for; each text has the Spark type of the expression's type. */
export interface PysparkScope {
	column(name: string, type: DataType): Py
	parameter(name: string, type: DataType): Py
	variable(name: string, type: DataType): Py
	readonly runAt: Py
	readonly runFact: PysparkContext['runFact']
	/** Prints a step, perhaps as a call of a function that is printed once. Absent: in place. */
	share?(step: SharedStep): Py
}

/** A conversion or operation whose text may stand in a function of its own. */
export interface SharedStep {
	/** `to int32`, `datastage.field`: what the function is called after. */
	readonly label: string
	/** Equal keys print equal texts for equal arguments. */
	readonly key: string
	readonly args: readonly Py[]
	/** Which arguments the text may only see as they are, because they are literals. */
	readonly fixed: readonly boolean[]
	print(args: readonly Py[]): Py
}

function printStep(step: SharedStep, scope: PysparkScope): Py {
	return scope.share === undefined ? step.print(step.args) : scope.share(step)
}

/** Column text of the expression's value. Null where it failed, or where it is null. */
export function pysparkValue(expression: Expression, scope: PysparkScope): Py {
	switch (expression.kind) {
		case 'literal':
			return literalText(expression.value, expression.type)
		case 'column':
			return scope.column(expression.name, expression.type)
		case 'parameter':
			return scope.parameter(expression.name, expression.type)
		case 'variable':
			return scope.variable(expression.name, expression.type)
		case 'call': {
			const { args, context } = callParts(expression, scope)
			const { pyspark } = operation(expression.operation)
			return callStep(expression, args, (texts) => pyspark(texts, context), scope)
		}
		case 'if': {
			const known = blanked(expression)
			if (known !== undefined) return blankedValue(known, scope)
			return choose(
				pysparkValue(expression.condition, scope),
				pysparkValue(expression.then, scope),
				pysparkValue(expression.otherwise, scope),
				expression.onNull,
			)
		}
		case 'cast':
			return castValue(expression, pysparkValue(expression.operand, scope), scope)
		case 'bound':
			return atom(`${turnName(expression.loop)}[${pyString(expression.name)}]`)
		case 'loop':
			return method(loopText(expression, scope), 'getField', expression.result)
		case 'opaque':
			return method(fn('lit', { code: 'None', level: 'atom' }), 'cast', plainSparkType(expression.type))
	}
}

/** Never-null boolean text: did evaluating the expression fail? `undefined` when it cannot. */
export function pysparkFails(expression: Expression, scope: PysparkScope): Py | undefined {
	switch (expression.kind) {
		case 'literal':
		case 'column':
		case 'parameter':
		case 'variable':
		case 'bound':
			return undefined
		case 'loop':
			return loopFails(expression, scope)
		case 'opaque':
			return lit(true)
		case 'call': {
			const whole = wholeFails(expression, scope)
			if (whole !== undefined) return whole
			const inner = expression.args.map((argument) => pysparkFails(argument, scope))
			return anyOf([...inner, callFails(expression, scope)].filter((part) => part !== undefined))
		}
		case 'cast':
			if (isConstant(expression)) return constantFails(expression)
			return (
				wholeFails(expression, scope) ??
				anyOf(
					[pysparkFails(expression.operand, scope), castFails(expression, scope)].filter((part) => part !== undefined),
				)
			)
		case 'if':
			return ifFails(expression, scope)
	}
}

const turnName = (loop: number): string => `turn${loop}`

/**
 * The variables of a loop when it has ended, as a struct; null where it does not end. After a turn that failed, whether it goes
 * on is null for good, and so is the struct.
 */
function loopText(expression: LoopExpression, scope: PysparkScope): Py {
	const { variables, loop, turns, limit, goesOn } = expression
	const start = variables.map(({ name, initial }) => method(pysparkValue(initial, scope), 'alias', name))
	const fails = anyOf(variables.flatMap(({ next }) => (next && pysparkFails(next, scope)) ?? []))
	const turn = variables.map(({ name, type, next }) => {
		const value = pysparkValue(next ?? { kind: 'bound', loop, name, type }, scope)
		const given = name === goesOn && fails !== undefined ? fn('when', unary('~', fails), value) : value
		return method(given, 'alias', name)
	})
	const most = turns === undefined ? lit(limit) : fn('least', pysparkValue(turns, scope), lit(limit))
	const body = atom(`lambda ${turnName(loop)}: ${fn('struct', ...turn).code}`)
	return call('turns_of', most, fn('struct', ...start), atom(pyString(goesOn)), body)
}

function loopFails(expression: LoopExpression, scope: PysparkScope): Py | undefined {
	const { variables, turns } = expression
	const before = [...variables.map(({ initial }) => initial), ...(turns === undefined ? [] : [turns])]
	const own = method(loopText(expression, scope), 'isNull')
	return anyOf([...before.flatMap((part) => pysparkFails(part, scope) ?? []), own])
}

/** Null though none of its sources is: one question for a whole chain of steps. */
function wholeFails(expression: Expression, scope: PysparkScope): Py | undefined {
	const spell = (source: Expression): string => pysparkValue(source, scope).code
	if (!failsAsNull(expression, spell)) return undefined
	const sources = nullSources(expression)
	const own = sources.map((source) => pysparkFails(source, scope)).filter((part) => part !== undefined)
	if (own.length > 0) return undefined
	const texts = new Map(sources.map((source) => [spell(source), pysparkValue(source, scope)]))
	const present = [...texts.values()].map((text) => method(text, 'isNotNull'))
	return allOf([...present, method(pysparkValue(expression, scope), 'isNull')])
}

const isConstant = (expression: Cast): boolean => isPresent(expression.operand)

/** What a cast of a literal does is known now. */
function constantFails(expression: Cast): Py | undefined {
	const nothing = () => null
	const value = evaluate(expression, { column: nothing, parameter: nothing, variable: nothing, run: noRun })
	return isError(value) ? lit(true) : undefined
}

/** Conversions of literals that ask for the clock give the same failures at any time. */
const noRun: RunFacts = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }

const notBlank = ({ value, blank }: Blanked, scope: PysparkScope): Py =>
	binary('!=', pysparkValue(value, scope), pysparkValue(blank, scope))

/** A text that stays as it is where it is not blank only loses its null. */
function blankedValue(known: Blanked, scope: PysparkScope): Py {
	const { value, blank, otherwise, instead } = known
	const [own, taken] = [pysparkValue(value, scope), pysparkValue(otherwise, scope)]
	const given = instead === undefined ? undefined : pysparkValue(instead, scope)
	if (given !== undefined && taken.code === own.code && given.code === pysparkValue(blank, scope).code)
		return fn('coalesce', own, given)
	const present = fn('when', notBlank(known, scope), taken)
	return given === undefined ? present : method(present, 'otherwise', given)
}

/** Never null: the first part is false where the second is null. */
function blankedFails(known: Blanked, scope: PysparkScope): Py | undefined {
	const fails = pysparkFails(known.otherwise, scope)
	if (fails === undefined) return undefined
	const present = method(pysparkValue(known.value, scope), 'isNotNull')
	const again = `${present.code} & `
	const rest = fails.code.startsWith(again) && fails.level === 'bit-and' ? fails.code.slice(again.length) : undefined
	const both = binary('&', present, notBlank(known, scope))
	const whole = binary('&', both, fails)
	return rest === undefined ? whole : { ...whole, code: `${both.code} & ${rest}` }
}

function choose(condition: Py, then: Py, otherwise: Py, onNull: 'otherwise' | 'null'): Py {
	const first = fn('when', condition, then)
	return onNull === 'otherwise'
		? method(first, 'otherwise', otherwise)
		: method(first, 'when', unary('~', condition), otherwise)
}

function ifFails(expression: Extract<Expression, { kind: 'if' }>, scope: PysparkScope): Py | undefined {
	const known = blanked(expression)
	if (known !== undefined) return blankedFails(known, scope)
	const condition = pysparkFails(expression.condition, scope)
	const then = pysparkFails(expression.then, scope)
	const otherwise = pysparkFails(expression.otherwise, scope)
	if (then === undefined && otherwise === undefined) return condition
	const test = pysparkValue(expression.condition, scope)
	const branches = choose(test, then ?? lit(false), otherwise ?? lit(false), expression.onNull)
	const branch = expression.onNull === 'null' ? fn('coalesce', branches, lit(false)) : branches
	// A failed condition is null too; with `otherwise` the else branch would be asked, which does no harm beside the first part.
	return anyOf([condition, branch].filter((part) => part !== undefined))
}

function callFails(expression: Extract<Expression, { kind: 'call' }>, scope: PysparkScope): Py | undefined {
	const meaning = operation(expression.operation)
	if (!stepCanFail(expression)) return undefined
	const { args, context } = callParts(expression, scope)
	const { fails } = meaning
	if (fails !== undefined) return callStep(expression, args, (texts) => fails(texts, context), scope, ' fails')
	const value = callStep(expression, args, (texts) => meaning.pyspark(texts, context), scope)
	return lostValue(value, args, expression.args)
}

/** A call as a step; literal arguments are part of what it is. */
function callStep(
	expression: Extract<Expression, { kind: 'call' }>,
	args: Arguments<Py>,
	print: (args: Arguments<Py>) => Py,
	scope: PysparkScope,
	suffix = '',
): Py {
	const fixed = expression.args.map((argument) => argument.kind === 'literal')
	const spelled = expression.args.map((argument, position) =>
		fixed[position] === true ? (args[position]?.code ?? '') : typeName(argument.type),
	)
	const label = expression.operation + suffix
	const key = [label, typeName(expression.type), ...spelled].join('\n')
	return printStep({ label, key, args, fixed, print: (texts) => print(texts as unknown as Arguments<Py>) }, scope)
}

function castFails(expression: Extract<Expression, { kind: 'cast' }>, scope: PysparkScope): Py | undefined {
	const rule = conversion(expression.rule)
	if (!rule.canFail(expression.operand.type, expression.type, expression.format)) return undefined
	const operand = pysparkValue(expression.operand, scope)
	const context = castContext(expression, scope)
	const { fails } = rule
	if (fails !== undefined) return castStep(expression, operand, (text) => fails(text, context), scope, ' fails')
	return lostValue(castValue(expression, operand, scope), [operand], [expression.operand])
}

type Cast = Extract<Expression, { kind: 'cast' }>

function castValue(expression: Cast, operand: Py, scope: PysparkScope): Py {
	const { pyspark } = conversion(expression.rule)
	const context = castContext(expression, scope)
	return castStep(expression, operand, (text) => pyspark(text, context), scope)
}

function castStep(expression: Cast, operand: Py, print: (text: Py) => Py, scope: PysparkScope, suffix = ''): Py {
	const label = `${typeName(expression.operand.type)} to ${typeName(expression.type)}${suffix}`
	const fixed = [expression.operand.kind === 'literal']
	const key = [label, expression.rule, expression.format ?? '', fixed[0] === true ? operand.code : ''].join('\n')
	return printStep({ label, key, args: [operand], fixed, print: ([text]) => print(text ?? operand) }, scope)
}

/** The result is null although no argument is. Literals that are not null need no test. */
function lostValue(result: Py, args: readonly Py[], expressions: readonly Expression[]): Py {
	const tests = args
		.filter((_text, position) => !isPresent(expressions[position]))
		.map((text) => method(text, 'isNotNull'))
	const lost = method(result, 'isNull')
	return allOf([...tests, lost]) ?? lost
}

const isPresent = (expression: Expression | undefined): boolean =>
	expression?.kind === 'literal' && expression.value !== null

function callParts(expression: Extract<Expression, { kind: 'call' }>, scope: PysparkScope) {
	const args = expression.args.map((argument) => pysparkValue(argument, scope)) as unknown as Arguments<Py>
	const context: PysparkContext = { ...typesOf(expression), runAt: scope.runAt, runFact: scope.runFact }
	return { args, context }
}

function castContext(expression: Extract<Expression, { kind: 'cast' }>, scope: PysparkScope) {
	return { from: expression.operand.type, to: expression.type, format: expression.format, runAt: scope.runAt }
}
