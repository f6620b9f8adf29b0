/** Records whose columns have places and widths instead of delimiters: where each stands, and what lies between. */
import type { FieldEnd } from '#model/places.ts'
import type { DataType } from '#model/types.ts'
import type { DsColumn } from './columns.ts'
import type { StageContext } from './stage-context.ts'

type Properties = ReadonlyMap<string, string>

/** A column of the record, or characters that belong to none. */
export type FieldPlace =
	| { readonly kind: 'column'; readonly name: string; readonly width: number }
	| { readonly kind: 'gap'; readonly name: string; readonly width: number; readonly fill: string }

/** Columns follow each other, or stand where `position` says, which counts from 0; `record_length` fills up the end. */
export function placeFields(
	context: StageContext,
	columns: readonly DsColumn[],
	owns: readonly Properties[],
	record: Properties,
): { readonly fields: readonly FieldEnd[]; readonly places: readonly FieldPlace[] } {
	const places: FieldPlace[] = []
	let at = 0
	const gapTo = (wanted: number): void => {
		if (wanted <= at) return
		const number = places.filter(({ kind }) => kind === 'gap').length + 1
		places.push({ kind: 'gap', name: gapName(columns, number), width: wanted - at, fill: fillOf(context, record) })
		at = wanted
	}
	for (const [index, column] of columns.entries()) {
		const own: Properties = owns[index] ?? new Map<string, string>()
		const position = own.get('position')
		if (position !== undefined && !/^\d+$/.test(position))
			context.refuse(`the column ${column.name} stands where the field ${position} does`)
		if (Number(position) < at) context.refuse(`the column ${column.name} overlaps the one before`)
		gapTo(Number(position ?? at) || at)
		const pad = own.get('padchar') ?? record.get('padchar') ?? ' '
		if (pad !== ' ' && pad !== 'space' && pad !== '32') context.refuse(`${column.name} is filled up with "${pad}"`)
		const width = widthOf(context, column, own, record)
		places.push({ kind: 'column', name: column.name, width })
		at += width
	}
	const length = record.get('record_length') ?? 'fixed'
	if (/^\d+$/.test(length)) {
		if (Number(length) < at) context.refuse(`its columns take ${at} characters of a record of ${length}`)
		gapTo(Number(length))
	} else if (length !== 'fixed') context.refuse(`its record length is ${length}`)
	return { fields: places.map(({ width }): FieldEnd => ({ kind: 'width', width })), places }
}

function gapName(columns: readonly DsColumn[], number: number): string {
	const name = `gap_${number}`
	return columns.some((column) => column.name.toLowerCase() === name) ? gapName(columns, number + 100) : name
}

/** IBM: Format tab, Fill char: a null character unless set. */
function fillOf(context: StageContext, record: Properties): string {
	const fill = record.get('fill') ?? 'null'
	if (fill === 'null' || fill === '0') return '\0'
	if (fill === 'space' || fill === '32') return ' '
	if (fill.length !== 1) context.refuse(`gaps of its records are filled with "${fill}"`)
	return fill
}

/**
 * The width that the column says, that of a character column, or that of the one text form that the type has
 * (IBM: Format tab; a decimal is written with a sign and all of its digits).
 */
function widthOf(context: StageContext, { name, type }: DsColumn, own: Properties, record: Properties): number {
	const written = own.get('width') ?? record.get('width')
	if (written !== undefined) {
		if (!/^[1-9]\d*$/.test(written)) context.refuse(`the width of column ${name} is "${written}"`)
		return Number(written) || 1
	}
	const format = own.get(`${type.kind}_format`) ?? record.get(`${type.kind}_format`)
	const width = type.kind === 'string' ? (type.fixed ? type.length : undefined) : textWidth(type, format)
	if (width === undefined) context.refuse(`its columns have fixed widths (delim=none), and ${name} names none`)
	return width ?? 1
}

/** Characters of the one form that a type is written in; undefined: it has several. */
export function textWidth(type: DataType, format: string | undefined): number | undefined {
	if (type.kind === 'decimal') return type.precision + 1 + (type.scale > 0 ? 1 : 0)
	const usual = { date: '%yyyy-%mm-%dd', time: '%hh:%nn:%ss', timestamp: '%yyyy-%mm-%dd %hh:%nn:%ss' }
	if (type.kind !== 'date' && type.kind !== 'time' && type.kind !== 'timestamp') return undefined
	const text = (format ?? usual[type.kind]).replaceAll(/%yyyy/g, '0000').replaceAll(/%(?:yy|mm|dd|hh|nn|ss)/g, '00')
	return text.includes('%') ? undefined : text.length
}

/** A null field is as wide as its field. */
export function filled(
	nullField: string | undefined,
	fields: readonly FieldEnd[],
	places: readonly FieldPlace[],
	name: string,
): string | undefined {
	const field = fields[places.findIndex((place) => place.kind === 'column' && place.name === name)]
	return field?.kind === 'width' ? nullField?.padEnd(field.width) : nullField
}

export function declareWidths(context: StageContext): void {
	context.differ('RG-D095', 'Its columns have fixed widths.')
}
