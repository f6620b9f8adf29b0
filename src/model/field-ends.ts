/** Records of fields that end each in its own way. */
import { characterCount, sliceCharacters } from './code-points.ts'
import type { FieldEnd, TextLayout } from './places.ts'

/** Characters of a record whose fields all have a width. */
export const recordWidth = (fields: readonly FieldEnd[]): number =>
	fields.reduce((sum, field) => sum + (field.kind === 'width' ? field.width : 0), 0)

/** Is the record long enough for all fields that have a width? */
export const fillsWidths = (record: string, fields: readonly FieldEnd[]): boolean =>
	characterCount(record) >= recordWidth(fields)

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
