/** `parameters` of a node or port → properties of a stage or link. */
import type { JsonNode } from '../../../json/node.ts'
import { membersAt } from '../../../json/node.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'

/** Lists that repeat the columns for the designer, and what other parts of the reader look at. */
const apart: ReadonlySet<string> = new Set([
	'inputcolProperties',
	'outputcolProperties',
	'lookupDerivationProperties',
	'lookupDerivation',
	'valueDerivation',
	'StageVariables',
	'LoopVariables',
	'Triggers',
	'TransformerConstraint',
	'InputlinkOrderingList',
	'OutputlinkOrderingList',
	'external_parameters',
	'keyColsPart',
	'keyColsColl',
	'keyColsNone',
])

interface Entry {
	readonly name: string
	readonly value: string
	readonly parts: readonly { readonly name: string; readonly value: string }[]
}

/** @param rename names that differ for this stage: a source's `file` is `file ` in DSX. */
export function propertyItems(
	parameters: JsonNode | undefined,
	rename: ReadonlyMap<string, string> = new Map(),
): readonly DsxItem[] {
	return membersAt(parameters).flatMap(([key, node]) => {
		if (apart.has(key)) return []
		const repeated = node.kind === 'array'
		const plain = repeated ? key.replace(/Properties$/, '') : key
		const name = rename.get(plain) ?? dsxName(plain)
		const value = repeated ? packed(node.items.flatMap((item) => entriesOf(item, name))) : flagOf(node, name)
		if (value === undefined) return []
		return [itemFrom({ Name: name, Value: value }, { start: node.line, end: node.line })]
	})
}

/** A JSON key holds no backslash, and no blank at its end: `asc-desc` is `asc\desc`, `file +` is `file `. */
const dsxName = (key: string): string => key.replace(/ \+$/, ' ').replaceAll('-', '\\')

/** A choice holds the flag of the operator; where JSON has a boolean, the flag is the name itself, and a blank means not set. */
function flagOf(node: JsonNode, name: string): string | undefined {
	if (node.kind === 'object' || node.kind === 'array' || node.kind === 'null') return undefined
	if (node.kind === 'boolean') return node.text === 'true' ? name : ' '
	return node.text
}

/** One entry: a text, an object whose first member is the value, or a list of objects whose first one is. */
function entriesOf(item: JsonNode, name: string): readonly Entry[] {
	if (item.kind !== 'object' && item.kind !== 'array') return [{ name, value: item.text, parts: [] }]
	const members = (item.kind === 'array' ? item.items : [item]).flatMap((one) => membersAt(one))
	const named = members.map(([key, node]) => ({ name: dsxName(key), value: flagOf(node, dsxName(key)) ?? '' }))
	const first = named.find((member) => member.name === name) ?? named[0]
	return first === undefined ? [] : [{ ...first, parts: named.filter((member) => member !== first) }]
}

/** The packed form of DSX; see `unpackProperty`. */
function packed(entries: readonly Entry[]): string {
	const field = (depth: number, name: string, value: string): string =>
		`\u{1}${'\u{3}'.repeat(depth)}${name}\u{2}${value}\u{2}0`
	const texts = entries.map(({ name, value, parts }) =>
		[field(1, name, value), ...parts.map((part) => field(2, part.name, part.value))].join(''),
	)
	return `\u{2}\u{2}0${texts.join('')}`
}
