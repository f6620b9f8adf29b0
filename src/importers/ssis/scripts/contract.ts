/** What stands around a script, from its component or task and from the package. */
import type {
	ConnectionText,
	ContractColumn,
	ContractOutput,
	ContractVariable,
	ScriptContract,
} from '#languages/dotnet/bind/contract.ts'
import { propertyName } from '#languages/dotnet/bind/contract.ts'
import { heldAs } from '#languages/dotnet/bind/types.ts'
import { databasePlace, placeKey } from '#languages/dotnet/connection-text.ts'
import { toModel } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import { connectionName, toConnection } from '../connection-names.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage } from '../flow/buffer.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { InputRecord, OutputRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { isSetByScripts } from './set-connections.ts'
import type { StoredScript } from './storage.ts'

export function variablesOf({ readOnly, readWrite }: StoredScript, scope: PackageScope): readonly ContractVariable[] {
	const seen = new Map<string, ContractVariable>()
	const add = (called: string, isWritable: boolean, isListed: boolean): void => {
		const found = scope.value(called)
		const symbol = scope.symbols.find((one) => one.as.name === found?.name)
		if (found === undefined || symbol === undefined) return
		const whole = symbol.namespace === undefined ? symbol.name : `${symbol.namespace}::${symbol.name}`
		if (seen.has(whole)) return
		const type = found.isObject === true ? ({ kind: 'object' } as const) : heldAs(toModel(found.type))
		seen.set(whole, { name: found.name, called: whole, kind: found.kind, type, isWritable, isListed })
	}
	for (const name of readWrite) add(name, true, true)
	for (const name of readOnly) add(name, false, true)
	for (const { namespace, name } of scope.symbols)
		add(namespace === undefined ? name : `${namespace}::${name}`, true, false)
	return [...seen.values()]
}

/** Texts of connections, a file by its path; undefined where a run computes more than a variable. */
export function connectionsOf(uses: ReadonlyMap<string, string>, scope: PackageScope): ScriptContract['connections'] {
	return new Map(
		[...uses].flatMap(([name, reference]) => {
			const connection = scope.connection(reference)
			if (connection === undefined) return []
			const path = pathOf(connection, scope)
			return [[name, 'reason' in path ? undefined : connectionText(path.expression)] as const]
		}),
	)
}

function connectionText(expression: Expression): ConnectionText | undefined {
	if (expression.kind === 'variable' || expression.kind === 'parameter')
		return expression.type.kind === 'string'
			? {
					kind: expression.kind,
					name: expression.name,
					...(isSetByScripts(expression.name) ? { mayBeSet: true as const } : {}),
				}
			: undefined
	return expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined
}

/** Databases among the connection managers. */
export function databasesOf(
	uses: ReadonlyMap<string, string>,
	scope: PackageScope,
): NonNullable<ScriptContract['databases']> {
	return new Map(
		[...uses].flatMap(([name, reference]) => {
			const connection = scope.connection(reference)
			if (connection === undefined || toConnection(connection).kind !== 'database') return []
			return [[name, { name: connectionName(connection), isAdoNet: /^ADO\.NET/.test(connection.type) }] as const]
		}),
	)
}

/** Connections of the job by the databases that they name, those of the package before those of the project. */
export function placesOf(scope: PackageScope): NonNullable<ScriptContract['places']> {
	const found = new Map<string, string>()
	for (const connection of scope.connections) {
		if (toConnection(connection).kind !== 'database') continue
		const place = databasePlace(connection.connectionString)
		if (place === undefined || found.has(placeKey(place))) continue
		if (connection.expressions.length === 0) found.set(placeKey(place), connectionName(connection))
	}
	return found
}

export function inputColumns(input: InputRecord, arriving: Buffer): readonly ContractColumn[] {
	return input.columns.flatMap((column) => {
		const found = byLineage(arriving, column.lineage)
		if (found === undefined) return []
		return [
			columnOf(found, column.name === '' ? found.name : column.name, {
				isReadable: true,
				isWritable: column.readWrite,
			}),
		]
	})
}

export function outputOf(output: OutputRecord, port: string, leaving: Buffer): ContractOutput {
	const columns = output.columns.flatMap((column) => {
		const found = byLineage(leaving, column.lineage)
		return found === undefined ? [] : [columnOf(found, column.name, { isReadable: false, isWritable: true })]
	})
	return { port, property: propertyName(output.name), isSynchronous: output.synchronousInput !== undefined, columns }
}

function columnOf(
	column: BufferColumn,
	name: string,
	access: Pick<ContractColumn, 'isReadable' | 'isWritable'>,
): ContractColumn {
	const codePage = 'codePage' in column.type ? { codePage: column.type.codePage } : {}
	const isBlob = ['DT_IMAGE', 'DT_TEXT', 'DT_NTEXT'].includes(column.type.name)
	return { property: propertyName(name), name: column.name, type: toModel(column.type), isBlob, ...codePage, ...access }
}
