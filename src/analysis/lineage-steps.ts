/** What each kind of operator does to the lineage of the columns that pass it. */
import type { Expression } from '#model/expressions.ts'
import { columnsRead } from '#model/expressions.ts'
import type {
	AggregateOperator,
	Link,
	Operator,
	ProjectOperator,
	ScriptOperator,
	StatefulOperator,
	TakenColumn,
} from '#model/operators.ts'
import { commanded } from './lineage-commands.ts'
import {
	captured,
	changed,
	compared,
	gathered,
	hashed,
	maintained,
	pivoted,
	spread,
	unpivoted,
} from './lineage-reshaping.ts'
import type { ColumnStep, Known, Lineage, MadeWhat } from './lineage-set.ts'
import { after, lookUp, together } from './lineage-set.ts'
import { similarGroups, similarLookUp, termExtracted, termLookedUp } from './lineage-similarity.ts'

type Input = (port: string) => Known
type Entries = Iterable<readonly [string, Lineage]>

const none: Lineage = { origins: [], steps: [] }

/** Columns that leave `operator` by the port of `link`. */
export function outputColumns(operator: Operator, link: Link, input: Input): Known {
	const { port } = link.from
	switch (operator.kind) {
		case 'read':
			return readColumns(operator.id, operator.schema.open ? [operator.id] : [], [
				...operator.schema.columns,
				...link.schema.columns,
			])
		case 'project':
			return port === 'reject' ? rejected(operator, input('in')) : projected(operator, input('in'))
		case 'route':
			return port === 'reject' ? rejected(operator, input('in')) : input('in')
		case 'lookup':
			return port === 'reject'
				? rejected(operator, input('in'))
				: withColumns(input('in'), taken(operator.take, input('in'), input('reference')))
		case 'join':
			return {
				columns: new Map(taken(operator.columns, input('left'), input('right'))),
				open: [...input('left').open, ...input('right').open],
			}
		case 'union':
			return {
				columns: new Map(operator.columns.map(({ column, from }) => [column.name, united(from, input)])),
				open: Array.from({ length: operator.inputs }, (_none, index) => input(`in${index}`).open).flat(),
			}
		case 'aggregate':
			return { columns: new Map(aggregated(operator, input('in'))), open: [] }
		case 'sort':
			return operator.keyChange === undefined
				? input('in')
				: withColumns(input('in'), [made(operator.id, operator.keyChange, 'key change')])
		case 'number':
		case 'repeat':
		case 'replay':
			return withColumns(input('in'), [made(operator.id, operator.column.name, 'number')])
		case 'look-ahead':
			return withColumns(input('in'), [made(operator.id, operator.column.name, 'key change')])
		case 'stateful':
			return withColumns(input('in'), remembered(operator, input('in')))
		case 'pivot':
			return { columns: new Map(pivoted(operator, input('in'))), open: [] }
		case 'unpivot':
			return { columns: new Map(unpivoted(operator, input('in'))), open: [] }
		case 'gather':
			return { columns: new Map(gathered(operator, input('in'))), open: [] }
		case 'spread':
			return { columns: new Map(spread(operator, input('in'))), open: [] }
		case 'checksum':
			return withColumns(input('in'), [hashed(operator, input('in'))])
		case 'change-capture':
			return { columns: new Map(captured(operator, input('before'), input('after'))), open: [] }
		case 'change-apply':
			return { columns: new Map(changed(operator, input('before'), input('changes'))), open: [] }
		case 'slowly-changing':
			return withColumns(input('in'), [
				...compared(operator, input('in'), input('dimension')),
				...taken(operator.take, input('in'), input('dimension')),
			])
		case 'maintain-dimension': {
			const { changes, out } = maintained(operator, input('in'), input('dimension'))
			return port === 'changes' ? { columns: new Map(changes), open: [] } : withColumns(input('in'), out)
		}
		case 'similar-lookup':
			return withColumns(input('in'), similarLookUp(operator, input('in'), input('reference')))
		case 'term-lookup':
			return withColumns(input('in'), termLookedUp(operator, input('in'), input('reference')))
		case 'term-extraction':
			return { columns: new Map(termExtracted(operator, input('in'))), open: [] }
		case 'similar-group':
			return withColumns(input('in'), similarGroups(operator, input('in')))
		case 'generate':
			return withColumns(
				input('in'),
				operator.columns.map(({ name }) => made(operator.id, name, 'generated value')),
			)
		case 'command':
			return withColumns(input('in'), commanded(operator, input('in')))
		case 'script':
			return scripted(operator, link, input)
		case 'opaque':
			return { columns: new Map(link.schema.columns.map(({ name }) => [name, unknown(operator.id, name)])), open: [] }
		case 'filter':
		case 'distinct':
		case 'sample':
		case 'observe':
		case 'write':
			return input('in')
	}
}

