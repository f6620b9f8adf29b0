/** Records of a Complex Flat File stage as the export describes them. */
import type { DsColumn } from '../../columns.ts'
import { isSet, numberOf, readColumns, textOf } from '../../columns.ts'
import type { StageContext } from '../../stage-context.ts'

export interface CobolField {
	readonly column: DsColumn
	/** `CHARACTER`, `DISPLAY_NUMERIC`, `DECIMAL` (COMP-3), `BINARY` (COMP), `NATIVE_BINARY` (COMP-5), `GROUP` … */
	readonly nativeType: string
	/** Characters or digits. */
	readonly length: number
	readonly scale: number
	readonly signed: boolean
	/** 0: none; 1 leading, 2 trailing, 3 leading separate, 4 trailing separate. */
	readonly sign: number
	readonly level: number
	readonly occurs: number
	/** The field that it stands over. */
	readonly redefines: string
}

/** What tells a record from those of other types. */
export interface RecordId {
	readonly column: string
	readonly value: string
}

export interface CobolRecord {
	readonly name: string
	readonly id: RecordId | undefined
	readonly fields: readonly CobolField[]
}

/** Empty where the export does not hold them. */
export function readRecords(context: StageContext): readonly CobolRecord[] {
	const { collections } = context.stage.record
	const fields = collections.get('CobolFields') ?? []
	const columns = readColumns(fields, context.provenance(), (diagnostic) => context.report(diagnostic))
	if (columns.length !== fields.length) context.refuse('a column of its records has no name')
	return (collections.get('CobolRecords') ?? []).map(({ values }, number) => ({
		name: textOf(values, 'Name'),
		id: idOf(context, values),
		fields: columns.flatMap((column, at) => {
			const field = fields[at]?.values ?? new Map<string, string>()
			return numberOf(field, 'Record') === number ? [readField(context, column, field)] : []
		}),
	}))
}

/** IBM: record ID constraints are simple equalities of a column and a value. */
function idOf(context: StageContext, values: ReadonlyMap<string, string>): RecordId | undefined {
	const column = textOf(values, 'IdColumn')
	if (column === '') return undefined
	const relation = textOf(values, 'IdRelation') || '='
	if (relation !== '=') context.refuse(`a record is told by the relation "${relation}"`)
	return { column, value: textOf(values, 'IdValue') }
}

function readField(context: StageContext, column: DsColumn, values: ReadonlyMap<string, string>): CobolField {
	const { name } = column
	if (textOf(values, 'DependingOn') !== '') context.refuse(`${name} occurs as often as another column says`)
	if (textOf(values, 'DateMask') !== '') context.refuse(`${name} is a date by the mask ${textOf(values, 'DateMask')}`)
	if (isSet(values, 'Synchronized')) context.refuse(`${name} stands at a boundary of words (SYNCHRONIZED)`)
	return {
		column,
		nativeType: textOf(values, 'NativeType'),
		length: numberOf(values, 'Precision'),
		scale: numberOf(values, 'Scale'),
		signed: isSet(values, 'Signed'),
		sign: numberOf(values, 'SignOption'),
		level: numberOf(values, 'LevelNo'),
		occurs: Math.max(1, numberOf(values, 'Occurs')),
		redefines: textOf(values, 'Redefines'),
	}
}
