import { literalText } from '#languages/literals.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { atom, method, pyString } from '#languages/python.ts'
import type { Expression } from '#model/expressions.ts'
import { columnsRead } from '#model/expressions.ts'
import type { StateVariable } from '#model/operators.ts'
import { identifier } from '../../names.ts'
import { indent } from '../../text/tree.ts'
import type { StateGroup } from '../plan/state-groups.ts'
import { orFalse, reference, typeText } from './columns.ts'
import { assign } from './context.ts'
import type { State } from './state.ts'
import { cutToLength, seen } from './state.ts'

/**
 * Variables that build on their own previous value: the rows, collected in order, are folded with the same column texts.
 * The rows of one fold are held in one array; where a condition resets every variable, each stretch is a fold of its own.
 */
export function fold(state: State, group: StateGroup, reset: Expression | undefined): void {
	const { context, name, lines } = state
	const prepared = prepare(state, group, reset)
	const rows = context.fresh(`${name}_rows`)
	const step = context.fresh(`next_${name}`)
	const steps = group.variables.map((variable) => ({
		variable,
		python: context.fresh(identifier(variable.name)),
	}))
	const spelled = new Map(steps.map(({ variable, python }) => [variable.name, python]))
	const names = group.variables.map((variable) => variable.name)
	const canFail = group.variables.some(
		(variable) => pysparkFails(variable.value.expression, context.scope) !== undefined,
	)
	const fields = [...names, ...(canFail ? ['_failed'] : [])]
	const before = (variable: StateVariable, other: string): Py => {
		const at = names.indexOf(other)
		if (at === -1) return atom(`row[${pyString(prepared.get(other) ?? other)}]`)
		return at < names.indexOf(variable.name) ? atom(spelled.get(other) ?? other) : atom(`state[${pyString(other)}]`)
	}
	const body = steps.map(({ variable, python }) => {
		const scope = { ...context.scope, column: (other: string) => before(variable, other) }
		const value = cutToLength(pysparkValue(variable.value.expression, scope), variable)
		return `${python} = ${method(value, 'cast', typeText(variable.type)).code}`
	})
	const failed = canFail
		? [
				`failed = ${failure(group, (variable) => ({ ...context.scope, column: (other: string) => before(variable, other) })).code}`,
			]
		: []
	const values = [
		...steps.map(({ variable, python }) => `${python}.alias(${pyString(variable.name)})`),
		...(canFail ? ['failed.alias("_failed")'] : []),
	]
	lines.push(
		`def ${step}(state: Column, row: Column) -> Column:`,
		indent([
			'"""State after a row, with the states of all rows so far."""',
			...body,
			...failed,
			`now = F.struct(${values.join(', ')})`,
			`return F.struct(${fields.map((field) => `now[${pyString(field)}].alias(${pyString(field)})`).join(', ')}, F.array_append(state["_states"], now).alias("_states"))`,
		]),
		'',
		`${rows} = F.array_sort(F.collect_list(F.struct("_position", "*")))`,
	)
	context.needs('from pyspark.sql import Column')
	const ddl = [
		...group.variables.map((variable) => `${quoted(variable.name)}: ${typeText(variable.type)}`),
		...(canFail ? ['_failed: boolean'] : []),
	]
	const initial = [
		...group.variables.map((variable) => method(initialText(variable, context.scope), 'alias', variable.name).code),
		...(canFail ? ['F.lit(False).alias("_failed")'] : []),
		`F.array().cast(${pyString(`array<struct<${ddl.join(', ')}>>`)}).alias("_states")`,
	]
	const start = context.fresh(`${name}_start`)
	lines.push(`${start} = F.struct(${initial.join(', ')})`)
	lines.push(
		assign(name, state.frame, [
			`groupBy(${reset === undefined ? '' : '"_stretch"'})`,
			`agg(${rows}.alias("_rows"))`,
			`withColumn("_states", F.aggregate("_rows", ${start}, ${step})["_states"])`,
			'select(F.explode(F.arrays_zip("_rows", "_states")).alias("_one"))',
			`select("_one._rows.*", ${fields.map((field) => pyString(`_one._states.${reference(field)}`)).join(', ')})`,
			`drop("_position"${reset === undefined ? '' : ', "_stretch"'}${[...prepared.values()].map((one) => `, ${pyString(one)}`).join('')})`,
		]),
	)
	if (canFail) {
		const message = pyString(state.context.message(state.operator, 'a stage variable cannot be computed'))
		lines.push(`${name} = ${context.use('ensure')}(${name}, F.col("_failed"), ${message}).drop("_failed")`)
	}
	state.frame = name
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``

/** Adds what a fold needs beside the row: its position, the stretch it is in, values of the row before that are not folded. */
function prepare(state: State, group: StateGroup, reset: Expression | undefined): ReadonlyMap<string, string> {
	const { operator, context, name, lines } = state
	const first = group.variables[0]
	const own = new Set(group.variables.map((variable) => variable.name))
	const earlier = new Map<string, string>()
	const calls: string[] = []
	for (const variable of group.variables) {
		for (const other of columnsRead(variable.value.expression)) {
			const at = operator.variables.findIndex((one) => one.name === other)
			if (own.has(other) || at < operator.variables.indexOf(variable)) continue
			earlier.set(other, `_before_${other}`)
			calls.push(`withColumn(${pyString(`_before_${other}`)}, ${seen(state, variable, other).code})`)
		}
	}
	if (reset !== undefined && first !== undefined) {
		const scope = { ...context.scope, column: (other: string) => seen(state, first, other) }
		calls.push(`withColumn("_reset", ${orFalse(pysparkValue(reset, scope)).code}.cast("int"))`)
		calls.push(
			`withColumn("_stretch", F.sum("_reset").over(${state.window}.rowsBetween(Window.unboundedPreceding, 0)))`,
		)
		calls.push('drop("_reset")')
	}
	lines.push(assign(name, state.frame, [...calls, `withColumn("_position", F.row_number().over(${state.window}))`]))
	state.frame = name
	return earlier
}

function failure(group: StateGroup, scopeOf: (variable: StateVariable) => PysparkScope): Py {
	const tests = group.variables.flatMap((variable) => pysparkFails(variable.value.expression, scopeOf(variable)) ?? [])
	return atom(tests.map(({ code }) => `(${code})`).join(' | '))
}

function initialText(variable: StateVariable, scope: PysparkScope): Py {
	const value =
		variable.initial.kind === 'literal'
			? literalText(variable.initial.value, variable.type)
			: pysparkValue(variable.initial, scope)
	return method(value, 'cast', typeText(variable.type))
}
