/** Vectors and sub-records among the columns of a link (IBM: Complex data types; column definitions). */
import type { DataType } from '#model/types.ts'
import { isNested, record, vector } from '#model/types.ts'
import type { DsColumn } from './columns.ts'
import type { Stream } from './flow.ts'
import type { Stage, StageLink } from './structure.ts'

/** Folds columns that belong to a sub-record into it, and makes vectors of those that occur several times. */
export function foldColumns(columns: readonly DsColumn[]): readonly DsColumn[] {
	const folded: DsColumn[] = []
	for (let at = 0; at < columns.length; ) {
		const one = columns[at]
		if (one === undefined) break
		const after = columns.slice(at + 1)
		const end = after.findIndex((other) => levelOf(other) <= levelOf(one))
		const inside = end < 0 ? after : after.slice(0, end)
		folded.push(withParts(one, foldColumns(inside)))
		at += 1 + inside.length
	}
	return folded
}

const levelOf = ({ nesting }: DsColumn): number => nesting?.level ?? 0

function withParts(column: DsColumn, parts: readonly DsColumn[]): DsColumn {
	const { level = 0, occurs = 0, varies = false, tagged = false } = column.nesting ?? {}
	if (parts.length === 0 && !varies && occurs <= 1) return column
	const fields = parts.map(({ name, type, nullable }) => ({ name: ownName(name, column.name), type, nullable }))
	const type: DataType = fields.length === 0 ? column.type : record(fields)
	const nesting = { level, occurs, varies, tagged: tagged || parts.some((part) => part.nesting?.tagged === true) }
	if (!varies && occurs <= 1) return { ...column, type, nesting }
	// A vector as a whole is never null; that the column may be says that its elements may.
	const nullable = fields.length === 0 && column.nullable
	return { ...column, type: vector(type, nullable, varies ? undefined : occurs), nullable: false, nesting }
}

/** Columns of a sub-record may be called `first.amount` below `first`, to tell equal names apart (IBM: Compare stage). */
function ownName(name: string, parent: string): string {
	return name.toLowerCase().startsWith(`${parent.toLowerCase()}.`) ? name.slice(parent.length + 1) : name
}

/**
 * Do two types hold the same by name and kind? Lengths, digits and nulls are brought along by the values, and so is whether
 * it is a vector: the documents define the sub-records that Combine Records makes without it, and ISX archives do not tell.
 */
export const sameShape = (left: DataType, right: DataType): boolean => shapeOf(left) === shapeOf(right)

function shapeOf(type: DataType): string {
	if (type.kind === 'vector') return shapeOf(type.element)
	if (type.kind !== 'record')
		return type.kind === 'int' || type.kind === 'float' ? `${type.kind}${type.bits}` : type.kind
	const fields = type.fields.map((field) => `${field.name.toLowerCase()} ${shapeOf(field.type)}`)
	return `(${fields.toSorted().join(',')})`
}

/** Columns of a copybook have level numbers, too, but leave a Complex Flat File one beside the other. */
export const hasLevels = ({ type }: Stage): boolean => type !== 'PxCFF' && type !== 'PxzOSFile'

/** Stages that give columns on whatever they hold, or are made to put them together and take them apart. */
const carrying: ReadonlySet<string> = new Set([
	'CTransformerStage',
	'PxCombineRecords',
	'PxCompare',
	'PxCopy',
	'PxDataSet',
	'PxFilter',
	'PxFunnel',
	'PxHead',
	'PxJoin',
	'PxLookup',
	'PxMakeSubRec',
	'PxMakeVect',
	'PxModify',
	'PxPeek',
	'PxPromoteSubRec',
	'PxRemDup',
	'PxSample',
	'PxSort',
	'PxSplitSubRec',
	'PxSplitVect',
	'PxSwitch',
	'PxTail',
])

/** Why a stage cannot do with the vectors and sub-records on its links; undefined where there is nothing of the kind. */
export function nestedProblem(
	stage: Stage,
	inputs: readonly { readonly stream: Stream }[],
	outputs: readonly { readonly link: StageLink }[],
): string | undefined {
	const tagged = outputs.flatMap(({ link }) => link.columns).find(({ nesting }) => nesting?.tagged === true)
	if (tagged !== undefined)
		return `its column ${tagged.name} holds a tagged sub-record, whose fields differ from row to row; make a column of each of them, which may be null`
	if (carrying.has(stage.type)) return undefined
	const arriving = inputs.flatMap(({ stream }) => stream.schema.columns).find(({ type }) => isNested(type))
	const leaving = outputs.flatMap(({ link }) => link.columns).find(({ type }) => isNested(type))
	const nested = arriving ?? leaving
	if (nested === undefined) return undefined
	const what = nested.type.kind === 'vector' ? 'vector' : 'sub-record'
	return `its column ${nested.name} is a ${what}, which it is not known to take; split it before this stage, or keep it in a data set`
}
