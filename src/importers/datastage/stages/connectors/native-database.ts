/**
 * Database stages of version 7, whose properties lie on their pins: PxOracle, PxDB2 and others. No public export shows more than a
 * few of them, so any property beyond those is a reason to refuse.
 */
import type { TableTarget } from '#model/places.ts'
import type { Stream } from '../../flow.ts'
import { propertyOf } from '../../keys.ts'
import type { StageContext, StageInput, StageOutput, StageStreams } from '../../stage-context.ts'
import type { Pin } from '../../structure.ts'
import { connect } from './connection.ts'
import { addRead, query, statementFor } from './read.ts'
import { rejectStream } from './rejects.ts'
import { tableName } from './sql-text.ts'
import { addWrite } from './write.ts'

/** Stage types with the dialect of their database. */
export const nativeDatabases: Readonly<Record<string, string | undefined>> = {
	DSDB2PX: 'db2',
	PxDB2: 'db2',
	PxNetezza: 'netezza',
	PxOdbc: undefined,
	PxOracle: 'oracle',
	PxSybase: 'sybase',
	PxTeradata: 'teradata',
	Pxsqlsvr: 'sqlserver',
	TDMLoadPX: 'teradata',
}

const tables = ['table', 'tablename']
const servers = ['server', 'datasource', 'dbname', 'dboptions', 'dboptionssel', 'ssid']
const users = ['user', 'username']
/** They say how rows travel, not which. */
const ignored: ReadonlySet<string> = new Set([
	'arraysize',
	'isolation_level',
	'lookup\\type',
	'part',
	'password',
	'selection',
])

export function lower(context: StageContext): StageStreams {
	const streams = new Map<string, Stream>()
	const [input] = context.inputs
	for (const output of context.outputs) {
		if (output.link.kind !== 'reject') {
			if (input !== undefined) context.refuse('it writes rows and gives others on')
			streams.set(output.pin.id, readFrom(context, output))
		} else if (input !== undefined) streams.set(output.pin.id, rejectStream(context, input, output, false))
	}
	for (const one of context.inputs) writeTo(context, one)
	return streams
}

function readFrom(context: StageContext, output: StageOutput): Stream {
	const { pin } = output
	const connection = connectionOf(context, pin)
	const written = propertyOf(pin.properties, 'query')
	const statement = statementFor(context, output, written) ?? written
	onlyKnown(context, pin, ['query'])
	const source =
		statement === ''
			? ({ kind: 'table', connection, table: tableOf(context, pin) } as const)
			: query(context, output, statement, connection, nativeDatabases[context.stage.type])
	return addRead(context, output, source, undefined)
}

function writeTo(context: StageContext, input: StageInput): void {
	const { pin } = input
	const mode = propertyOf(pin.properties, 'mode') || 'append'
	const isEmptied = propertyOf(pin.properties, 'truncate') !== '' || mode === 'truncate'
	if (!['append', 'create', 'replace', 'truncate'].includes(mode)) context.refuse(`its write mode is ${mode}`)
	onlyKnown(context, pin, ['mode', 'truncate'])
	const action = isEmptied ? 'truncate' : mode === 'create' || mode === 'replace' ? mode : undefined
	if (action === 'create' || action === 'replace') context.differ('RG-D092', `${context.stage.name} makes its table`)
	const target: TableTarget = {
		kind: 'table',
		connection: connectionOf(context, pin),
		table: tableOf(context, pin),
		mode: 'insert',
		...(action === undefined ? {} : { action }),
	}
	addWrite(context, input, target, context.inputs.length > 1 ? input.link.name : undefined)
}

function connectionOf(context: StageContext, { properties }: Pin): string {
	const first = (names: readonly string[]): string =>
		names.map((name) => propertyOf(properties, name)).find((text) => text !== '') ?? ''
	const dialect = nativeDatabases[context.stage.type]
	const password = properties.get('password') ?? ''
	const parameters = [...password.matchAll(/#([\w$.]+)#/g)].map((match) => match[1] ?? '')
	const facts = {
		...(dialect === undefined ? {} : { dialect }),
		server: first(servers),
		user: first(users),
		secrets: password.trim() === '' || parameters.length > 0 ? [] : ['password'],
		secretParameters: parameters,
	}
	return connect(context, facts)
}

function tableOf(context: StageContext, { properties, record }: Pin) {
	const name = tables.map((one) => propertyOf(properties, one)).find((text) => text !== '') ?? ''
	if (name === '') context.refuse('it names no table and holds no statement')
	return tableName(context, name, false, record.lines)
}

function onlyKnown(context: StageContext, { properties }: Pin, known: readonly string[]): void {
	for (const name of properties.keys()) {
		const isKnown = [...known, ...tables, ...servers, ...users].includes(name) || ignored.has(name)
		const value = propertyOf(properties, name)
		if (!isKnown && value !== '')
			context.refuse(`its property ${name} is ${value.slice(0, 80)}, which is not supported`)
	}
}
