/** Names that one executable of a package sees: connections, variables (inner hide outer ones) and parameters. */

import type { SsisSymbols, VariableSymbol } from '#languages/ssis/symbols.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { fromCode, toModel } from '#languages/ssis/types.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { property, whole } from './formats/properties.ts'
import type { ConnectionRecord, ExecutableRecord, ParameterRecord, VariableRecord } from './formats/records.ts'

export interface NamedValue {
	readonly kind: 'variable' | 'parameter'
	/** As the job knows it: `User::Rows`, `$Package::Year`; a second variable of one name carries its owner. */
	readonly name: string
	readonly type: SsisType
	/** The text it holds when the package starts. */
	readonly value: string
	/** Of type Object: it may hold anything. */
	readonly isObject?: boolean
	/** Its own expression, with the names that it sees; absent: it holds what was assigned to it. */
	readonly formula?: () => { readonly text: string; readonly scope: PackageScope }
}

export interface PackageScope {
	readonly file: string
	/** All of them, those of the package first. */
	readonly connections: readonly ConnectionRecord[]
	/** By refId, GUID (with or without `:external`) or name. */
	connection(reference: string | undefined): ConnectionRecord | undefined
	/** By full name, or by bare name where only one namespace has it. Case-sensitive. */
	value(name: string): NamedValue | undefined
	/** By GUID, as parameter maps name variables. */
	valueById(id: string): NamedValue | undefined
	/** All of them, inner ones only where they hide outer ones: what expressions see. */
	readonly symbols: readonly VariableSymbol[]
	/** The scope inside an executable that has variables of its own. */
	within(executable: ExecutableRecord): PackageScope
}

/** Variables the engine gives; those seen in expressions of real packages. */
const systemVariables: readonly (readonly [string, SsisType])[] = [
	['System::PackageName', { name: 'DT_WSTR' }],
	['System::PackageID', { name: 'DT_WSTR' }],
	['System::VersionGUID', { name: 'DT_WSTR' }],
	['System::TaskName', { name: 'DT_WSTR' }],
	['System::TaskID', { name: 'DT_WSTR' }],
	['System::MachineName', { name: 'DT_WSTR' }],
	['System::UserName', { name: 'DT_WSTR' }],
	['System::ExecutionInstanceGUID', { name: 'DT_WSTR' }],
	['System::StartTime', { name: 'DT_DATE' }],
	['System::ContainerStartTime', { name: 'DT_DATE' }],
	['System::ServerExecutionID', { name: 'DT_I8' }],
	['System::SourceName', { name: 'DT_WSTR' }],
	['System::SourceID', { name: 'DT_WSTR' }],
	['System::ErrorCode', { name: 'DT_I4' }],
	['System::ErrorDescription', { name: 'DT_WSTR' }],
	['System::VersionMajor', { name: 'DT_I4' }],
	['System::VersionMinor', { name: 'DT_I4' }],
	['System::VersionBuild', { name: 'DT_I4' }],
	['System::LocaleID', { name: 'DT_I4' }],
	['System::VersionComments', { name: 'DT_WSTR' }],
	['System::CreatorName', { name: 'DT_WSTR' }],
	['System::CreatorComputerName', { name: 'DT_WSTR' }],
	['System::InteractiveMode', { name: 'DT_BOOL' }],
	['System::OfflineMode', { name: 'DT_BOOL' }],
]

/** A variable of type Object holds anything; where it is read as a value, it is read as text. */
export const valueType = (code: number): SsisType => fromCode(code) ?? { name: 'DT_WSTR' }

export function createScope(
	file: string,
	connections: readonly ConnectionRecord[],
	parameters: readonly ParameterRecord[],
	names: VariableNames = new Map(),
): PackageScope {
	const values = [
		...systemVariables.map(
			([name, type]): Found => ({
				kind: 'variable',
				name,
				called: name,
				type,
				value: '',
				id: '',
			}),
		),
		...parameters.map((one) => ({
			kind: 'parameter' as const,
			name: one.name,
			called: one.name,
			type: valueType(one.dataType),
			value: one.value,
			id: one.id,
		})),
	]
	return scopeOf(file, connections, values, names)
}

