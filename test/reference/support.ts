/** Small flows for tests: operators and links without the fields that a test does not look at. */
import type { RunFacts } from '#languages/catalogue.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { DataFlow, Link, Operator, ProjectColumn } from '#model/operators.ts'
import type { TextLayout } from '#model/places.ts'
import type { Column, DataType } from '#model/types.ts'
import { boolean, int, text } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { FlowRequest, SourceData } from '#reference/context.ts'
import type { FlowResult } from '#reference/flow.ts'
import { interpretFlow } from '#reference/flow.ts'

export const provenance = { file: 'test.dsx', path: 'JOB', lines: { start: 1, end: 1 } }

export const run: RunFacts = { at: makeTimestamp(0n), job: 'JOB', project: 'P', host: 'h', invocation: '' }

export const column = (name: string, type: DataType = text(), nullable = true): Column => ({ name, type, nullable })

export const sourced = (expression: Expression): SourcedExpression => ({ expression, text: '' })
export const literal = (value: Value, type: DataType = text()): Expression => ({ kind: 'literal', value, type })
export const col = (name: string, type: DataType = text()): Expression => ({ kind: 'column', name, type })
export const isNull = (operand: Expression): Expression => ({
	kind: 'call',
	operation: 'shared.is-null',
	args: [operand],
	type: boolean,
})
export const failing: Expression = { kind: 'opaque', text: '?', reason: 'nobody knows', type: text() }

/** Fills in what every operator has. */
export function op<K extends Operator['kind']>(
	kind: K,
	id: string,
	rest: Omit<Extract<Operator, { kind: K }>, 'kind' | 'id' | 'element' | 'name' | 'provenance' | 'differences'>,
): Operator {
	return { kind, id, element: id, name: id, provenance, differences: [], ...rest } as unknown as Operator
}

export const layout: TextLayout = {
	delimiter: ',',
	recordDelimiter: '\n',
	quote: '"',
	header: false,
	encoding: 'utf-8',
}

/** A source of typed rows. */
export const table = (id: string, columns: readonly Column[]): Operator =>
	op('read', id, {
		source: { kind: 'table', connection: 'DB', table: sourced(literal(id)) },
		schema: { columns, open: false },
	})

/** A target that keeps its rows. */
export const target = (id: string, columns: readonly Column[]): Operator =>
	op('write', id, {
		target: { kind: 'table', connection: 'DB', table: sourced(literal(id)), mode: 'insert' },
		schema: { columns, open: false },
	})

export const projected = (name: string, value: Expression, more: Partial<ProjectColumn> = {}): ProjectColumn => ({
	name,
	type: value.type,
	nullable: true,
	value: sourced(value),
	onError: { kind: 'fail' },
	onTruncation: { kind: 'fail' },
	onNull: { kind: 'allow' },
	provenance,
	...more,
})

/** `a.out>b.in`, or short `a>b`; the columns are those of every link. */
export function flow(
	operators: readonly Operator[],
	edges: readonly string[],
	columns: readonly Column[] = [],
): DataFlow {
	const links = edges.map((edge): Link => {
		const [from = '', to = ''] = edge.split('>')
		const [fromOperator = '', fromPort = 'out'] = from.split('.')
		const [toOperator = '', toPort = 'in'] = to.split('.')
		return {
			id: edge,
			name: edge,
			from: { operator: fromOperator, port: fromPort },
			to: { operator: toOperator, port: toPort },
			schema: { columns, open: false },
			provenance,
		}
	})
	return { id: 'FLOW', name: 'FLOW', operators, links, provenance }
}

export const rows = (...given: readonly Row[]): SourceData => ({ kind: 'rows', rows: given })

export function runFlow(
	of: DataFlow,
	inputs: Readonly<Record<string, SourceData>>,
	more: Partial<FlowRequest> = {},
): FlowResult {
	return interpretFlow(of, {
		inputs: new Map(Object.entries(inputs)),
		parameters: new Map(),
		variables: new Map(),
		run,
		...more,
	})
}

/** Rows that a target got. */
export function written(result: FlowResult, operator = 'out'): readonly Row[] {
	if (result.failure !== undefined) throw new Error(`${result.failure.operator}: ${result.failure.message}`)
	const output = result.outputs.find((one) => one.operator === operator)
	if (output === undefined) throw new Error(`no output ${operator}`)
	return output.rows
}

/** Branches that were taken, by what happened. */
export const taken = (result: FlowResult, operator: string): readonly string[] =>
	result.branches.filter((branch) => branch.operator === operator && branch.count > 0).map(({ what }) => what)

export const number = int(32)
