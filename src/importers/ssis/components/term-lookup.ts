/**
 * Term Lookup: terms of a table that a text has (Microsoft: Term Lookup Transformation). The legacy transformation reads English
 * with a dictionary of its own; the new job has rules, which the declared difference names.
 */
import type { ReadOperator } from '#model/operators.ts'
import type { TermLookupOperator } from '#model/terms.ts'
import { connectionName } from '../connection-names.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend, schemaOf } from '../flow/buffer.ts'
import { connectionOf } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, errorOutput, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { pickColumns } from '../flow/pick-columns.ts'
import { isTrue, referenced, unescapeText, whole } from '../formats/properties.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import { textOf } from '../package-scope.ts'

/** `InputColumnType`: 0 passes, 1 is looked up in, 2 both. */
const PASSING = 0

export function lowerTermLookup(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const [input, output] = [mainInput(component), mainOutput(component)]
	const connection = connectionOf(context)
	const table = unescapeText(component.properties.get('RefTermTable') ?? '')
	const list = unescapeText(component.properties.get('RefTermColumn') ?? '')
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	if (connection === undefined || table.trim() === '' || list === '') return refuse('its table of terms is not there')
	if (context.isLinked(errorOutput(component))) return refuse('its error output is used')
	const arriving = context.arriving(input)
	const [searched, ...others] = input.columns.filter(
		(one) => whole(one.properties.get('InputColumnType'), 0) !== PASSING,
	)
	const text = byLineage(arriving, searched?.lineage)
	if (text === undefined || others.length > 0) return refuse('it looks for terms in no column, or in several')
	const plan = planOutput(output, arriving)
	if ('reason' in plan) return plan
	const columns = [{ ...plan.term, name: list }]
	const read: ReadOperator = {
		...base(context, 'terms'),
		kind: 'read',
		source: { kind: 'table', connection: connectionName(connection), table: textOf(table) },
		schema: schemaOf(columns),
	}
	const caseless = !isTrue(component.properties.get('IsCaseSensitive'))
	const operator: TermLookupOperator = {
		...base(context),
		kind: 'term-lookup',
		text: text.name,
		caseless,
		list,
		term: plan.term.name,
		frequency: plan.frequency.name,
	}
	add(context, read, operator)
	connect(context, { from: port(read, 'out'), buffer: columns }, port(operator, 'reference'))
	context.parts.takes.set(input.id, port(operator, 'in'))
	const buffer = [...arriving, plan.term, plan.frequency]
	pickColumns(context, { from: port(operator, 'out'), buffer }, output, plan.feeds)
	declare(context, 'RG-D143', `It looks for terms in ${text.name}.`)
	return undefined
}

interface OutputPlan {
	readonly term: BufferColumn
	readonly frequency: BufferColumn
	/** By output column: the column that feeds it. */
	readonly feeds: ReadonlyMap<string, BufferColumn>
}

/** Columns that pass name where they come from; of the other two, the text is the term. */
function planOutput(output: OutputRecord, arriving: Buffer): OutputPlan | Refusal {
	const names = new UniqueNames()
	for (const { name } of arriving) names.take(name)
	const leaving = extend([], output.columns)
	const lineages = output.columns.map((one) => referenced(one.properties.get('CustomLineageID')))
	const own = leaving.filter((_column, index) => (lineages[index] ?? '') === '')
	const term = own.find(({ type }) => type.name === 'DT_WSTR' || type.name === 'DT_NTEXT')
	const frequency = own.find(({ type }) => type.name === 'DT_I4')
	if (own.length !== 2 || term === undefined || frequency === undefined)
		return refuse('its output has not exactly one column for terms and one for their frequency')
	const made = new Map([term, frequency].map((one) => [one.lineage, { ...one, name: names.take(one.name) }]))
	const feeds = new Map<string, BufferColumn>()
	for (const [index, target] of leaving.entries()) {
		const source = made.get(target.lineage) ?? byLineage(arriving, lineages[index])
		if (source === undefined) return refuse(`nothing feeds its column ${target.name}`)
		feeds.set(target.lineage, source)
	}
	return { term: made.get(term.lineage) ?? term, frequency: made.get(frequency.lineage) ?? frequency, feeds }
}
