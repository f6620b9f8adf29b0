import type { PartChange } from './part-changes.ts'
import { wordOf } from './words.ts'

/** "constraint of link L2 changed from `a` to `b`". */
export function sentence({ place, what, before, after }: PartChange): string {
	const where = placeText(place)
	const from = before === undefined ? '' : ` from \`${before}\``
	const to = after === undefined ? '' : ` to \`${after}\``
	if (what === 'changed') return `${where} changed${from}${to}`
	const value = before ?? after
	return `${where} was ${what}${value === undefined ? '' : `: \`${value}\``}`
}

/** Lists whose members have names: the key and the name are one thing, "column AMOUNT". */
const lists = new Set(['columns', 'routes', 'otherwise', 'variables', 'parameters', 'connections', 'tasks', 'links'])
/** Words that only hold others together. */
const holders = new Set(['control', 'schema'])
const single: Readonly<Record<string, string>> = {
	parameters: 'parameter',
	connections: 'connection',
	tasks: 'task',
	links: 'link',
}

function placeText(place: readonly string[]): string {
	const parts: string[] = []
	for (let index = 0; index < place.length; index++) {
		const key = place[index] ?? ''
		const name = place[index + 1]
		if (holders.has(key)) continue
		if (lists.has(key) && name !== undefined) {
			parts.push(`${single[key] ?? wordOf(key)} ${name}`)
			index++
		} else parts.push(wordOf(key))
	}
	return parts.reverse().join(' of ')
}
