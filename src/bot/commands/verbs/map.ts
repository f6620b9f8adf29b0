import { relocate } from '#generators/glue/plan/places.ts'
import { columnKey, isColumnName, isTableName, nameKey } from '#model/table-names.ts'
import { code } from '#publish/markdown.ts'
import type { Act, Command } from '../command.ts'
import { decide } from '../decide.ts'
import type { UnitFacts } from '../unit-files.ts'
import { candidates, factsOf, inUnit, unitsFor } from '../units.ts'
import { wordsFor } from '../words.ts'

/** `/migrate map OLD=NEW`: where something is now, or what it is called there. */
export const map = {
	takes: '[path:|connection:|table:|column:]OLD=NEW [--unit UNIT]',
	does: 'says where a path, a connection, a table or a column of the export is now',
	examples: [
		'/migrate map /data/in/=s3://acme-landing/',
		'/migrate map connection:ORACLE_DW=dw',
		'/migrate map table:DWH.CUSTOMERS=sales.customers',
		'/migrate map column:DWH.CUSTOMERS.CUST_NO=customer_id',
	],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [1, 1], options: { unit: 'value' } }, ({ values: [text = ''], options }) => {
		const wish = wishOf(text)
		const problem =
			typeof wish === 'string' ? wish : wish.kind === undefined ? undefined : wrongName(wish.kind, wish.to)
		if (typeof wish === 'string' || problem !== undefined) return { problem: problem ?? '' }
		return { act: act(wish, options.get('unit')) }
	}),
} as const satisfies Command

const kinds = ['path', 'connection', 'table', 'column'] as const
type Kind = (typeof kinds)[number]

interface Mapping {
	readonly kind: Kind
	readonly from: string
	readonly to: string
}

/** What somebody wrote; without a kind the unit's files tell which is meant. */
type Wish = Omit<Mapping, 'kind'> & { readonly kind: Kind | undefined }

function wishOf(text: string): Wish | string {
	const match = /^(?:(path|connection|table|column):)?([^=]+)=(.+)$/is.exec(text)
	const [, prefix, from = '', to = ''] = match ?? []
	if (match === null) return `${code(text)} is no \`OLD=NEW\``
	const looksLikePath = /[\\/]/.test(from) || to.startsWith('s3://')
	return {
		kind: kinds.find((kind) => kind === prefix?.toLowerCase()) ?? (looksLikePath ? 'path' : undefined),
		from,
		to,
	}
}

function wrongName(kind: Kind, to: string): string | undefined {
	if (kind === 'connection' && !/^[A-Za-z0-9_.-]+$/.test(to))
		return `${code(to)} is no name of a Glue connection: those have letters, digits, \`_\`, \`.\` and \`-\` only`
	if (kind === 'table' && !isTableName(to))
		return `${code(to)} is no name of a table such as ${code('sales.orders')}; put quotes around a part with blanks: ${code('dbo.[Order Lines]')}`
	if (kind === 'column' && !isColumnName(to))
		return `${code(to)} is no name of a column: give it without quotes around it`
	return undefined
}

const act = (wish: Wish, wanted: string | undefined): Act =>
	inUnit(async (scene, talk) => {
		const units = unitsFor(talk, wanted)
		if (units.kind === 'refused') return units
		const facts = await factsOf(scene, talk, units.names)
		const mapping = asSpelled({ ...wish, kind: wish.kind ?? kindOf(wish.from, facts) }, facts)
		const why = withoutEffect(mapping, facts) ?? clash(mapping, facts)
		if (why !== undefined) return { kind: 'refused', why }
		const wrong = wrongName(mapping.kind, mapping.to)
		if (wrong !== undefined) return { kind: 'refused', why: `It cannot be done like that: ${wrong}.` }
		return decide(scene, talk, new Map(units.names.map((unit) => [unit, [{ list: 'mappings', entry: mapping }]])))
	})

function kindOf(from: string, { connections, tables }: UnitFacts): Kind {
	if (connections.includes(from)) return 'connection'
	if (tables.some(({ name }) => nameKey(name) === nameKey(from))) return 'table'
	return columnsOf(tables).some((column) => nameKey(column) === nameKey(from)) ? 'column' : 'connection'
}

/** A table or column by the name that the export has for it, so that there is one entry for each in `decisions.yml`. */
function asSpelled({ kind, from, to }: Mapping, { tables }: UnitFacts): Mapping {
	const known = kind === 'table' ? tables.map(({ name }) => name) : kind === 'column' ? columnsOf(tables) : []
	return { kind, from: known.find((name) => nameKey(name) === nameKey(from)) ?? from, to }
}

const columnsOf = (tables: UnitFacts['tables']): readonly string[] =>
	tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`))

/** A mapping that nothing follows from is a slip: it would be believed to hold. */
function withoutEffect({ kind, from, to }: Mapping, { connections, paths, tables }: UnitFacts): string | undefined {
	switch (kind) {
		case 'path':
			if (paths.some((path) => relocate(path, { [from]: to }) !== undefined)) return undefined
			return `No path of a job here begins with ${code(from)}.${candidates(from, paths)}`
		case 'connection':
			if (connections.includes(from)) return undefined
			return `No job here uses a connection ${code(from)}.${candidates(from, connections)}`
		case 'table': {
			if (tables.some(({ name }) => nameKey(name) === nameKey(from))) return undefined
			const names = tables.map(({ name }) => name)
			return `No job here reads or writes a table ${code(from)} by its name; those inside statements stay as they are.${candidates(from, names)}`
		}
		case 'column': {
			if (tables.some((table) => table.columns.some((column) => columnKey(table.name, column) === nameKey(from))))
				return undefined
			return `No job here reads or writes a column ${code(from)}; it is written \`TABLE.COLUMN\`.${candidates(from, columnsOf(tables))}`
		}
	}
}

/** Two columns of one table cannot have one name. */
function clash({ kind, from, to }: Mapping, { tables }: UnitFacts): string | undefined {
	if (kind !== 'column') return undefined
	const others = tables
		.filter((table) => table.columns.some((column) => columnKey(table.name, column) === nameKey(from)))
		.flatMap(({ name, columns, renamed }) =>
			columns
				.filter((column) => columnKey(name, column) !== nameKey(from))
				.map((column) => renamed.get(column) ?? column),
		)
	return others.some((column) => column.toLowerCase() === to.toLowerCase())
		? `The table has another column ${code(to)}.`
		: undefined
}
