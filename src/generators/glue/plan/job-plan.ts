/** Everything about a job that is decided before a line is printed: names, arguments, places. */

import type { Task } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import type { DataFlow, Operator, OperatorOf } from '#model/operators.ts'
import { connectionsUsed } from '#model/scripts.ts'
import type { ArgumentEntry } from '../../jobs-file.ts'
import { identifier, Names } from '../../names.ts'
import type { DriverScope } from '../driver-value.ts'
import { driverValue } from '../driver-value.ts'
import { helperNames } from '../helpers/registry.ts'
import type { GenerateOptions } from '../options.ts'
import { parameterArguments, parameterEntry, reservedArguments, tellsStatus, userStatusEntry } from './arguments.ts'
import type { PlannedChild } from './children.ts'
import { planChildren } from './children.ts'
import { legacyText } from './legacy-text.ts'
import { relocate } from './places.ts'
import { unmappedScriptPaths } from './script-paths.ts'
import type { PlannedTaskPlace } from './task-arguments.ts'
import { planTaskPlaces } from './task-arguments.ts'
import { variableFields } from './variable-fields.ts'

export type Outside = OperatorOf<'read'> | OperatorOf<'write'>

export interface PlacePlan {
	readonly flow: DataFlow
	readonly operator: Outside
	/** Part of the function's name, and key of the flow's inputs or outputs. */
	readonly name: string
	/** Argument that carries a file's path. */
	readonly argument?: string
	/** The expression of a path that follows from other arguments or from variables, where nobody gives the argument. */
	readonly derived?: {
		readonly expression: Expression
		readonly needsVariables: boolean
		readonly prefix?: { readonly from: string; readonly to: string }
	}
}

export interface JobPlan {
	readonly job: Job
	/** Slug of the job. */
	readonly name: string
	readonly arguments: readonly ArgumentEntry[]
	/** Argument of each parameter, by full name. */
	readonly parameters: ReadonlyMap<string, string>
	/** Argument of each connection, by its name in the source. */
	readonly connections: ReadonlyMap<string, string>
	/** Python field of each variable, by full name. */
	readonly variables: ReadonlyMap<string, string>
	readonly places: readonly PlacePlan[]
	/** Paths of tasks that have an argument. */
	readonly taskPlaces: readonly PlannedTaskPlace[]
	/** Jobs that it starts, a task each. */
	readonly children: readonly PlannedChild[]
	/** Old places and where they are now, for paths that are computed at run time. */
	readonly paths: Readonly<Record<string, string>>
	/** Python names of the transform functions, by flow id. */
	readonly flows: ReadonlyMap<string, string>
	readonly diagnostics: readonly Diagnostic[]
}

/** @param unit every job of the unit by its slug: jobs start each other by it */
export function planJob(
	job: Job,
	name: string,
	options: GenerateOptions,
	unit: ReadonlyMap<string, Job> = new Map(),
): JobPlan {
	const argumentNames = new Names(reservedArguments)
	const parameters = parameterArguments(job, argumentNames)
	const entries = job.parameters.map((parameter) =>
		parameterEntry(parameter, parameters.get(parameter.name) ?? '', options),
	)
	const diagnostics: Diagnostic[] = []
	const connections = new Map<string, string>()
	for (const connection of usedConnections(job)) {
		const argument = argumentNames.take(`${identifier(connection)}_connection`)
		connections.set(connection, argument)
		const entry = connectionEntry(job, connection, argument, options)
		if (entry.default === null) diagnostics.push(unmapped(job, `connection ${connection}`, placeOf(connection, job)))
		entries.push(entry)
	}
	// A component may be called `xml`: its function must not take the place of the helper `read_xml`.
	const taken = new Names(helperNames.flatMap((name) => /^(?:read|write)_(.*)$/.exec(name)?.[1] ?? []))
	const places: PlacePlan[] = []
	for (const flow of job.flows) {
		for (const operator of flow.operators) {
			if (operator.kind !== 'read' && operator.kind !== 'write') continue
			const place: PlacePlan = { flow, operator, name: taken.take(identifier(operator.name)) }
			const file = filePath(operator)
			if (file === undefined) {
				places.push(place)
				continue
			}
			const argument = argumentNames.take(`${place.name.replace(/_$/, '')}_path`)
			const planned = planPath(file.expression, job, options)
			entries.push({
				name: argument,
				default: planned.default,
				description: `${operator.kind === 'read' ? 'Input' : 'Output'} of ${operator.name}: ${file.text}`,
				kind: 'place',
				parameter: null,
			})
			places.push({ ...place, argument, ...(planned.derived === undefined ? {} : { derived: planned.derived }) })
			if (planned.default === null && planned.derived === undefined)
				diagnostics.push(unmapped(job, `path ${file.text}`, operator.provenance))
		}
	}
	const ofTasks = planTaskPlaces(job, argumentNames, options)
	entries.push(...ofTasks.map(({ entry }) => entry))
	diagnostics.push(
		...ofTasks
			.filter(({ entry }) => entry.default === null)
			.map(({ path, task }) => unmapped(job, `path ${path.text}`, task.provenance)),
		...unmappedScriptPaths(job, options.paths),
	)
	const children = planChildren(job, argumentNames, unit)
	entries.push(...new Set(children.flatMap(({ entry }) => (entry === undefined ? [] : [entry]))))
	if (tellsStatus(job)) entries.push(userStatusEntry)
	const flowNames = new Names()
	return {
		job,
		name,
		arguments: entries,
		parameters,
		connections,
		variables: variableFields(job),
		places,
		taskPlaces: ofTasks,
		children,
		paths: options.paths,
		flows: new Map(
			job.flows.map((flow) => [
				flow.id,
				job.kind === 'package'
					? flowNames.take(`transform_${identifier(flow.name).replace(/_$/, '')}`)
					: flowNames.take('transform'),
			]),
		),
		diagnostics,
	}
}

