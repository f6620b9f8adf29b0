/** A record cut where fields that somebody takes begin and end: a field that no other overlaps is one piece. */
import type { Expression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import { columnExpression, concatenate } from '../../expressions.ts'
import type { FieldPlace } from '../../fixed-fields.ts'

/** A field under the name of its column. */
export interface NamedPlace {
	readonly name: string
	readonly at: number
	readonly width: number
}

export interface Pieces {
	readonly places: readonly FieldPlace[]
	/** The bytes of a field. */
	bytesOf(field: NamedPlace): Expression
}

export function cutRecord(fields: readonly NamedPlace[], width: number): Pieces {
	const cuts = [...new Set([0, width, ...fields.flatMap((field) => [field.at, field.at + field.width])])].toSorted(
		(a, b) => a - b,
	)
	const pieces = cuts.slice(0, -1).map((at, index): NamedPlace => {
		const end = cuts[index + 1] ?? width
		const here = fields.filter((field) => field.at < end && field.at + field.width > at)
		const [whole, ...others] = here.filter((field) => field.at === at && field.at + field.width === end)
		const isAlone =
			whole !== undefined && others.length + 1 === here.length && others.every(({ name }) => name === whole.name)
		return { name: isAlone ? whole.name : freeName(fields, `bytes_${at + 1}_to_${end}`), at, width: end - at }
	})
	return {
		places: pieces.map((piece) => ({ kind: 'column', name: piece.name, width: piece.width })),
		bytesOf: ({ at, width: size }) =>
			concatenate(
				pieces
					.filter((piece) => piece.at >= at && piece.at < at + size)
					.map(({ name }) => columnExpression({ name, type: text() })),
			),
	}
}

const freeName = (fields: readonly NamedPlace[], wanted: string): string =>
	fields.some(({ name }) => name.toLowerCase() === wanted) ? freeName(fields, `${wanted}_`) : wanted
