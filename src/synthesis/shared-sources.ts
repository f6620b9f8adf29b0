/** Two operators that read one table, or run one statement, see the same rows: there is only one such place. */
import type { Job } from '#model/job.ts'
import type { ReadOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import type { FlowInputs } from './scenario.ts'

/**
 * Gives every reader of a place the rows that were made for the first one; columns that only another reader takes are null.
 */
export function shareSources(job: Job, flows: ReadonlyMap<string, FlowInputs>): ReadonlyMap<string, FlowInputs> {
	const first = new Map<string, readonly Row[]>()
	return new Map(
		[...flows].map(([flow, inputs]) => {
			const operators = job.flows.find(({ id }) => id === flow)?.operators ?? []
			return [flow, new Map([...inputs].map(([id, data]) => [id, share(data, readerOf(operators, id), first)]))]
		}),
	)
}

function readerOf(operators: Job['flows'][number]['operators'], id: string): ReadOperator | undefined {
	const operator = operators.find((one) => one.id === id)
	return operator?.kind === 'read' ? operator : undefined
}

function share(data: SourceData, reader: ReadOperator | undefined, first: Map<string, readonly Row[]>): SourceData {
	const place = reader === undefined ? undefined : placeOf(reader)
	if (data.kind !== 'rows' || reader === undefined || place === undefined) return data
	const rows = first.get(place)
	if (rows === undefined) {
		first.set(place, data.rows)
		return data
	}
	const columns = reader.schema.columns
	return {
		kind: 'rows',
		rows: rows.map((row) => Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]))),
	}
}

/** What makes two readers read the same: connection, and table or statement as the export spells it. */
function placeOf({ source }: ReadOperator): string | undefined {
	if (source.kind === 'table') return `${source.connection}\n${source.table.text}`
	if (source.kind === 'query' && source.parameters.length === 0) return `${source.connection}\n${source.sql.text}`
	return undefined
}
