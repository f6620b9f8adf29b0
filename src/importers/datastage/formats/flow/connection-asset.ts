/** An asset of the folder `connection` → a data connection. Passwords are left out: nothing that is read may hold one. */
import type { JsonNode } from '../../../json/node.ts'
import { membersAt, nodeAt, textAt } from '../../../json/node.ts'
import { itemFrom, recordFrom } from '../build.ts'
import type { DsxSection } from '../dsx/records.ts'

const secret = /passw|secret|api_?key|token|private_?key|credential|certificate/i

/** Undefined when the asset is no connection. */
export function connectionSection(asset: JsonNode, name: string): DsxSection | undefined {
	const entity = nodeAt(asset, 'entity') ?? asset
	const properties = nodeAt(entity, 'properties')
	if (properties === undefined && nodeAt(entity, 'datasource_type') === undefined) return undefined
	const lines = { start: entity.line, end: entity.line }
	const items = membersAt(properties).flatMap(([key, value]) =>
		secret.test(key) || value.kind === 'object' || value.kind === 'array'
			? []
			: [itemFrom({ Name: key, Value: value.text }, { start: value.line, end: value.line })],
	)
	const record = recordFrom(
		{
			Identifier: textAt(asset, 'metadata', 'name') || textAt(entity, 'name') || name,
			OLEType: 'CDataConnection',
			Description: textAt(entity, 'description') || undefined,
			ConnectorType: textAt(entity, 'datasource_type') || undefined,
		},
		{ Properties: items },
		lines,
	)
	return { kind: 'DSDATACONNECTIONS', values: new Map(), records: [record], lines }
}
