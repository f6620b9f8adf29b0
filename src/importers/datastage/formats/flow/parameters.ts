/** Parameters of flows and pipelines, parameter sets with their value sets. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'
import { itemFrom, recordFrom } from '../build.ts'
import { subvalueMark, valueMark } from '../dsx/escapes.ts'
import type { DsxItem, DsxSection } from '../dsx/records.ts'

/** Type of a parameter → `ParamType` of DSX. */
const types: ReadonlyMap<string, string> = new Map([
	['encrypted', '1'],
	['int64', '2'],
	['int', '2'],
	['integer', '2'],
	['sfloat', '3'],
	['dfloat', '3'],
	['float', '3'],
	['double', '3'],
	['path', '4'],
	['pathname', '4'],
	['enum', '5'],
	['list', '5'],
	['date', '6'],
	['time', '7'],
])

function parameterItem(node: JsonNode): DsxItem {
	const type = types.get(textAt(node, 'subtype').toLowerCase()) ?? types.get(textAt(node, 'type').toLowerCase()) ?? '0'
	return itemFrom(
		{
			Name: textAt(node, 'name'),
			Prompt: textAt(node, 'prompt'),
			Default: textAt(node, 'value') || textAt(node, 'default_value'),
			HelpTxt: textAt(node, 'description') || undefined,
			ParamType: type,
		},
		{ start: node.line, end: node.line },
	)
}

/** Of a flow: its own ones, and the sets that it uses. */
export function flowParameters(flow: JsonNode): readonly DsxItem[] {
	const own = itemsAt(flow, 'parameters', 'local_parameters').map(parameterItem)
	const sets = [...itemsAt(flow, 'external_paramsets'), ...itemsAt(flow, 'parameters', 'external_paramsets')]
	return [...own, ...sets.map(setItem)]
}

function setItem(node: JsonNode): DsxItem {
	return itemFrom(
		{
			Name: textAt(node, 'name'),
			Default: textAt(node, 'value_set') || '(As pre-defined)',
			ParamType: '13',
		},
		{ start: node.line, end: node.line },
	)
}

/** An asset of the folder `parameter_set`; undefined when it is none. */
export function parameterSetSection(asset: JsonNode): DsxSection | undefined {
	const set = nodeAt(asset, 'parameter_set') ?? nodeAt(asset, 'entity', 'parameter_set')
	const name = textAt(set, 'name') || textAt(asset, 'metadata', 'name')
	if (set === undefined || name === '') return undefined
	const files = itemsAt(set, 'value_sets').map((file) =>
		[
			textAt(file, 'name'),
			...itemsAt(file, 'values').map((value) => `${textAt(value, 'name')}=${textAt(value, 'value')}`),
		].join(subvalueMark),
	)
	const lines = { start: set.line, end: set.line }
	const record = recordFrom(
		{
			Identifier: name,
			OLEType: 'CParameterSet',
			Description: textAt(set, 'description') || undefined,
			ParamValues: files.length === 0 ? undefined : files.join(valueMark),
		},
		{ Parameters: itemsAt(set, 'parameters').map(parameterItem) },
		lines,
	)
	return { kind: 'DSPARAMETERSETS', values: new Map(), records: [record], lines }
}
