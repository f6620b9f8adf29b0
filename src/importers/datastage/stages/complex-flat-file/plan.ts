/** Which fields of which records become columns, and what these are called between the file and the output links. */
import type { StageContext, StageOutput } from '../../stage-context.ts'
import type { Pieces } from './pieces.ts'
import { cutRecord } from './pieces.ts'
import type { PlacedField } from './places.ts'
import { placeRecord } from './places.ts'
import type { CobolRecord } from './records.ts'
import type { Encoding } from './values.ts'
import { readEncoding } from './values.ts'

/** A field that somebody takes. */
export interface TakenField {
	readonly place: PlacedField
	readonly record: CobolRecord
	/** Of its column: that of the field, unless fields of two records have the same. */
	readonly name: string
	readonly at: number
	readonly width: number
}

export interface Plan {
	readonly records: readonly CobolRecord[]
	readonly taken: readonly TakenField[]
	readonly pieces: Pieces
	readonly encoding: Encoding
	/** Is a number among the fields that is no text? */
	readonly isBinary: boolean
}

export function readPlan(context: StageContext, records: readonly CobolRecord[], links: readonly StageOutput[]): Plan {
	const placed = records.map((record) => ({ record, ...placeRecord(context, record) }))
	const widths = [...new Set(placed.map(({ width }) => width))]
	if (widths.length > 1) context.refuse(`its records have different lengths: ${widths.join(', ')}`)
	const encoding = readEncoding(context)
	const every = placed.flatMap((one) => one.placed.map((place) => ({ place, record: one.record })))
	const taken = every
		.filter(({ place, record }) => isTaken(place, record, links))
		.map(({ place, record }): TakenField => {
			const { name } = place.field.column
			if (place.repeats) context.refuse(`${name} occurs several times, and an output link takes it`)
			const isShared = every.some((other) => other.record !== record && alike(other.place, name))
			const own = isShared ? `${name}_of_${record.name}` : name
			return { place, record, name: own, at: place.at, width: place.width }
		})
	return {
		records,
		taken,
		encoding,
		pieces: cutRecord(
			taken.map(({ place, at, width }) => ({ name: place.field.column.name, at, width })),
			widths[0] ?? 1,
		),
		isBinary: every.some(({ place }) => /^(?:DECIMAL|BINARY|NATIVE_BINARY|FLOAT)$/.test(place.field.nativeType)),
	}
}

const alike = ({ field }: PlacedField, name: string): boolean => field.column.name.toLowerCase() === name.toLowerCase()

/** A link takes a field as a column, or in its constraint; what tells records apart is taken always. */
function isTaken(place: PlacedField, record: CobolRecord, links: readonly StageOutput[]): boolean {
	const { name } = place.field.column
	if (record.id !== undefined && alike(place, record.id.column)) return true
	const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'i')
	return links.some(
		({ link, pin }) =>
			link.columns.some((column) => alike(place, column.name)) ||
			(!place.repeats && word.test(pin.properties.get('predicate') ?? '')),
	)
}
