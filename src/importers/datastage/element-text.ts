/** An element as its stub shows it: what the export says about it, without layout and without secrets. */

import type { PackedEntry } from './formats/dsx/property-list.ts'
import { unpackProperty } from './formats/dsx/property-list.ts'
import type { DsxRecord } from './formats/dsx/records.ts'
import type { Stage } from './structure.ts'

const layout =
	/^(?:Identifier|OLEType|Readonly|NextID|NextRecordID|InputPins|OutputPins|AllowColumnMapping|DateModified|TimeModified|LeftTextPos|TopTextPos|LinkMinimised|.*Maximised|StageVarsMinimised|ValidationStatus|BlockSize|TransactionSize|TXNBehaviour|EnableTxGroup|MultiRow|Partner)$/
const collections: readonly string[] = [
	'Properties',
	'StageVars',
	'LoopCondition',
	'LoopVars',
	'ParameterValues',
	'Variables',
	'Arguments',
]
const secretName = /passw|pwd|secret|credential/i
const longest = 8000

/** At most 8000 characters; a longer one ends with a note. */
export function elementText(stage: Stage): string {
	const parts = [
		`${stage.type} ${stage.name}`,
		...recordLines(stage.record),
		...stage.inputs.flatMap((pin) => [`input ${pin.name}`, ...recordLines(pin.record).map((line) => `  ${line}`)]),
		...stage.outputs.flatMap((pin) => [
			`output ${pin.name}`,
			...[...recordLines(pin.record), ...columnLines(pin.record)].map((line) => `  ${line}`),
		]),
	]
	const text = parts.join('\n')
	return text.length <= longest ? text : `${text.slice(0, longest)}\n(${text.length - longest} more characters)`
}

function recordLines(record: DsxRecord): readonly string[] {
	const own = [...record.values].filter(
		([key, value]) =>
			!layout.test(key) && value.trim() !== '' && value !== '0' && key !== 'Name' && key !== 'StageType',
	)
	const items = collections.flatMap((name) =>
		(record.collections.get(name) ?? []).map(({ values }) => {
			const value =
				values.get('Value') ?? values.get('Expression') ?? values.get('Description') ?? values.get('DisplayValue') ?? ''
			return [values.get('Name') ?? '', value] as const
		}),
	)
	return [...own, ...items.filter(([, value]) => value.trim() !== '')].flatMap(([key, value]) => entryLines(key, value))
}

function columnLines(record: DsxRecord): readonly string[] {
	return (record.collections.get('Columns') ?? []).map(({ values }) => {
		const derivation = values.get('Derivation') ?? ''
		return `column ${values.get('Name') ?? ''}${derivation === '' ? '' : ` = ${withoutSecrets(derivation)}`}`
	})
}

function entryLines(key: string, value: string): readonly string[] {
	const packed = unpackProperty(value)
	if (packed !== undefined) return packed.flatMap((entry) => packedLines(entry, ''))
	return [`${key.trim()}: ${secretName.test(key) ? '***' : withoutSecrets(value)}`]
}

function packedLines(entry: PackedEntry, indent: string): readonly string[] {
	const hidden = entry.encrypted || secretName.test(entry.name)
	return [
		`${indent}${entry.name.trim()}: ${hidden ? '***' : withoutSecrets(entry.value)}`,
		...entry.parts.flatMap((part) => packedLines(part, `${indent}  `)),
	]
}

/** Encrypted values of all versions, and the content of password elements in the XML of connectors. */
function withoutSecrets(text: string): string {
	return text
		.replaceAll(/\{(?:iisenc|dsnextenc)\}[\w+/=]*/g, '***')
		.replaceAll(/(<(\w*(?:password|passwd|pwd|secret)\w*)\b[^>]*>)[\s\S]{0,4000}?(<\/\2>)/giu, '$1***$3')
		.replaceAll(/\bL4[0-9A-Z]@[^\s"'<\]]{6,}/g, '***')
}
