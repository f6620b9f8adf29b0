/** Records of fields that end each in its own way. */
import { characterCount, sliceCharacters } from './code-points.ts'
import type { FieldEnd, TextLayout } from './places.ts'

/** Characters of a record whose fields all have a width. */
export const recordWidth = (fields: readonly FieldEnd[]): number =>
	fields.reduce((sum, field) => sum + (field.kind === 'width' ? field.width : 0), 0)

/** Characters of the field at that place; undefined where a delimiter ends it. */
export function fieldWidth({ fields }: TextLayout, at: number): number | undefined {
	const end = fields?.[at]
	return end?.kind === 'width' ? end.width : undefined
}

/** Is the record long enough for all fields that have a width, and does it hold the delimiters of the others, in their order? */
export const fillsFields = (record: string, fields: readonly FieldEnd[]): boolean =>
	characterCount(record) >= recordWidth(fields) && holdsDelimiters(record, innerDelimiters(fields))

/** Delimiters that end a field other than the last one. */
export const innerDelimiters = (fields: readonly FieldEnd[]): readonly string[] =>
	fields.slice(0, -1).flatMap((field) => (field.kind === 'delimiter' ? [field.delimiter] : []))

function holdsDelimiters(record: string, delimiters: readonly string[]): boolean {
	let at = 0
	for (const delimiter of delimiters) {
		const found = record.indexOf(delimiter, at)
		if (found < 0) return false
		at = found + delimiter.length
	}
	return true
}

/** A field of a width is filled up with blanks to it, or cut. The last delimiter is that of the record. */
export function joinFields(fields: readonly string[], { delimiter, fields: ends }: TextLayout): string {
	if (ends === undefined) return fields.join(delimiter)
	return fields
		.map((field, index) => {
			const end = ends[index]
			if (end?.kind === 'width') return toWidth(field, end.width)
			return index === fields.length - 1 ? field : field + (end?.delimiter ?? '')
		})
		.join('')
}

function toWidth(text: string, width: number): string {
	const missing = width - characterCount(text)
	return missing < 0 ? sliceCharacters(text, 0, width) : text + ' '.repeat(missing)
}
