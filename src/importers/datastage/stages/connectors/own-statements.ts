/** INSERT, UPDATE and DELETE statements that a stage holds itself, where they say no more than a write mode does. */
import type { TableMode } from '#model/places.ts'
import type { StageContext, StageInput } from '../../stage-context.ts'
import type { Settings } from './settings.ts'
import { bare } from './sql-text.ts'

export interface OwnTarget {
	readonly name: string
	/** Column of the table → column of the link. */
	readonly columns: ReadonlyMap<string, string>
	/** Columns of the table that find rows. */
	readonly keys: readonly string[]
}

const statementNames = { insert: 'InsertStatement', update: 'UpdateStatement', delete: 'DeleteStatement' } as const

/** Statements that a mode runs for a row. */
const parts: Readonly<Record<TableMode, readonly (keyof typeof statementNames)[]>> = {
	insert: ['insert'],
	update: ['update'],
	delete: ['delete'],
	'insert-update': ['insert', 'update'],
	'update-insert': ['insert', 'update'],
	'delete-insert': ['insert', 'delete'],
	'insert-new': ['insert'],
	'insert-allowed': ['insert'],
}

/** What the statements of the mode say together; the stage is refused where they say more, or contradict each other. */
export function ownStatement(
	context: StageContext,
	input: StageInput,
	settings: Settings,
	mode: TableMode,
): OwnTarget | undefined {
	const parsed = parts[mode].map((kind) => parse(settings.text(`Usage/SQL/${statementNames[kind]}`)))
	const [first] = parsed
	const marked = input.link.columns.filter(({ key }) => key === true).map(({ name }) => name)
	if (first === undefined || parsed.some((one) => one?.name.toLowerCase() !== first.name.toLowerCase())) {
		context.refuse('it runs statements of its own that do more than put values of the row into columns')
		return undefined
	}
	const all = parsed.flatMap((one) => (one === undefined ? [] : [one]))
	const columns = new Map(all.flatMap((one) => [...one.columns]))
	const keys = all.map((one) => one.keys).find((one) => one.length > 0) ?? marked
	const agree = all.every(
		(one) =>
			(one.keys.length === 0 || one.keys.join().toLowerCase() === keys.join().toLowerCase()) &&
			[...one.columns].every(([name, from]) => columns.get(name) === from),
	)
	// An update that sets less than the insert beside it is another thing than the write mode of its name.
	const isWhole = all.every((one) => one.kind === 'delete' || one.columns.size === columns.size)
	if (!agree || !isWhole) context.refuse('its own statements do not put the same values into the same columns')
	return { name: first.name, columns, keys }
}

interface Parsed extends OwnTarget {
	readonly kind: 'insert' | 'update' | 'delete'
}

const name = String.raw`[\w$#@."]+`
const value = String.raw`:?orchestrate\.(\w+)`

function parse(sql: string): Parsed | undefined {
	const text = bare(sql).trim()
	const insert = new RegExp(String.raw`^insert\s+into\s+(${name})\s*\(([^()]*)\)\s*values\s*\(([^()]*)\)$`, 'is').exec(
		text,
	)
	if (insert !== null) {
		const names = (insert[2] ?? '').split(',').map((one) => one.trim())
		const values = (insert[3] ?? '').split(',').map((one) => new RegExp(`^${value}$`, 'i').exec(one.trim())?.[1])
		if (names.length !== values.length || values.includes(undefined)) return undefined
		const columns = new Map(names.map((one, index) => [one, values[index] ?? '']))
		return { kind: 'insert', name: insert[1] ?? '', columns, keys: [] }
	}
	const update = new RegExp(String.raw`^update\s+(${name})\s+set\s+(.*?)\s+where\s+(.*)$`, 'is').exec(text)
	if (update !== null) {
		const set = pairs((update[2] ?? '').split(','))
		const where = pairs((update[3] ?? '').split(/\s+and\s+/i))
		if (set === undefined || where === undefined) return undefined
		return { kind: 'update', name: update[1] ?? '', columns: new Map([...where, ...set]), keys: [...where.keys()] }
	}
	const gone = new RegExp(String.raw`^delete\s+from\s+(${name})\s+where\s+(.*)$`, 'is').exec(text)
	const where = gone === null ? undefined : pairs((gone[2] ?? '').split(/\s+and\s+/i))
	return where === undefined
		? undefined
		: { kind: 'delete', name: gone?.[1] ?? '', columns: where, keys: [...where.keys()] }
}

/** `COLUMN = ORCHESTRATE.NAME` for each; undefined when one says something else. */
function pairs(texts: readonly string[]): ReadonlyMap<string, string> | undefined {
	const found = texts.map((text) => new RegExp(String.raw`^(${name})\s*=\s*${value}$`, 'i').exec(text.trim()))
	if (found.includes(null)) return undefined
	return new Map(found.map((match) => [match?.[1] ?? '', match?.[2] ?? '']))
}
