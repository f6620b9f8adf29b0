import type { ChecksumOperator } from '#model/checksum.ts'
import { canHash } from '#model/checksum.ts'
import type { Column } from '#model/types.ts'
import { text } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { dependentsOf, propertyOf } from '../keys.ts'
import { columnNamed, mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

/**
 * Checksum: an MD5 over columns, those that are named or all but those named (IBM: Checksum stage). How the stage turns a row into
 * bytes is not documented, so the values are others than the old ones; equal rows still have equal ones.
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const { properties } = context.stage
	// Lists that the mode does not ask for are left over from another one; without the property the lists themselves tell.
	const mode = properties.has('comp_mode') ? propertyOf(properties, 'comp_mode') : undefined
	const named = (property: string): readonly string[] =>
		mode === undefined || mode === property
			? dependentsOf(properties, 'comp_mode', property).map(({ value }) => columnNamed(context, stream, value))
			: []
	const [kept, dropped] = [named('keepcol'), named('dropcol')]
	if (propertyOf(properties, 'export_name') !== '' || propertyOf(properties, 'buffer') !== '')
		context.refuse('it puts out the bytes that it hashes, whose form is not documented')
	if (stream.schema.open && kept.length === 0) context.refuse('it hashes columns that the export does not name')
	const inputs = stream.schema.columns
		.map(({ name }) => name)
		.filter((name) => (kept.length > 0 ? kept.includes(name) : !dropped.includes(name)))
	for (const name of inputs) {
		const column = findDsColumn(stream.schema.columns, name)
		if (column !== undefined && !canHash(column)) context.refuse(`the bytes of column ${name} cannot be told in Spark`)
	}
	const column: Column = {
		name: propertyOf(properties, 'checksum_name') || 'checksum',
		type: text(32),
		nullable: false,
	}
	context.differ('RG-D043', `${column.name} of ${context.stage.name} has other values than the old job gave`)
	const operator: ChecksumOperator = {
		...context.base(),
		kind: 'checksum',
		column,
		algorithm: 'md5',
		inputs,
		marksNulls: true,
		fractions: true,
	}
	context.flow.add(operator, { in: stream })
	const columns = [...stream.schema.columns.filter(({ name }) => name !== column.name), column]
	const result = leaving(stream, operator, { ...stream.schema, columns })
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, result)]))
}
