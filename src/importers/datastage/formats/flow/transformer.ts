/** What only a Transformer has: variables, the loop, and constraints on its output links. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'
import type { Values } from '../build.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'
import { odbcCode } from '../sql-types.ts'
import type { FlowLink } from './links.ts'
import { settingsOf } from './links.ts'

export interface TransformerParts {
	readonly values: Values
	readonly collections: Readonly<Record<string, readonly DsxItem[]>>
}

export function transformerParts(parameters: JsonNode | undefined): TransformerParts {
	const loop = textAt(parameters, 'LoopWhile') || textAt(parameters, 'LoopCondition')
	const line = parameters?.line ?? 1
	return {
		values: {
			OldNullHandling: isOn(parameters, 'OldNullHandling') ? '1' : undefined,
			AbortOnNull: isOn(parameters, 'AbortOnNull') ? '1' : undefined,
			MaxLoopIterations: textAt(parameters, 'MaxLoopIterations') || undefined,
			SurKeyStateFile: textAt(parameters, 'SurKeyStateFile') || undefined,
			SKKeySourceType: textAt(parameters, 'SKKeySourceType') || undefined,
			NotUnderstood: itemsAt(parameters, 'Triggers').length > 0 ? 'it calls routines (Triggers)' : undefined,
		},
		collections: {
			StageVars: variables(itemsAt(parameters, 'StageVariables')),
			LoopVars: variables(itemsAt(parameters, 'LoopVariables')),
			LoopCondition: loop.trim() === '' ? [] : [itemFrom({ Expression: loop }, { start: line, end: line })],
		},
	}
}

const isOn = (node: JsonNode | undefined, key: string): boolean => /^(?:true|1)$/.test(textAt(node, key))

/** Names of the setting that makes a text Unicode, or gives a time microseconds. */
const extended = ['Extended', 'ExtendedPrecision', 'Unicode']

function variables(items: readonly JsonNode[]): readonly DsxItem[] {
	return items.map((item) =>
		itemFrom(
			{
				Name: textAt(item, 'Name'),
				Expression: textAt(item, 'Derivation') || textAt(item, 'ParsedDerivation') || textAt(item, 'Expression'),
				InitialValue: textAt(item, 'InitialValue') || undefined,
				SqlType: odbcCode(textAt(item, 'SqlType') || 'VARCHAR'),
				Precision: textAt(item, 'Precision') || textAt(item, 'Length') || '0',
				ColScale: textAt(item, 'Scale') || textAt(item, 'ColScale') || '0',
				ExtendedPrecision: extended.some((key) => /^(?:true|1|Unicode)$/i.test(textAt(item, key))) ? '1' : '0',
			},
			{ start: item.line, end: item.line },
		),
	)
}

/** Constraint, otherwise and row limit of an output link; they stand on its port, or in a list on the stage by link name. */
export function outputValues(link: FlowLink, parameters: JsonNode | undefined): Values {
	const port = settingsOf(link.outputPort)
	const listed = itemsAt(parameters, 'TransformerConstraint').find((item) => textAt(item, 'output_name') === link.name)
	const read = (key: string): string => textAt(port, key) || textAt(listed, key)
	const limit = read('RowLimit')
	return {
		Constraint: read('TransformerConstraint') || undefined,
		Reject: /^(?:true|1)$/.test(read('Reject')) ? '1' : '0',
		RowLimit: limit === '' ? '0' : limit,
		ErrorPin: link.type === '3' && nodeAt(port, 'Reject') === undefined ? '1' : '0',
	}
}
