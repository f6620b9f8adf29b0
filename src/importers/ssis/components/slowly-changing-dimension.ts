/** The dimension of a Slowly Changing Dimension: which of its columns meet which of the rows, and the query for its records. */
import type { SsisType } from '#languages/ssis/types.ts'
import type { ReadOperator } from '#model/operators.ts'
import { queryForm, skeleton } from '../../sql.ts'
import { connectionName, dialectOf } from '../connection-names.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, schemaOf, typeOf } from '../flow/buffer.ts'
import { connectionOf } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { base, refuse } from '../flow/parts.ts'
import { whole } from '../formats/properties.ts'
import type { InputRecord } from '../formats/records.ts'
import { textOf } from '../package-scope.ts'

export const booleanType: SsisType = { name: 'DT_BOOL' }

/** An attribute: a column of the row, and the column of the dimension that it is compared with. */
export interface Attribute {
	readonly left: string
	readonly right: BufferColumn
}

/** By `ColumnType` of the input column. */
const kinds = [undefined, 'key', 'changing', 'historical', 'fixed'] as const

export type AttributeKind = 'key' | 'changing' | 'historical' | 'fixed'
export type Attributes = Readonly<Record<AttributeKind, readonly Attribute[]>>

export function attributesOf(input: InputRecord, arriving: Buffer): Attributes | Refusal {
	const found: Record<AttributeKind, Attribute[]> = { key: [], changing: [], historical: [], fixed: [] }
	for (const column of input.columns) {
		const kind = kinds[whole(column.properties.get('ColumnType'), 0)]
		if (kind === undefined) continue
		const source = byLineage(arriving, column.lineage)
		const external = input.external.find((one) => one.id === column.externalId)
		if (source === undefined) return refuse(`column ${column.name} does not arrive`)
		if (external === undefined) return refuse(`column ${source.name} meets no column of the dimension`)
		const type = external.type.dataType === '' ? source.type : typeOf(external.type)
		found[kind].push({ left: source.name, right: { lineage: external.id, name: external.name, type, sortKey: 0 } })
	}
	return found.key.length === 0 ? refuse('it has no business key') : found
}

interface Dimension {
	readonly read: ReadOperator
	readonly columns: Buffer
}

/** The records that are current: those of the statement for which `CurrentRowWhere` holds. */
export function readDimension(
	context: ComponentContext,
	attributes: Attributes,
	indicator: string | undefined,
): Dimension | Refusal {
	const connection = connectionOf(context)
	const statement = context.text('SqlCommand')
	const current = context.component.properties.get('CurrentRowWhere')?.trim() ?? ''
	if (connection === undefined || statement.stored.trim() === '')
		return refuse('its connection manager or statement is not there')
	if (statement.value.expression.kind !== 'literal') return refuse('an expression makes its statement')
	const sql = statement.stored.replace(/[\s;]+$/, '')
	if (current !== '' && /\b(?:where|group|order|union|having)\b/i.test(skeleton(sql)))
		return refuse('the condition for its current records cannot be added to its statement')
	const text = current === '' ? sql : `${sql} WHERE ${current}`
	const compared = (['key', 'changing', 'historical', 'fixed'] as const).flatMap((kind) =>
		attributes[kind].map(({ right }) => right),
	)
	const inferred: Buffer =
		indicator === undefined || indicator === ''
			? []
			: [{ lineage: indicator, name: indicator, type: booleanType, sortKey: 0 }]
	const names = new Set<string>()
	const columns = [...compared, ...inferred].filter(({ name }) => !names.has(name) && names.add(name))
	const read: ReadOperator = {
		...base(context, 'dimension'),
		kind: 'read',
		source: {
			kind: 'query',
			connection: connectionName(connection),
			sql: textOf(text),
			parameters: [],
			form: queryForm(text, dialectOf(connection)),
		},
		schema: schemaOf(columns),
	}
	return { read, columns }
}