/** Names of variables in the job, by the refId of their owner and the name that it gives them. */
export type VariableNames = ReadonlyMap<string, string>

export const ownedName = (owner: ExecutableRecord, variable: string): string => `${owner.refId}\n${variable}`

/** Facts of a task that are others than those of the package: `System::TaskName`. */
export const taskFacts = (task: ExecutableRecord): readonly (readonly [name: string, value: string])[] => [
	['System::TaskName', task.name],
	['System::TaskID', task.id],
]

/** The name in the job of a fact about a task. */
export const factName = (fact: string, task: ExecutableRecord): string => `${fact}#${task.refId}`

/** `called`: the name in the package. */
type Found = NamedValue & { readonly id: string; readonly called: string }

function scopeOf(
	file: string,
	connections: readonly ConnectionRecord[],
	values: readonly Found[],
	names: VariableNames,
): PackageScope {
	return {
		file,
		connections,
		connection: connectionFinder(connections),
		symbols: symbolsOf(values),
		value: (name) =>
			values.findLast((one) => one.called === name) ?? values.findLast((one) => one.called.endsWith(`::${name}`)),
		valueById: (id) => (id === '' ? undefined : values.findLast((one) => one.id === id.toUpperCase())),
		within: (executable) => {
			const facts = taskFacts(executable).map(([called, value]): Found => {
				const name = executable.type === 'Microsoft.Package' ? called : factName(called, executable)
				return { kind: 'variable', name, called, type: { name: 'DT_WSTR' }, value, id: '' }
			})
			const own = executable.variables.map((one) => named(one, executable, names, () => inner))
			const inner = scopeOf(file, connections, [...values, ...facts, ...localeFact(executable), ...own], names)
			return inner
		},
	}
}

/** What expressions over variables may name, with the locale of the container around them. */
export function symbolsIn(scope: PackageScope): Pick<SsisSymbols, 'variables' | 'locale'> {
	return { variables: scope.symbols, locale: localeIn(scope) }
}

/** 0: the package says nothing. */
export const localeIn = (scope: PackageScope): number => whole(scope.value('System::LocaleID')?.value, 0)

/** A locale of its own; -1 takes that of the container around it. */
function localeFact({ element }: ExecutableRecord): readonly Found[] {
	const value = property(element, 'LocaleID') ?? ''
	const name = 'System::LocaleID'
	return whole(value, -1) > 0 ? [{ kind: 'variable', name, called: name, type: { name: 'DT_I4' }, value, id: '' }] : []
}

function symbolsOf(values: readonly Found[]): readonly VariableSymbol[] {
	const visible = new Map(values.map((value) => [value.called, value]))
	return [...visible.values()].map(({ kind, name, called, type }) => {
		const at = called.indexOf('::')
		return { namespace: called.slice(0, at), name: called.slice(at + 2), type, as: { kind, name } }
	})
}

function named(
	variable: VariableRecord,
	owner: ExecutableRecord,
	names: VariableNames,
	scope: () => PackageScope,
): Found {
	const { expression } = variable
	return {
		kind: 'variable',
		name: names.get(ownedName(owner, variable.name)) ?? variable.name,
		called: variable.name,
		type: valueType(variable.dataType),
		value: variable.value,
		...(variable.dataType === 13 ? { isObject: true } : {}),
		...(expression === undefined ? {} : { formula: () => ({ text: expression, scope: scope() }) }),
		id: variable.id,
	}
}

function connectionFinder(connections: readonly ConnectionRecord[]): PackageScope['connection'] {
	return (reference) => {
		const wanted = (reference ?? '').replace(/:(?:external|invalid)$/, '')
		if (wanted === '') return undefined
		return (
			connections.find((one) => one.refId === wanted) ??
			connections.find((one) => one.id !== '' && one.id === wanted.toUpperCase()) ??
			connections.find((one) => one.name === wanted)
		)
	}
}

/** Reading a variable or parameter. */
export function read(value: NamedValue): SourcedExpression {
	const expression: Expression = { kind: value.kind, name: value.name, type: toModel(value.type) }
	return { expression, text: `@[${value.name}]` }
}

export function textOf(value: string): SourcedExpression {
	return { expression: { kind: 'literal', value, type: { kind: 'string', unicode: true, fixed: false } }, text: value }
}
