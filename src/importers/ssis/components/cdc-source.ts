/**
 * CDC Source: the changes of a table within the range that its state variable holds, by the functions of change data capture
 * (Microsoft: CDC Source; cdc.fn_cdc_get_all_changes; cdc.fn_cdc_get_net_changes). Where the package does not hold enough to ask for
 * them, the rows come as a data set.
 */
import type { QuerySource } from '#model/places.ts'
import { connectionName } from '../connection-names.ts'
import { asBinary, isReprocessing, numberAfter } from '../flow/cdc-state.ts'
import { connectionOf } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { fillSource } from '../flow/source-rows.ts'
import { whole } from '../formats/properties.ts'
import type { OutputRecord } from '../formats/records.ts'
import { read, textOf } from '../package-scope.ts'
import { connectorSource } from './connector-source.ts'

/** By `CDCProcessingMode`. Net changes with an update mask have columns of their own, which no function gives. */
const modes: readonly (readonly [changes: 'all' | 'net', rows: string] | undefined)[] = [
	['all', 'all'],
	['all', 'all update old'],
	['net', 'all'],
	undefined,
	['net', 'all with merge'],
]

export function lowerCdcSource(context: ComponentContext): Refusal | undefined {
	const outputs = context.component.outputs.filter((one) => !one.isError)
	const output = outputs.find((one) => context.isLinked(one)) ?? outputs[0]
	if (output === undefined || output.columns.length === 0) return refuse('it has no columns')
	const source = changes(context, output)
	if (source === undefined) return connectorSource('the change tables of SQL Server')(context)
	fillSource(context, output, source)
	return undefined
}

function changes(context: ComponentContext, output: OutputRecord): QuerySource | undefined {
	const { properties } = context.component
	const connection = connectionOf(context)
	const instance = properties.get('CaptureInstance')?.trim() ?? ''
	const mode = modes[whole(properties.get('CDCProcessingMode'), -1)]
	const state = context.scope.value(properties.get('StateVariable')?.trim() ?? '')
	if (connection === undefined || instance === '' || mode === undefined || state?.kind !== 'variable') return undefined
	const names = output.columns.map(
		({ externalId, name }) => output.external.find(({ id }) => id === externalId)?.name ?? name,
	)
	return {
		kind: 'query',
		connection: connectionName(connection),
		sql: textOf(queryOf(instance, mode, names)),
		parameters: [read(state).expression],
		form: 'select',
	}
}

/** A range without changes begins behind its end, which the functions refuse: it is asked for at its end, and gives nothing. */
function queryOf(instance: string, [kind, rows]: readonly [string, string], names: readonly string[]): string {
	const columns = names.map((name) =>
		name === '__$reprocessing'
			? `CAST(CASE WHEN ${isReprocessing('r.state')} THEN 1 ELSE 0 END AS bit) AS [__$reprocessing]`
			: `c.${bracketed(name)}`,
	)
	const [first, last] = [numberAfter('s.state', 'CS'), numberAfter('s.state', 'CE')].map(asBinary)
	return [
		`SELECT ${columns.join(', ')}`,
		'FROM (',
		`    SELECT s.state, ${first} AS since, ${last} AS upto`,
		'    FROM (SELECT CAST(? AS varchar(256)) AS state) AS s',
		') AS r',
		`CROSS APPLY cdc.${bracketed(`fn_cdc_get_${kind}_changes_${instance}`)}(`,
		`    CASE WHEN r.since < r.upto THEN sys.fn_cdc_increment_lsn(r.since) ELSE r.upto END, r.upto, N'${rows}'`,
		') AS c',
		'WHERE c.[__$start_lsn] > r.since',
	].join('\n')
}

const bracketed = (name: string): string => `[${name.replaceAll(']', ']]')}]`
