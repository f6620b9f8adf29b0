/**
 * What differs between two states of a part of the model, in places and values that a person knows: "constraint of link L2",
 * "type of column AMOUNT". Lists whose members have names are compared by name, so an inserted member is one change.
 */
import { toJson } from '#model/json.ts'
import { typeName } from '#model/types.ts'
import { isSourced, isType, wordOf } from './words.ts'

export interface PartChange {
	/** Keys and names from the part down to what changed, outermost first. */
	readonly place: readonly string[]
	readonly what: 'added' | 'removed' | 'changed'
	readonly before?: string
	readonly after?: string
}

type Fields = Readonly<Record<string, unknown>>

/** Where something stands, and how parts hang together inside the model: no meaning of their own. */
const silent = new Set(['provenance', 'span', 'id', 'element', 'differences', 'diagnostics', 'port', 'version'])

export function partChanges(before: unknown, after: unknown, place: readonly string[] = []): readonly PartChange[] {
	if (meaningOf(before) === meaningOf(after)) return []
	if (isNamedList(before) && isNamedList(after)) return listChanges(before, after, place)
	if (isFields(before) && isFields(after) && !isLeaf(before) && !isLeaf(after)) {
		const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !silent.has(key))
		return keys.flatMap((key) => partChanges(before[key], after[key], [...place, key]))
	}
	return [
		{
			place,
			what: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
			...(before === undefined ? {} : { before: textOf(before) }),
			...(after === undefined ? {} : { after: textOf(after) }),
		},
	]
}

function listChanges(
	before: readonly Fields[],
	after: readonly Fields[],
	place: readonly string[],
): readonly PartChange[] {
	const [old, now] = [byName(before), byName(after)]
	const names = [...new Set([...old.keys(), ...now.keys()])]
	const members = names.flatMap((name): readonly PartChange[] => {
		const [was, is] = [old.get(name), now.get(name)]
		if (was !== undefined && is !== undefined) return partChanges(was, is, [...place, name])
		return [{ place: [...place, name], what: was === undefined ? 'added' : 'removed' }]
	})
	const kept = (list: ReadonlyMap<string, unknown>) =>
		names.filter((name) => old.has(name) && now.has(name) && list.has(name))
	const order = (list: readonly Fields[]) =>
		list
			.map(nameOf)
			.filter((name) => kept(old).includes(name ?? ''))
			.join(', ')
	if (members.length > 0 || order(before) === order(after)) return members
	return [{ place: [...place, 'order'], what: 'changed', before: order(before), after: order(after) }]
}

const byName = (list: readonly Fields[]): ReadonlyMap<string, Fields> =>
	new Map(list.map((member) => [nameOf(member) ?? '', member]))

function nameOf(member: Fields): string | undefined {
	const { name, column, link } = member
	if (typeof name === 'string') return name
	if (typeof column === 'string') return column
	if (isFields(column) && typeof column['name'] === 'string') return column['name']
	return typeof link === 'string' ? link : undefined
}

function isNamedList(value: unknown): value is readonly Fields[] {
	if (!Array.isArray(value)) return false
	const members: readonly unknown[] = value
	const names = members.map((member) => (isFields(member) ? nameOf(member) : undefined))
	return names.every((name) => name !== undefined) && new Set(names).size === names.length
}

const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value)

const isLeaf = (value: Fields): boolean => isSourced(value) || isType(value)

/** Expressions by what they compute, not by the blanks in their text. */
function meaningOf(value: unknown): string {
	return value === undefined ? '' : toJson(withoutPlaces(value))
}

function withoutPlaces(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutPlaces)
	if (!isFields(value)) return value
	if (isSourced(value)) return withoutPlaces(value.expression)
	const kept = Object.entries(value).filter(([key]) => !silent.has(key))
	return Object.fromEntries(kept.map(([key, one]) => [key, withoutPlaces(one)]))
}

const longest = 160

function textOf(value: unknown): string {
	const text = fullText(value).replace(/\s+/g, ' ').trim()
	return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function fullText(value: unknown): string {
	if (value === null) return 'null'
	if (typeof value === 'string') return value
	if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value)
	if (Array.isArray(value)) return value.map((one) => nameIn(one) ?? fullText(one)).join(', ')
	if (!isFields(value)) return toJson(value)
	if (isSourced(value)) return value.text
	if (isType(value)) return typeName(value)
	const { kind, ...rest } = withoutPlaces(value) as Fields
	const parts = Object.entries(rest).map(([key, one]) => `${wordOf(key)} ${fullText(one)}`)
	return [typeof kind === 'string' ? kind : '', ...parts].filter((part) => part !== '').join(' ')
}

const nameIn = (value: unknown): string | undefined => (isFields(value) ? nameOf(value) : undefined)