function connectionEntry(job: Job, name: string, argument: string, options: GenerateOptions): ArgumentEntry {
	const isCluster = allTasks(job.control).some(
		(task) => task.kind === 'cluster' && task.action.kind === 'run' && task.action.connection === name,
	)
	const overSsh = allTasks(job.control).some(
		(task) => task.kind === 'file-transfer' && task.overSsh !== undefined && task.connection === name,
	)
	const isServer = job.connections.find((one) => one.name === name)?.kind === 'other'
	return {
		name: argument,
		default: options.connections[name]?.glue_connection ?? null,
		description: isCluster
			? `Connection ${name}: the id or the name of an EMR cluster`
			: overSsh
				? `Connection ${name}: a Glue connection to an SFTP server`
				: `Connection ${name}: a Glue connection or ${isServer ? 'its' : 'a JDBC'} URL`,
		kind: 'connection',
		parameter: null,
	}
}

const placeOf = (connection: string, job: Job): Diagnostic['provenance'] =>
	job.connections.find(({ name }) => name === connection)?.provenance ?? job.provenance

function unmapped(job: Job, what: string, provenance: Diagnostic['provenance']): Diagnostic {
	return diagnose('place/unmapped', provenance, {
		what: `The ${what} of ${job.name} has no new place.`,
		why: 'No prefix in `paths` and no entry in `connections` of the config names it.',
	})
}

function filePath(operator: Outside) {
	const place = operator.kind === 'read' ? operator.source : operator.target
	return 'path' in place ? place.path : undefined
}

interface PathPlan {
	/** Default of the argument: null = required, empty = it follows from `derived`. */
	readonly default: string | null
	readonly derived?: NonNullable<PlacePlan['derived']>
}

function planPath(path: Expression, job: Job, options: GenerateOptions): PathPlan {
	const kinds = new Set<string>()
	visit(path, ({ kind }) => kinds.add(kind))
	const legacy = legacyText(path, job)
	if (kinds.has('variable'))
		return { default: '', derived: { expression: path, needsVariables: true, ...prefixOf(path, legacy, options) } }
	if (!kinds.has('parameter'))
		return { default: legacy === undefined ? null : (relocate(legacy, options.paths) ?? null) }
	const start = firstPart(path)
	const startText = legacyText(start, job) ?? ''
	const mapped =
		start.kind === 'parameter' &&
		(options.parameters[start.name] !== undefined || relocate(startText, options.paths) !== undefined)
	if (mapped) return { default: '', derived: { expression: path, needsVariables: false } }
	const prefix = prefixOf(path, legacy, options)
	if (start.kind === 'literal' && prefix.prefix !== undefined)
		return { default: '', derived: { expression: path, needsVariables: false, ...prefix } }
	return { default: null }
}

/** The mapped prefix that a path begins with in its literal start. */
function prefixOf(
	path: Expression,
	legacy: string | undefined,
	options: GenerateOptions,
): { readonly prefix?: { readonly from: string; readonly to: string } } {
	const start = firstPart(path)
	const text = start.kind === 'literal' ? start.value : undefined
	if (legacy === undefined || typeof text !== 'string') return {}
	const from = Object.keys(options.paths)
		.filter((one) => text.startsWith(one))
		.sort((a, b) => b.length - a.length)[0]
	return from === undefined ? {} : { prefix: { from, to: options.paths[from] ?? '' } }
}

function firstPart(path: Expression): Expression {
	const [first] = path.kind === 'call' ? path.args : []
	return first === undefined ? path : firstPart(first)
}

function usedConnections(job: Job): readonly string[] {
	const names = new Set<string>()
	for (const flow of job.flows) {
		for (const operator of flow.operators) {
			for (const name of connectionsOfOperator(operator)) names.add(name)
		}
	}
	for (const task of allTasks(job.control).filter(({ disabled }) => !disabled))
		for (const name of connectionsOf(task)) names.add(name)
	return [...names].sort()
}

function connectionsOfOperator(operator: Operator): readonly string[] {
	if (operator.kind === 'command') return [operator.connection]
	if (operator.kind === 'script') return connectionsUsed(operator.program)
	const place = operator.kind === 'read' ? operator.source : operator.kind === 'write' ? operator.target : undefined
	return place !== undefined && 'connection' in place ? [place.connection] : []
}

function connectionsOf(task: Task): Iterable<string> {
	if (task.kind === 'script') return connectionsUsed(task.program)
	if (task.kind === 'cluster') return task.action.kind === 'run' ? [task.action.connection] : []
	return 'connection' in task && task.kind !== 'mail' ? [task.connection] : []
}

/** Python text of a derived path. */
export function derivedPath(derived: NonNullable<PlacePlan['derived']>, scope: DriverScope): string {
	const text = driverValue(derived.expression, scope)
	if (derived.prefix === undefined) return text
	const { from, to } = derived.prefix
	const joined = to.endsWith('/') || !/[/\\]$/.test(from) ? to : `${to}/`
	return `${/^["'\w]/.test(text) && !text.includes(' + ') ? text : `(${text})`}.replace(${JSON.stringify(from)}, ${JSON.stringify(joined)}, 1)`
}
