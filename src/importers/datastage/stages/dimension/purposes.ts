/**
 * Purposes of the columns of a dimension. Exports spell them in words or number them, and no document tells what the numbers
 * mean; but what a column does leaves few of the nine (IBM: Purpose code definitions, Selecting purpose codes).
 */
import type { ScdPurpose } from '#model/scd-purposes.ts'
import { scdPurposes } from '#model/scd-purposes.ts'
import { callName } from './calls.ts'

export interface PurposeFacts {
	readonly name: string
	/** As the export has it: a word, a number, or nothing. */
	readonly written: string
	/** It is part of the lookup condition. */
	readonly lookedUp: boolean
	readonly derivation: string
	readonly expire: string
	/** A date or timestamp. */
	readonly isMoment: boolean
	/** The derivation reads a column. */
	readonly isFromSource: boolean
	/** The Expire expression is a literal. */
	readonly expiresToLiteral: boolean
}

/** A number that was read from what its columns do. */
export interface ReadPurpose {
	readonly number: string
	readonly purpose: ScdPurpose
	readonly columns: readonly string[]
}

export interface Purposes {
	readonly byColumn: ReadonlyMap<string, ScdPurpose>
	readonly read: readonly ReadPurpose[]
	/** Why they are not known, or contradict the rules. */
	readonly problems: readonly string[]
}

type Told = Readonly<Record<string, ScdPurpose>>

/** @param told what numbers mean, where a team has said so */
export function readPurposes(columns: readonly PurposeFacts[], told: Told): Purposes {
	const problems: string[] = []
	const byColumn = new Map<string, ScdPurpose>()
	const numbered = new Map<string, readonly PurposeFacts[]>()
	for (const column of columns) {
		const written = column.written.trim()
		const purpose = /^\d+$/.test(written) ? toldOf(written, told) : spelled(written)
		if (purpose !== undefined) byColumn.set(column.name, purpose)
		else if (/^\d+$/.test(written)) numbered.set(written, [...(numbered.get(written) ?? []), column])
		else problems.push(`the purpose of ${column.name} is "${written}", which is none of the stage’s`)
	}
	const read = readNumbers(numbered, new Set(byColumn.values()), columns)
	const open = [...numbered].filter(([number]) => !read.some((one) => one.number === number))
	if (open.length > 0) problems.push(question(new Map(open)))
	for (const { purpose, columns: own } of read) for (const name of own) byColumn.set(name, purpose)
	return { byColumn, read, problems: [...problems, ...(problems.length === 0 ? contradictions(byColumn) : [])] }
}

/** 0 is what columns have outside of this stage, too: the blank that IBM calls the default. */
const toldOf = (number: string, told: Told): ScdPurpose | undefined => (/^0+$/.test(number) ? 'none' : told[number])

/** `Business Key`, `BUSINESS_KEY`, `Current Indicator (Type 2)`. */
function spelled(written: string): ScdPurpose | undefined {
	const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
	const own = plain(written.replace(/\(\s*type\s*2\s*\)\s*$/i, ''))
	if (own === '' || own === 'blank') return 'none'
	return scdPurposes.find((purpose) => plain(purpose) === own)
}

type Numbered = readonly [number: string, columns: readonly PurposeFacts[]]

/** Each purpose has one number, so what is known of some leaves less for the others. */
function readNumbers(
	numbered: ReadonlyMap<string, readonly PurposeFacts[]>,
	spelledOut: ReadonlySet<ScdPurpose>,
	columns: readonly PurposeFacts[],
): readonly ReadPurpose[] {
	const read: ReadPurpose[] = []
	const known = new Set(spelledOut)
	const open = new Map(numbered)
	const take = ([number, own]: Numbered, purpose: ScdPurpose): void => {
		read.push({ number, purpose, columns: own.map(({ name }) => name) })
		known.add(purpose)
		open.delete(number)
	}
	const conduct = [...numbered].map((one) => ({ one, purpose: byConduct(one[1]) }))
	for (const { one, purpose } of conduct) {
		const alike = conduct.filter((other) => other.purpose === purpose)
		if (purpose !== undefined && alike.length === 1 && !spelledOut.has(purpose)) take(one, purpose)
	}
	const keepsHistory = columns.some(({ expire }) => expire !== '')
	for (let next = nextOf(open, keepsHistory, known); next !== undefined; next = nextOf(open, keepsHistory, known))
		take(next.one, next.purpose)
	return read
}

