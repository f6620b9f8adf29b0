/** How rows reach a port: partitioning, collecting, and the sort on the link, which can also drop rows. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, membersAt, textAt } from '../../../json/node.ts'

export interface Partitioning {
	/** MetaBag entries of the input pin. */
	readonly meta: Readonly<Record<string, string>>
	/** Why the stage cannot be understood: it sorts, and by what cannot be read. */
	readonly problem?: string
}

const isOn = (node: JsonNode | undefined, key: string): boolean => /^(?:true|1)$/.test(textAt(node, key))

/** Partition by what these say and sort by the same keys, when `perform_sort` is on. */
export function partitioningOf(parameters: JsonNode | undefined): Partitioning {
	const keys = ['keyColsPart', 'keyColsColl', 'keyColsNone'].flatMap((list) => itemsAt(parameters, list))
	const sorts =
		isOn(parameters, 'perform_sort') ||
		isOn(parameters, 'perform_sort_coll') ||
		isOn(parameters, 'perform_sort_modulus')
	const type = textAt(parameters, 'part_type')
	const partition = type === '' || type === 'auto' ? {} : { 'Part/Col': type }
	if (!sorts) return { meta: partition }
	const texts = keys.map(keyText)
	if (texts.length === 0 || texts.includes(undefined))
		return { meta: partition, problem: 'it sorts on its input link, by keys that cannot be read' }
	const unique = isOn(parameters, 'part_unique') || isOn(parameters, 'part_unique_coll')
	const stable = isOn(parameters, 'part_stable') || isOn(parameters, 'part_stable_coll')
	const options = [...(unique ? ['-unique'] : []), ...(stable ? [] : ['-nonStable'])]
	return { meta: { ...partition, Sort: `tsort ${texts.join(' ')}`, SortAdv: options.join(' ') } }
}

const columnKeys: ReadonlySet<string> = new Set(['key', 'column', 'columnname', 'name', 'keycolselect', 'value'])

/** No public flow has such a key list; its members go by the names that other key lists use. Unknown ones refuse the stage. */
function keyText(item: JsonNode): string | undefined {
	if (item.kind === 'text') return `-key ${item.text}`
	let column: string | undefined
	const options: string[] = []
	for (const [key, node] of membersAt(item)) {
		const value = textAt(node)
		if (columnKeys.has(key.toLowerCase())) column = value
		else if (key === 'asc-desc') options.push(value === 'desc' ? '-desc' : '-asc')
		else if (key === 'nulls') options.push(`-nulls ${value === 'last' ? 'last' : 'first'}`)
		else if (key === 'ci-cs') options.push(value === 'ci' ? '-ci' : '-cs')
		else if (value.trim() !== '' && value !== 'false') return undefined
	}
	return column === undefined || column === '' || /\s/.test(column)
		? undefined
		: [`-key ${column}`, ...options].join(' ')
}
