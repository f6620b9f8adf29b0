/** Where the fields of a COBOL record stand, in bytes. */
import type { StageContext } from '../../stage-context.ts'
import type { CobolField, CobolRecord } from './records.ts'

export interface PlacedField {
	readonly field: CobolField
	readonly at: number
	readonly width: number
	/** It, or a group that it belongs to, occurs several times. */
	readonly repeats: boolean
	readonly isGroup: boolean
}

interface Node {
	readonly field: CobolField
	readonly children: readonly Node[]
}

/** The fields in their order, and the bytes that the record takes. */
export function placeRecord(
	context: StageContext,
	{ fields }: CobolRecord,
): { readonly placed: readonly PlacedField[]; readonly width: number } {
	const placed: PlacedField[] = []
	const end = placeAll(context, treeOf(fields), { at: 0, repeats: false }, placed)
	return { placed, width: end }
}

/** A field belongs to the last one before it that has a lower level number. */
function treeOf(fields: readonly CobolField[]): readonly Node[] {
	const [first] = fields
	if (first === undefined) return []
	const next = fields.findIndex(({ level }, at) => at > 0 && level <= first.level)
	const inside = fields.slice(1, next === -1 ? undefined : next)
	const rest = next === -1 ? [] : fields.slice(next)
	return [{ field: first, children: treeOf(inside) }, ...treeOf(rest)]
}

interface Start {
	readonly at: number
	readonly repeats: boolean
}

/** One behind the other; one that redefines another begins where that does. Gives the end of the furthest. */
function placeAll(
	context: StageContext,
	nodes: readonly Node[],
	{ at, repeats }: Start,
	placed: PlacedField[],
): number {
	const starts = new Map<string, number>()
	let next = at
	for (const { field, children } of nodes) {
		const over = field.redefines === '' ? undefined : starts.get(field.redefines.toLowerCase())
		if (field.redefines !== '' && over === undefined)
			context.refuse(`${field.column.name} redefines ${field.redefines}, which does not stand before it in its group`)
		const start = over ?? next
		starts.set(field.column.name.toLowerCase(), start)
		const several = repeats || field.occurs > 1
		const place = placed.push({ field, at: start, width: 0, repeats: several, isGroup: children.length > 0 }) - 1
		const width =
			children.length > 0
				? placeAll(context, children, { at: start, repeats: several }, placed) - start
				: widthOf(context, field)
		placed[place] = { field, at: start, width, repeats: several, isGroup: children.length > 0 }
		next = Math.max(next, start + width * field.occurs)
	}
	return next
}

/** Bytes of a field without fields of its own (IBM: storage lengths of COBOL native types). */
function widthOf(context: StageContext, { column, nativeType, length, sign }: CobolField): number {
	switch (nativeType) {
		case 'CHARACTER':
		case 'GROUP':
			return length
		case 'DISPLAY_NUMERIC':
			return length + (sign > 2 ? 1 : 0)
		case 'DECIMAL':
			return Math.floor(length / 2) + 1
		case 'BINARY':
		case 'NATIVE_BINARY':
			return length <= 4 ? 2 : length <= 9 ? 4 : 8
		default:
			context.refuse(`the native type of column ${column.name} is ${nativeType || 'not in the export'}`)
			return 1
	}
}
