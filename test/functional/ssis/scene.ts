/** Text files that are read, components between, text files that are written. */
import type { Case, FileSpec } from '../../support/ssis-case.ts'
import { packageOf } from '../../support/ssis-case.ts'
import { source, target } from '../../support/ssis-components.ts'
import type { Flow, Rows } from '../../support/ssis-flow.ts'
import { flow } from '../../support/ssis-flow.ts'
import { text } from './derived-columns.ts'

type Types = Readonly<Record<string, string>>
export const at = (name: string): string => `C:\\subjects\\${name}.txt`

export interface Scene {
	readonly name: string
	/** File → columns and lines. */
	readonly read: Readonly<
		Record<
			string,
			{ readonly columns: Types; readonly rows: readonly string[]; readonly sorted?: Readonly<Record<string, number>> }
		>
	>
	/** What happens between: rows by the file that takes them. */
	readonly does: (load: Flow, rows: Readonly<Record<string, Rows>>) => Readonly<Record<string, Rows>>
	readonly gives?: Readonly<Record<string, readonly string[]>>
	readonly fails?: string
	readonly ordered?: boolean
	readonly extra?: readonly string[]
	readonly before?: readonly Flow[]
	readonly files?: Readonly<Record<string, FileSpec>>
	readonly format?: 2 | 3 | 6 | 8
}

export function scene(one: Scene): Case {
	const load = flow('Load', one.format)
	const files: Record<string, FileSpec> = { ...one.files }
	const rows: Record<string, Rows> = {}
	for (const [name, { columns, sorted }] of Object.entries(one.read)) {
		files[name] = { path: at(name), columns, properties: { CodePage: 65001 } }
		rows[name] = source(load, `Read ${name}`, name, columns, {
			properties: { RetainNulls: 'true' },
			...(sorted === undefined ? {} : { sorted }),
		}).rows
	}
	for (const [name, given] of Object.entries(one.does(load, rows))) {
		const own = given.columns.filter((column) => column.name !== 'ErrorCode' && column.name !== 'ErrorColumn')
		target(load, `Write ${name}`, name, given, Object.fromEntries(own.map((column) => [column.name, column.name])))
		const columns = Object.fromEntries(own.map((column) => [column.name, column.type]))
		files[name] = { path: at(name), columns, properties: { CodePage: 65001 } }
	}
	return {
		name: one.name,
		package: packageOf({
			name: one.name,
			files,
			flows: [...(one.before ?? []), load],
			...(one.extra === undefined ? {} : { extra: one.extra }),
			...(one.format === undefined ? {} : { format: one.format }),
		}),
		inputs: Object.fromEntries(
			Object.entries(one.read).map(([name, { columns, rows: lines }]) => [
				at(name),
				text(Object.keys(columns).join(','), ...lines),
			]),
		),
		expected: Object.fromEntries(Object.entries(one.gives ?? {}).map(([name, lines]) => [at(name), lines])),
		...(one.fails === undefined ? {} : { fails: one.fails }),
		...(one.ordered === undefined ? {} : { ordered: one.ordered }),
		...(one.format === undefined && one.before === undefined
			? { inFormat: (format: 2 | 3 | 6) => scene({ ...one, format }).package }
			: {}),
	}
}
