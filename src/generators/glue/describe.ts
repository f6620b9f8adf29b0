/** What a step does, in a comment of one line. */

import type { LookupOperator, Operator, OperatorOf, SampleOperator } from '#model/operators.ts'
import type { Target } from '#model/places.ts'
import { changeOf } from '#model/places.ts'
import { redact } from '#model/redact.ts'
import { docText } from './doc-text.ts'

export function describe(operator: Operator): string {
	const what = action(operator)
	return `${docText(operator.name)}${what === '' ? '' : `: ${docText(redact(what), 80)}`}`
}

function action(operator: Operator): string {
	switch (operator.kind) {
		case 'read':
			return operator.source.kind === 'text-file' || operator.source.kind === 'data-set'
				? operator.source.path.text
				: operator.source.kind === 'table'
					? operator.source.table.text
					: ''
		case 'filter':
			return `rows where ${operator.condition.text}`
		case 'route':
			if (operator.routes.length === 1) return `rows where ${operator.routes[0]?.condition?.text ?? 'nothing is asked'}`
			return `${operator.routes.length} conditions, ${operator.mode === 'first' ? 'the first that holds takes the row' : 'each takes its rows'}`
		case 'join':
			return `${operator.how} join on ${operator.keys.map(({ left, right }) => (left === right ? left : `${left} = ${right}`)).join(', ')}`
		case 'lookup':
			return `look up ${lookupText(operator)}`
		case 'union':
			return operator.how === 'sorted' ? 'merge by key' : 'all rows of every input'
		case 'aggregate':
			return operator.keys.length === 0
				? 'totals over all rows'
				: `groups of ${operator.keys.map(({ column }) => column).join(', ')}`
		case 'sort':
			return `by ${operator.keys.map(({ column, direction }) => (direction === 'ascending' ? column : `${column} descending`)).join(', ')}`
		case 'distinct':
			if (operator.onDuplicates === 'fail')
				return `ends the run where two rows have the same ${operator.keys.map(({ column }) => column).join(', ')}`
			return `the ${operator.keep} row for each ${operator.keys.map(({ column }) => column).join(', ')}`
		case 'number':
			return `numbers ${operator.column.name} from ${operator.start}`
		case 'stateful':
			return `variables that remember the row before: ${operator.variables.map(({ name }) => name).join(', ')}`
		case 'repeat':
			return `${operator.column.name} from 1 to ${operator.times.text}`
		case 'look-ahead':
			return operator.keys.length === 0
				? `${operator.column.name} marks the last row`
				: `${operator.column.name} marks the last row of each ${operator.keys.map(({ column }) => column).join(', ')}`
		case 'replay':
			return `rows are held until ${operator.times.text} releases them`
		case 'sample':
			return sampling(operator)
		case 'pivot':
			return `one row for each ${operator.keys.map(({ column }) => column).join(', ')}`
		case 'checksum':
			return `${operator.algorithm} of ${names(operator.inputs)}`
		case 'change-capture':
			return `what changed, by ${names(operator.keys.map(({ right }) => right))}`
		case 'change-apply':
			return `applies changes, by ${names(operator.keys.map(({ left }) => left))}`
		case 'slowly-changing':
			return `compares with the dimension, by ${names(operator.keys.map(({ left }) => left))}`
		case 'maintain-dimension':
			return `keeps the dimension up to date, by ${names(operator.keys.map(({ left }) => left))}`
		case 'similar-lookup':
			return `the most similar by ${names(operator.similar.map(({ left }) => left))}`
		case 'similar-group':
			return `groups of rows that are alike in ${names(operator.similar.map((one) => one.column))}`
		case 'term-lookup':
			return `terms of a list in ${operator.text}`
		case 'term-extraction':
			return `terms of ${operator.text}, with their ${operator.scoring}`
		case 'unpivot':
			return `${operator.rows.length} rows of each row: ${names(operator.made.map(({ name }) => name))}`
		case 'gather':
			return `the rows of each ${names(operator.keys.map(({ column }) => column))} in one, as records of ${operator.into}`
		case 'spread':
			return `a row of each record of ${operator.from}`
		case 'generate':
			return generated(operator)
		case 'observe':
			return operator.what.kind === 'row-count'
				? `counts its rows for ${operator.what.variable}`
				: 'rows pass; the legacy job showed some in its log'
		case 'command':
			return operator.sql.text
		case 'script':
			return `${operator.program.language === 'vb' ? 'Visual Basic' : 'C#'} code: ${operator.program.intents.join(', ')}`
		case 'opaque':
			return `${operator.sourceType} was not translated`
		case 'project':
			return projection(operator)
		case 'write':
			return targetText(operator.target)
	}
}

function generated({ rows, columns }: OperatorOf<'generate'>): string {
	const made = names(columns.map(({ name }) => name))
	if (rows === undefined) return `makes ${made}`
	return `${typeof rows === 'number' ? rows : rows.parameter} rows of ${made}`
}

function lookupText({ keys, ranges = [] }: LookupOperator): string {
	const equal = keys.map(({ left, right }) => (left === right ? left : `${left} = ${right}`))
	return [...equal, ...ranges.map(({ left, test, right }) => `${left} ${test} ${right}`)].join(', ')
}

const existing = {
	replace: 'in place of one that is there',
	append: 'added to one that is there',
	fail: 'none of which may be there',
} as const

function targetText(target: Target): string {
	if (target.kind === 'none') return ''
	if (target.kind === 'cache') return `rows for later data flows, as ${target.name}`
	if (target.kind === 'rows') return `rows for ${target.variable}`
	if (target.kind === 'command') return target.sql.text
	if (target.kind === 'row-files') return `a file for each row, ${existing[target.existing]}`
	if (target.kind === 'workbook') return `${target.path.text}, ${target.range.text}`
	const place = target.kind === 'table' ? target.table.text : target.path.text
	const change = changeOf(target)
	return change === undefined ? place : `${place}, ${change.mode} by ${change.keys.join(', ')}`
}

function sampling(operator: SampleOperator): string {
	switch (operator.how) {
		case 'head': {
			const { skip, rows, period = 1 } = operator
			const which = rows === undefined ? 'all rows' : `the first ${rows} rows`
			return `${which}${skip === 0 ? '' : ` behind ${skip}`}${period === 1 ? '' : `, one of ${period}`}`
		}
		case 'tail':
			return `the last ${operator.rows} rows`
		case 'rows':
			return `${operator.rows} random rows`
		case 'percent':
			return `a random ${operator.shares.map(({ percent }) => `${percent} %`).join(' and ')} of the rows`
	}
}

/** What a projection does in a word or two: which conversions, which columns. */
function projection({ columns, evaluation }: Extract<Operator, { kind: 'project' }>): string {
	if (evaluation === 'in-turn') return `variables ${names(columns.map(({ name }) => name))}`
	const rules = columns.flatMap(({ value: { expression } }) => (expression.kind === 'cast' ? [expression.rule] : []))
	if (rules.some((rule) => rule.endsWith('-read'))) return 'fields to the types of their columns'
	if (rules.some((rule) => rule.endsWith('-write'))) return 'values to text'
	const derived = columns.filter(
		({ name, value: { expression } }) => expression.kind !== 'column' || expression.name !== name,
	)
	return derived.length === 0 ? 'the columns that go on' : `columns ${names(derived.map(({ name }) => name))}`
}

/** The first names of a list, and that there are more. */
function names(all: readonly string[]): string {
	const most = 4
	return all.length > most ? `${all.slice(0, most).join(', ')} and ${all.length - most} more` : all.join(', ')
}
