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
	// A key may be there to partition by alone.
	const texts = keys.filter((key) => textAt(key, 'sorting') !== 'false').map(keyText)
	if (texts.length === 0 || texts.includes(undefined))
		return { meta: partition, problem: 'it sorts on its input link, by keys that cannot be read' }
	const unique = isOn(parameters, 'part_unique') || isOn(parameters, 'part_unique_coll')
	const stable = isOn(parameters, 'part_stable') || isOn(parameters, 'part_stable_coll')
	const options = [...(unique ? ['-unique'] : []), ...(stable ? [] : ['-nonStable'])]
	return { meta: { ...partition, Sort: `tsort ${texts.join(' ')}`, SortAdv: options.join(' ') } }
}

const columnKeys: ReadonlySet<string> = new Set([
	'key',
	'keycol',
	'column',
	'columnname',
	'name',
	'keycolselect',
	'value',
])

/**
 * The keys go by `keyCol` (IBM: SDK of watsonx.data integration, links), in older flows by the names that other key lists use.
 * Unknown members refuse the stage.
 */
function keyText(item: JsonNode): string | undefined {
	if (item.kind === 'text') return `-key ${item.text}`
	const members = membersAt(item).map(([key, node]) => [key, textAt(node)] as const)
	const column = members.find(([key]) => columnKeys.has(key.toLowerCase()))?.[1] ?? ''
	const options = members.map(([key, value]) => (columnKeys.has(key.toLowerCase()) ? '' : optionText(key, value)))
	if (column === '' || /\s/.test(column) || options.includes(undefined)) return undefined
	return [`-key ${column}`, ...options.filter((option) => option !== '')].join(' ')
}

/** Undefined: not known. */
function optionText(key: string, value: string): string | undefined {
	switch (key) {
		case 'asc-desc':
			return value === 'desc' ? '-desc' : '-asc'
		case 'nulls':
			return `-nulls ${value === 'last' ? 'last' : 'first'}`
		case 'ci-cs':
			return value === 'ci' ? '-ci' : '-cs'
		case 'ebcdic':
			return value.trim() === '' ? '' : '-ebcdic'
		case 'partitioning':
		case 'sorting':
			return ''
		default:
			return value.trim() === '' || value === 'false' ? '' : undefined
	}
}
