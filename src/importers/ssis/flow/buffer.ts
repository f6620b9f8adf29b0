/** The columns that travel on a path. Their identity is the lineage id; a name may be used by several. */
import type { SsisType } from '#languages/ssis/types.ts'
import { formatType, fromXml, toModel } from '#languages/ssis/types.ts'
import type { PortRef } from '#model/operators.ts'
import type { Column, Schema } from '#model/types.ts'
import type { ColumnTypeRecord, OutputColumnRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'

export interface BufferColumn {
	readonly lineage: string
	/** Unique on the path; other than in the export only where two columns there share a name. */
	readonly name: string
	readonly type: SsisType
	/** Rank as a sort key, negative when descending, 0 when none. */
	readonly sortKey: number
	/** Of a sort key, where its texts do not simply compare: Windows' NORM_* bits. */
	readonly comparisonFlags?: string
}

export type Buffer = readonly BufferColumn[]

/** Rows that leave a port, with their columns. */
export interface Stream {
	readonly from: PortRef
	readonly buffer: Buffer
}

/** A type that is not known is taken for text without a limit: nothing can be cut then. */
const unknownType: SsisType = { name: 'DT_NTEXT' }

export function typeOf(record: ColumnTypeRecord): SsisType {
	const { length, precision, scale, codePage } = record
	return (
		fromXml(record.dataType, { length: length || undefined, precision: precision || undefined, scale, codePage }) ??
		unknownType
	)
}

/** The columns that an output adds to a buffer, those of the same name under a new one. */
export function extend(buffer: Buffer, added: readonly OutputColumnRecord[]): Buffer {
	const names = new UniqueNames()
	for (const column of buffer) names.take(column.name)
	return [...buffer, ...added.map((column) => bufferColumn(column, names))]
}

function bufferColumn(column: OutputColumnRecord, names: UniqueNames): BufferColumn {
	const { comparisonFlags } = column
	return {
		lineage: column.lineage,
		name: names.take(column.name),
		type: typeOf(column.type),
		sortKey: column.sortKeyPosition,
		...(comparisonFlags === '' ? {} : { comparisonFlags }),
	}
}

export function byLineage(buffer: Buffer, lineage: string | undefined): BufferColumn | undefined {
	return lineage === undefined ? undefined : buffer.find((column) => column.lineage === lineage)
}

const isText = (type: SsisType): boolean => toModel(type).kind === 'string'

/** Does a column hold the other's values as they are? A text holds texts of any length. */
export const holds = (target: BufferColumn, source: BufferColumn): boolean =>
	formatType(source.type) === formatType(target.type) || (isText(source.type) && isText(target.type))

export function columnOf(column: BufferColumn): Column {
	return { name: column.name, type: toModel(column.type), nullable: true }
}

export function schemaOf(buffer: Buffer): Schema {
	return { columns: buffer.map(columnOf), open: false }
}