/** A number for which one purpose is left, and no other number wants the same; or the only one that can be Type 2 where one has to be. */
function nextOf(
	open: ReadonlyMap<string, readonly PurposeFacts[]>,
	keepsHistory: boolean,
	known: ReadonlySet<ScdPurpose>,
): { readonly one: Numbered; readonly purpose: ScdPurpose } | undefined {
	const left = [...open].map((one) => ({ one, purposes: possible(one[1], keepsHistory, known) }))
	const single = left.filter(({ purposes }) => purposes.length === 1)
	const decided = single.find((one) => single.filter(({ purposes }) => purposes[0] === one.purposes[0]).length === 1)
	const [purpose] = decided?.purposes ?? []
	if (decided !== undefined && purpose !== undefined) return { one: decided.one, purpose }
	const [two, ...others] = left.filter(({ purposes }) => purposes.includes('type-2'))
	return keepsHistory && two !== undefined && others.length === 0 ? { one: two.one, purpose: 'type-2' } : undefined
}

/** The one purpose whose columns do what these do. */
function byConduct(columns: readonly PurposeFacts[]): ScdPurpose | undefined {
	const [only, ...others] = columns
	const calls = columns.map(({ derivation }) => callName(derivation))
	if (calls.every((call) => call === 'nextskchain' || call === 'prevskchain')) return 'sk-chain'
	if (columns.every(({ lookedUp }) => lookedUp)) return 'business-key'
	if (only === undefined || others.length > 0) return undefined
	if (calls[0] === 'nextsurrogatekey') return 'surrogate-key'
	if (only.expire !== '')
		return only.isMoment ? 'expiration-date' : only.expiresToLiteral ? 'current-indicator' : undefined
	return only.isMoment && !only.isFromSource ? 'effective-date' : undefined
}

/** What the rules leave for columns that have no conduct of their own. Only a dimension that keeps history expires rows. */
function possible(
	columns: readonly PurposeFacts[],
	keepsHistory: boolean,
	known: ReadonlySet<ScdPurpose>,
): readonly ScdPurpose[] {
	const [only, ...others] = columns
	const single = others.length === 0
	const expires = columns.some(({ expire }) => expire !== '')
	const all: readonly (readonly [ScdPurpose, boolean])[] = [
		['business-key', !expires],
		['surrogate-key', single && !expires],
		['current-indicator', single && expires],
		['expiration-date', single && expires],
		['effective-date', single && keepsHistory && !expires && only?.isMoment === true],
		['type-1', !expires],
		['type-2', keepsHistory && !expires],
	]
	return all.filter(([purpose, fits]) => fits && !known.has(purpose)).map(([purpose]) => purpose)
}

function question(open: ReadonlyMap<string, readonly PurposeFacts[]>): string {
	const groups = [...open].map(([number, columns]) => `${number} (${columns.map(({ name }) => name).join(', ')})`)
	const example = [...open.keys()].map((number) => `${number}: type-1`).join(', ')
	return `the export numbers the purposes of its columns, no document tells what the numbers mean, and what the columns do leaves several for ${groups.join(' and ')}; say once for all jobs in reglue.yml what they are, such as \`datastage: {scd_purposes: {${example}}}\` with one of ${scdPurposes.join(', ')} for each`
}

/** What IBM’s rules exclude, whoever said it. */
function contradictions(byColumn: ReadonlyMap<string, ScdPurpose>): readonly string[] {
	const of = (wanted: ScdPurpose): readonly string[] =>
		[...byColumn].filter(([, purpose]) => purpose === wanted).map(([name]) => name)
	const single = (['current-indicator', 'effective-date', 'expiration-date', 'surrogate-key'] as const)
		.filter((purpose) => of(purpose).length > 1)
		.map((purpose) => `it has several columns of the purpose ${purpose} (${of(purpose).join(', ')})`)
	const history = (['current-indicator', 'effective-date', 'expiration-date', 'sk-chain'] as const).flatMap(of)
	const marks = (['current-indicator', 'expiration-date'] as const).flatMap(of)
	const two = of('type-2')
	return [
		...single,
		...(two.length > 0 && marks.length === 0
			? [`${two.join(', ')} is of Type 2, and no column is a current indicator or an expiration date`]
			: []),
		...(two.length === 0 && history.length > 0
			? [`${history.join(', ')} needs a column of Type 2, and there is none`]
			: []),
		...(of('sk-chain').length > 0 && of('surrogate-key').length === 0
			? [`${of('sk-chain').join(', ')} chains surrogate keys, and no column is one`]
			: []),
	]
}
