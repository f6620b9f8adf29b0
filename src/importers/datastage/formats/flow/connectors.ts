/**
 * Connections of a flow → connectors of DSX. A flow names the database where DSX names the connector, and has words where the
 * document in `XMLProperties` has codes.
 */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, membersAt, nodeAt, textAt } from '../../../json/node.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'
import { connectorDocument } from './connector-document.ts'
import { connectorSettings, firstOf, strangeSettings } from './connector-settings.ts'
import { sameTypes, stageTypes } from './connector-types.ts'

export interface Connector {
	readonly stageType: string
	/** Name of the connection asset; undefined for settings of the stage's own. */
	readonly connection: string | undefined
	readonly properties: readonly DsxItem[]
	/** Properties of its output links. */
	readonly outputProperties: readonly DsxItem[]
	/** Settings that change what is read or written, and that have no place in the document. */
	readonly problems: readonly string[]
}

/** Undefined for nodes without a connection. */
export function connectorOf(node: JsonNode): Connector | undefined {
	const connection = nodeAt(node, 'connection')
	if (connection === undefined) return undefined
	const op = textAt(node, 'op')
	const stageType = stageTypes.get(op) ?? op
	const lines = { start: connection.line, end: connection.line }
	const item = (Name: string, Value: string): DsxItem => itemFrom({ Name, Value }, lines)
	const common = {
		stageType,
		connection: textAt(connection, 'name') || textAt(connection, 'connData', 'connectionName') || undefined,
	}
	const written = nodeAt(connection, 'properties')
	if (!stageTypes.has(op) && !sameTypes.has(op)) {
		const plain = membersAt(written).flatMap(([name, value]) =>
			value.kind === 'object' || value.kind === 'array' ? [] : [item(name, value.text)],
		)
		return { ...common, properties: plain, outputProperties: [], problems: [] }
	}
	const settings = connectorSettings(written)
	const document = connectorDocument(settings, !takesRows(node))
	const lookup = firstOf(settings, 'lookup_type')
	return {
		...common,
		properties: [item('XMLProperties', document)],
		outputProperties: lookup === 'pxbridge' ? [item('lookup\\type', lookup)] : [],
		problems: strangeSettings(settings),
	}
}

const takesRows = (node: JsonNode): boolean =>
	itemsAt(node, 'inputs').some((input) => itemsAt(input, 'links').length > 0)