function readColumns(operator: string, open: readonly string[], columns: readonly { readonly name: string }[]): Known {
	return {
		columns: new Map(columns.map(({ name }) => [name, { origins: [{ operator, column: name }], steps: [] }])),
		open,
	}
}

const withColumns = (known: Known, entries: Entries): Known => ({
	columns: new Map([...known.columns, ...entries]),
	open: known.open,
})

function made(operator: string, column: string, what: MadeWhat): readonly [string, Lineage] {
	return [column, after(none, { operator, column, how: { kind: 'made', what } })]
}

/** Columns that a script sets are made of all that it reads; the others pass. */
function scripted(operator: ScriptOperator, link: Link, input: Input): Known {
	const output = operator.outputs.find(({ port }) => port === link.from.port)
	const read = operator.hasInput ? together(operator.reads.map((name) => lookUp(input('in'), name))) : none
	const set = [...(output?.columns ?? []), ...(output?.rows === 'made' ? [] : operator.replaces)]
	const columns = set.map(({ name }): readonly [string, Lineage] => [
		name,
		after(read, { operator: operator.id, column: name, how: { kind: 'made', what: 'script' } }),
	])
	return output?.rows === 'made' || !operator.hasInput
		? { columns: new Map(columns), open: [] }
		: withColumns(input('in'), columns)
}

const unknown = (operator: string, column: string): Lineage =>
	after(none, { operator, column, how: { kind: 'unknown' } })

/** A reject port gives the input row on, and the numbers of the error. */
function rejected(operator: Extract<Operator, { reject: unknown }>, input: Known): Known {
	const { errorCode, errorColumn } = operator.reject
	const names = [errorCode, errorColumn].filter((name) => name !== undefined)
	return withColumns(
		input,
		names.map((name) => made(operator.id, name, 'error number')),
	)
}

function projected(operator: ProjectOperator, input: Known): Known {
	const dropped = new Set(operator.drop)
	const passing = operator.passThrough === 'all' ? [...input.columns].filter(([name]) => !dropped.has(name)) : []
	// In turn, a later column sees the earlier ones; together, all see the row that came in.
	let seen = input
	const derived = operator.columns.map(({ name, value }): readonly [string, Lineage] => {
		const lineage = valueLineage(value.expression, seen, {
			operator: operator.id,
			column: name,
			how: { kind: 'expression', value },
		})
		if (operator.evaluation === 'in-turn') seen = withColumns(seen, [[name, lineage]])
		return [name, lineage]
	})
	return { columns: new Map([...passing, ...derived]), open: operator.passThrough === 'all' ? input.open : [] }
}

/** A bare column is the same value under another name; anything else is a step. */
function valueLineage(expression: Expression, seen: Known, step: ColumnStep): Lineage {
	if (expression.kind === 'column') return lookUp(seen, expression.name)
	return after(together(columnsRead(expression).map((name) => lookUp(seen, name))), step)
}

const taken = (columns: readonly TakenColumn[], left: Known, right: Known): readonly (readonly [string, Lineage])[] =>
	columns.map(({ name, side, column }) => [name, lookUp(side === 'left' ? left : right, column)])

const united = (from: readonly (string | null)[], input: Input): Lineage =>
	together(from.flatMap((name, index) => (name === null ? [] : [lookUp(input(`in${index}`), name)])))

function aggregated({ id, keys, measures }: AggregateOperator, input: Known): readonly (readonly [string, Lineage])[] {
	return [
		...keys.map(({ name, column }) => [name, lookUp(input, column)] as const),
		...measures.map((measure) => {
			const from = measure.column === undefined ? none : lookUp(input, measure.column)
			const of = measure.column === undefined ? {} : { column: measure.column }
			const how = { kind: 'measure' as const, function: measure.function, ...of }
			return [measure.name, after(from, { operator: id, column: measure.name, how })] as const
		}),
	]
}

/** A variable may read any other, those below it as they were at the row before: its value is made of all that those read. */
function remembered({ id, variables }: StatefulOperator, input: Known): readonly (readonly [string, Lineage])[] {
	const byName = new Map(variables.map((variable) => [variable.name, variable]))
	return variables.map((variable) => {
		const reached = new Set([variable.name])
		for (const name of reached) {
			for (const read of columnsRead(byName.get(name)?.value.expression ?? variable.initial)) {
				if (byName.has(read)) reached.add(read)
			}
		}
		const group = variables.filter(({ name }) => reached.has(name))
		const inputs = group.flatMap(({ value }) => columnsRead(value.expression)).filter((name) => !byName.has(name))
		const before = together([...new Set(inputs)].map((name) => lookUp(input, name)))
		const others = group.filter(({ name }) => name !== variable.name)
		const steps = [...others, variable].map(
			({ name, value }): ColumnStep => ({ operator: id, column: name, how: { kind: 'expression', value } }),
		)
		return [variable.name, steps.reduce(after, before)]
	})
}
