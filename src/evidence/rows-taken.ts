/** Rows that a script kept in a variable, or gave to a statement one by one: seen by the engine in calls of printed helpers. */
import type { Effect, HelperFixture } from '#engines/port.ts'
import type { JsonObject, JsonValue } from '#model/json-values.ts'
import { decodeValue } from '#model/json-values.ts'
import type { Schema } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import type { FlowOutput } from '#reference/context.ts'

/** Helpers that take rows. `keep_rows` still does what it does, for loops go over what it gives. */
const rowHelpers = { keep: 'keep_rows', run: 'for_each_row', append: 'append_workbook', files: 'write_files' } as const

export const rowFixtures: readonly HelperFixture[] = [
	{ name: rowHelpers.keep, answers: [], otherwise: { kind: 'original' } },
	{ name: rowHelpers.run, answers: [], otherwise: { kind: 'value', value: null } },
	{ name: rowHelpers.append, answers: [], otherwise: { kind: 'value', value: null } },
	{ name: rowHelpers.files, answers: [], otherwise: { kind: 'value', value: null } },
]

/**
 * All rows that went where the output's went, over the whole run.
 *
 * @param path where a workbook, or the folder of files, is in this run
 */
export function rowsTaken(
	{ kind, place, schema }: FlowOutput,
	effects: readonly Effect[],
	path = place,
): readonly Row[] {
	return effects.flatMap(({ helper, args }) => {
		const isCall =
			kind === 'rows'
				? helper === rowHelpers.keep && args['variable'] === place
				: kind === 'workbook'
					? helper === rowHelpers.append && args['path'] === path
					: kind === 'row-files'
						? helper === rowHelpers.files && args['folder'] === path
						: helper === rowHelpers.run &&
							plain(`${text(args['connection'])}:${text(args['statement'])}`) === plain(place)
		return isCall ? frameRows(args['frame'] ?? null, schema) : []
	})
}

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')

/** White space between words of SQL does not matter. */
const plain = (statement: string): string => statement.replace(/\s+/g, ' ').trim()

/** A frame as the log of effects has it: names and Spark types of its columns, values as texts. */
function frameRows(frame: JsonValue, schema: Schema): readonly Row[] {
	// The worker is ours: python/effects.py writes what is read here.
	const { columns, rows } = frame as unknown as {
		readonly columns: readonly JsonObject[]
		readonly rows: readonly (readonly (string | null)[])[]
	}
	const names = columns.map(({ name }) => text(name))
	return rows.map((row) =>
		Object.fromEntries(
			schema.columns.map(({ name, type }): [string, Value] => {
				const value = row[names.indexOf(name)] ?? null
				return [name, decodeValue(type.kind === 'boolean' && value !== null ? value === 'true' : value, type)]
			}),
		),
	)
}
