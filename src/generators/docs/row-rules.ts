/** Which rows pass, meet and belong together: the conditions, keys and variables of a data flow, as a reviewer checks them. */
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkValue } from '#languages/pyspark.ts'
import type { AttributeChange } from '#model/changes.ts'
import type { Collation } from '#model/collation.ts'
import { ignoredBy } from '#model/collation.ts'
import { comparedPairs } from '#model/dimension.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { KeyPair } from '#model/operator-base.ts'
import type { DataFlow, LookupOperator, MissPolicy, Operator, OperatorOf, SortKey } from '#model/operators.ts'
import { givenBy } from '#model/row-commands.ts'

/** A line of the table. `original` and `converted` are code; `converted` is empty where the script has no expression for it. */
export interface RowRule {
	readonly stage: string
	readonly rule: string
	readonly original: string
	readonly converted: string
}

type Rule = Omit<RowRule, 'stage'>

interface Printer {
	readonly flow: DataFlow
	readonly scope: PysparkScope
}

/** The rules of a flow in the order of its operators; lines that say the same of one stage stand once. */
export function rowRules(flow: DataFlow, scope: PysparkScope): readonly RowRule[] {
	const all = flow.operators.flatMap((operator) =>
		rulesOf(operator, { flow, scope }).map((rule) => ({ stage: operator.name, ...rule })),
	)
	return [...new Map(all.map((rule) => [JSON.stringify(rule), rule])).values()]
}

function rulesOf(operator: Operator, printer: Printer): readonly Rule[] {
	switch (operator.kind) {
		case 'filter':
			return [evaluated('rows pass where', operator.condition, printer)]
		case 'route':
			return routeRules(operator, printer)
		case 'join':
			return [
				keys(
					`${operator.how} join; ${operator.nullsEqual ? 'nulls are equal' : 'a null meets nothing'}`,
					pairs(operator.keys, inputName(operator, 'left', printer), inputName(operator, 'right', printer)),
				),
			]
		case 'lookup':
			return lookupRules(operator, printer)
		case 'union':
			return operator.how === 'sorted' ? [keys('inputs are merged in order of', sortKeys(operator.keys))] : []
		case 'aggregate':
			return operator.keys.length === 0 ? [] : [keys('a group for each', columns(operator.keys))]
		case 'sort':
			return [keys(operator.unique ? 'sorted, the first row of each kept' : 'sorted by', sortKeys(operator.keys))]
		case 'distinct':
			return [
				operator.onDuplicates === 'fail'
					? keys('the run ends when two rows share', columns(operator.keys))
					: keys(`the ${operator.keep} row is kept for each`, columns(operator.keys)),
			]
		case 'stateful':
			return operator.variables.map(({ name, initial, value }) =>
				evaluated(`variable ${name}, ${startText(initial)}`, value, printer),
			)
		case 'repeat':
			return [evaluated(`times that a row is repeated, counted in ${operator.column.name}`, operator.times, printer)]
		case 'replay':
			return [evaluated('rows that are taken back', operator.times, printer)]
		case 'look-ahead':
			return operator.keys.length === 0
				? []
				: [keys(`${operator.column.name} marks the last row of each`, columns(operator.keys))]
		case 'pivot':
			return [keys('one row for each', columns(operator.keys))]
		case 'gather':
			return [keys(`rows become records of ${operator.into} for each`, columns(operator.keys))]
		case 'change-capture':
			return [
				keys('rows before and after meet by', pairs(operator.keys, 'before', 'after')),
				...(operator.values.length === 0
					? []
					: [keys('edited where one differs', pairs(operator.values, 'before', 'after'))]),
			]
		case 'change-apply':
			return [keys('changes meet rows by', pairs(operator.keys, 'before', 'change'))]
		case 'slowly-changing':
			return [
				keys('a row meets its version by', pairs(operator.keys, 'row', 'version')),
				...operator.changes.map(attributeRule),
			]
		case 'maintain-dimension':
			return dimensionRules(operator)
		case 'similar-lookup':
			return [
				...(operator.equal.length === 0
					? []
					: [keys('a match has to share', pairs(operator.equal, 'row', 'reference'))]),
				keys(
					`the most similar, from ${operator.minimum} on (1 − edits ÷ length of all together)`,
					operator.similar.map(({ left, right }) => `row.${left} ≈ reference.${right}`).join(' and '),
				),
			]
		case 'similar-group':
			return [
				...(operator.equal.length === 0 ? [] : [keys('rows of a group share', operator.equal.join(', '))]),
				keys(
					`rows as similar as ${operator.minimum} to the first of a group join it (1 − edits ÷ length of all together)`,
					operator.similar.map(({ column }) => column).join(', '),
				),
			]
		case 'term-lookup':
			return [
				keys('terms of the list that a text has, shortest first', `${operator.text} has reference.${operator.list}`),
			]
		case 'term-extraction':
			return [keys(`terms that occur ${operator.least} times or more`, operator.text)]
		case 'command':
			return [
				keys(
					'the statement runs for each row and gives',
					givenBy(operator)
						.map(({ column }) => column)
						.join(', '),
				),
			]
		case 'read':
		case 'write':
		case 'project':
		case 'number':
		case 'sample':
		case 'unpivot':
		case 'spread':
		case 'generate':
		case 'checksum':
		case 'observe':
		case 'script':
		case 'opaque':
			return []
	}
}

function routeRules(operator: OperatorOf<'route'>, printer: Printer): readonly Rule[] {
	const first = operator.mode === 'first' && operator.routes.length > 1
	const conditions = operator.routes.flatMap(({ port, condition }) => {
		const to = outputName(operator, port, printer)
		if (to === undefined) return []
		if (condition === undefined) return [{ rule: `to ${to}: every row`, original: '', converted: '' }]
		return [evaluated(`to ${to}${first ? ', unless one above took the row' : ''}, where`, condition, printer)]
	})
	const rest = operator.otherwise.flatMap(({ port, after }) => {
		const to = outputName(operator, port, printer)
		const before = after === operator.routes.length ? 'no condition' : `none of the first ${after} conditions`
		return to === undefined ? [] : [{ rule: `to ${to}: rows that ${before} takes`, original: '', converted: '' }]
	})
	return [...conditions, ...rest]
}

const matches = {
	first: 'the first match counts',
	last: 'the last match counts',
	all: 'every match gives a row',
} as const
const misses: Readonly<Record<MissPolicy, string>> = {
	fail: 'ends the job',
	continue: 'goes on without it',
	drop: 'is dropped',
	reject: 'is rejected',
}

function lookupRules(operator: LookupOperator, printer: Printer): readonly Rule[] {
	const [left, right] = [inputName(operator, 'in', printer), inputName(operator, 'reference', printer)]
	const ranges = (operator.ranges ?? []).map((range) => `${left}.${range.left} ${range.test} ${right}.${range.right}`)
	const match = keys(
		`looks up; ${matches[operator.match]}, a row without any ${misses[operator.onMiss]}`,
		[pairs(operator.keys, left, right), ...ranges].filter((part) => part !== '').join(' and '),
	)
	if (operator.condition === undefined) return [match]
	const unmet = `only where this holds; a row where it does not ${misses[operator.onConditionNotMet]}`
	return [evaluated(unmet, operator.condition, printer), match]
}

function startText(initial: Expression): string {
	if (initial.kind !== 'literal') return 'set before the first row'
	if (initial.value === null) return 'null at first'
	return initial.value === '' ? 'empty at first' : `${valueText(initial.value)} at first`
}

const attributeRule = ({ name, values }: AttributeChange): Rule =>
	keys(`${name} is set where one differs`, pairs(values, 'row', 'version'))

function evaluated(rule: string, { text, expression }: SourcedExpression, { scope }: Printer): Rule {
	return { rule, original: text, converted: pysparkValue(expression, scope).code }
}

const keys = (rule: string, original: string): Rule => ({ rule, original, converted: '' })

/** ` (any case, accents)`: what its texts may differ in. */
function ignoring(collation: Collation): string {
	const ignored = ignoredBy(collation)
	return ignored.length === 0 ? '' : ` (any ${ignored.toReversed().join(', ')})`
}

const pairs = (all: readonly KeyPair[], left: string, right: string): string =>
	all.map((pair) => `${left}.${pair.left} = ${right}.${pair.right}${ignoring(pair.collation)}`).join(' and ')

const columns = (all: readonly { readonly column: string; readonly collation: Collation }[]): string =>
	all.map(({ column, collation }) => `${column}${ignoring(collation)}`).join(', ')

const sortKeys = (all: readonly SortKey[]): string =>
	all
		.map(({ column, direction, nulls, collation }) => `${column} ${direction}, nulls ${nulls}${ignoring(collation)}`)
		.join('; ')

function inputName({ id }: Operator, port: string, { flow }: Printer): string {
	return flow.links.find(({ to }) => to.operator === id && to.port === port)?.name ?? port
}

/**
 * Names of the links by which a port's rows leave the element, behind what the element's own operators still do to them;
 * absent: nobody takes them.
 */
function outputName(operator: Operator, port: string, { flow }: Printer): string | undefined {
	const names = leaving(operator.id, port, flow, operator.element).join(' and ')
	return names === '' ? undefined : names
}

function leaving(operator: string, port: string, flow: DataFlow, element: string): readonly string[] {
	return flow.links
		.filter(({ from }) => from.operator === operator && from.port === port)
		.flatMap(({ name, to }) => {
			const next = flow.operators.find(({ id }) => id === to.operator)
			if (next?.element !== element) return [name]
			const ports = new Set(flow.links.filter(({ from }) => from.operator === next.id).map(({ from }) => from.port))
			const further = [...ports].filter((one) => one !== 'reject')
			return further.flatMap((one) => leaving(next.id, one, flow, element))
		})
}

function dimensionRules({ keys: key, columns: all }: OperatorOf<'maintain-dimension'>): readonly Rule[] {
	const compared = (rule: string, role: 'overwritten' | 'versioned'): readonly Rule[] => {
		const values = comparedPairs(all, role)
		return values.length === 0 ? [] : [keys(rule, pairs(values, 'row', 'dimension'))]
	}
	return [
		keys('a row meets the current row of the dimension by', pairs(key, 'row', 'dimension')),
		...compared('a new version begins where one differs', 'versioned'),
		...compared('the current row is overwritten where one differs', 'overwritten'),
	]
}
