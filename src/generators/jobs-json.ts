/** Prints `jobs.json` from the plans of a unit's jobs. */

import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { Target } from '#model/places.ts'
import { isInside } from '#model/places.ts'
import type { Value } from '#model/values.ts'
import type { GenerateOptions } from './glue/options.ts'
import { tellsStatus } from './glue/plan/arguments.ts'
import type { JobPlan, PlacePlan } from './glue/plan/job-plan.ts'
import { defaultValue, legacyText } from './glue/plan/legacy-text.ts'
import type { PlannedTaskPlace } from './glue/plan/task-arguments.ts'
import { bareStatement, splitMarkers, splitWith } from './glue/statements.ts'
import type { ArgumentEntry, JobEntry, JobsFile, PlaceEntry, StateMachineEntry } from './jobs-file.ts'

export function jobsFile(
	unit: string,
	plans: readonly JobPlan[],
	options: GenerateOptions,
	machines: readonly StateMachineEntry[] = [],
): JobsFile {
	const jobs = plans.map((plan) => jobEntry(plan, options))
	return { version: 1, unit, jobs, ...(machines.length === 0 ? {} : { state_machines: machines }) }
}

function jobEntry(plan: JobPlan, options: GenerateOptions): JobEntry {
	const { job, name } = plan
	const { version, worker_type, workers, timeout_minutes, retries } = options.glue
	return {
		name,
		id: job.id,
		title: job.name,
		description: oneLine(job.description) || `Migrated from ${job.name}`,
		script: `glue_jobs/${name}.py`,
		glue_version: version,
		worker_type,
		workers,
		timeout_minutes,
		retries,
		...modulesOf(plan),
		arguments: plan.arguments.map(
			(argument): ArgumentEntry => ({ ...argument, description: oneLine(argument.description) }),
		),
		places: [
			...plan.places
				.filter(({ operator }) => (operator.kind === 'read' ? !isInside(operator.source) : isPlace(operator.target)))
				.map((place) => placeEntry(place, plan)),
			...plan.taskPlaces.map(taskPlaceEntry),
		],
		...startsOf(plan),
		...(allTasks(job.control).some(({ kind }) => kind === 'mail') ? { sends_mail: true } : {}),
		...(tellsStatus(job) ? { tells_status: true } : {}),
		...(allTasks(job.control).some(({ kind }) => kind === 'cluster') ? { uses_clusters: true } : {}),
		connections: [...plan.connections].map(([connection, argument]) => ({
			name: connection,
			argument,
			glue_connection: options.connections[connection]?.glue_connection ?? null,
		})),
	}
}

function startsOf({ children }: JobPlan): Pick<JobEntry, 'starts'> {
	if (children.length === 0) return {}
	return {
		starts: children.map(({ title, job, entry, parameters }) => ({
			placeholder: entry?.name ?? '',
			title: title ?? '',
			job: job ?? null,
			kind: 'job',
			arguments: parameters,
		})),
	}
}

/** Tasks that leave their source as it is. */
const readers: ReadonlySet<PlannedTaskPlace['task']['kind']> = new Set([
	'extract-archive',
	'file-transfer',
	'pack-archive',
	'xml',
])

/** A path that a task works on. What it moves, renames or deletes it also writes. */
function taskPlaceEntry({ task, what, path, legacy, entry }: PlannedTaskPlace): PlaceEntry {
	const reads =
		what === 'folder' || task.kind === 'wait-for-file' || task.kind === 'cluster' || task.kind === 'execute-sql'
	const action = task.kind === 'files' ? task.action : task.kind === 'file-operation' ? task.operation : ''
	const copies = what === 'source' && (readers.has(task.kind) || /^(?:copy|list)/.test(action))
	return {
		id: `${task.id}/${what}`,
		element: task.name,
		role: reads || copies ? 'read' : 'write',
		reject: false,
		kind: what === 'folder' ? 'folder' : 'file',
		legacy: legacy ?? path.text,
		spelled: path.text,
		argument: entry.name,
		connection: null,
		statement: null,
		call: false,
		columns: [],
		format: null,
	}
}

/** AWS takes descriptions of at most 2048 bytes without line breaks. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 400)

/** Rows that go into a statement one by one, or nowhere, leave nothing in a place. */
const isPlace = (target: Target): boolean => target.kind !== 'none' && target.kind !== 'command' && !isInside(target)

/** What the printed helpers for workbooks import: openpyxl, and xlrd for files of Excel 97 to 2003. */
const workbookModules = ['openpyxl==3.1.5', 'xlrd==2.0.2'] as const

/** What the printed helpers for SFTP servers import. */
const secureModules = ['paramiko==4.0.0'] as const

function modulesOf(plan: JobPlan): Pick<JobEntry, 'python_modules'> {
	const overSsh = allTasks(plan.job.control).some((task) => task.kind === 'file-transfer' && task.overSsh !== undefined)
	const modules = [...(hasWorkbook(plan) ? workbookModules : []), ...(overSsh ? secureModules : [])]
	return modules.length === 0 ? {} : { python_modules: modules }
}

const hasWorkbook = ({ places }: JobPlan): boolean =>
	places.some(({ operator }) => (operator.kind === 'read' ? operator.source : operator.target).kind === 'workbook')

/** How tools outside name a place: `<flow>/<operator>`. */
export const placeId = ({ flow, operator }: PlacePlan): string => `${flow.id}/${operator.id}`

function placeEntry(plan: PlacePlan, { job }: JobPlan): PlaceEntry {
	const { flow, operator } = plan
	const source = operator.kind === 'read' ? operator.source : operator.target
	const common = {
		id: placeId(plan),
		element: operator.name,
		role: operator.kind,
		reject: operator.kind === 'write' && isReject(plan, flow.links),
		argument: plan.argument ?? null,
		...(plan.derived?.needsVariables === true ? { computed: true as const } : {}),
		columns: operator.schema.columns,
	} as const
	switch (source.kind) {
		case 'text-file': {
			const { delimiter, quote, header, encoding, recordDelimiter } = source.layout
			const format = { delimiter, quote: quote ?? null, header, encoding, record_delimiter: recordDelimiter }
			return {
				...common,
				kind: 'text-file',
				legacy: legacyText(source.path.expression, job) ?? source.path.text,
				spelled: source.path.text,
				connection: null,
				statement: null,
				call: false,
				format,
			}
		}
		case 'data-set':
			return {
				...common,
				kind: 'data-set',
				legacy: legacyText(source.path.expression, job) ?? source.path.text,
				spelled: source.path.text,
				connection: null,
				statement: null,
				call: false,
				format: null,
			}
		case 'row-files':
			return {
				...common,
				kind: 'folder',
				legacy: legacyText(source.path.expression, job) ?? source.path.text,
				spelled: source.path.text,
				connection: null,
				statement: null,
				call: false,
				format: null,
			}
		case 'workbook':
			return {
				...common,
				kind: 'workbook',
				legacy: legacyText(source.path.expression, job) ?? source.path.text,
				spelled: source.path.text,
				connection: null,
				statement: legacyText(source.range.expression, job) ?? null,
				call: false,
				format: null,
			}
		case 'xml':
			return {
				...common,
				kind: 'xml',
				legacy: legacyText(source.path.expression, job) ?? source.path.text,
				spelled: source.path.text,
				connection: null,
				statement: source.row,
				call: false,
				format: null,
			}
		case 'xml-text':
			return {
				...common,
				kind: 'xml-text',
				legacy: operator.name,
				spelled: source.text.text,
				connection: null,
				statement: source.row,
				call: false,
				format: null,
			}
		case 'table': {
			const table = legacyText(source.table.expression, job) ?? source.table.text
			return {
				...common,
				kind: 'table',
				legacy: `${source.connection}:${table}`,
				spelled: source.table.text,
				connection: source.connection,
				statement: table,
				call: false,
				format: null,
			}
		}
		case 'query':
			return {
				...common,
				kind: 'query',
				legacy: operator.name,
				spelled: source.sql.text,
				connection: source.connection,
				statement: statement(source, job),
				call: source.form === 'call',
				format: null,
			}
		case 'cache':
		case 'rows':
		case 'command':
		case 'other':
		case 'none':
			return {
				...common,
				kind: 'other',
				legacy: operator.name,
				spelled: operator.name,
				connection: null,
				statement: null,
				call: false,
				format: null,
			}
	}
}

type Query = Extract<Extract<PlacePlan['operator'], { kind: 'read' }>['source'], { kind: 'query' }>

/** What the script asks the database for while parameters and variables have their defaults. */
function statement(source: Query, job: Job): string | null {
	const text = legacyText(source.sql.expression, job)
	if (text === undefined) return null
	if (source.form === 'call') return text
	const bound = bindDefaults(text, source, job)
	if (bound === undefined) return null
	const parts = source.form === 'prepared' ? splitWith(bound) : undefined
	if (parts !== undefined) return `${parts.prepare} ${parts.query}`
	return source.form === 'select' ? bareStatement(bound) : bound
}

/** The statement with its `?` markers replaced as `sql_literal` does in the script; undefined for values that it prints by another rule. */
function bindDefaults(text: string, source: Query, job: Job): string | undefined {
	if (source.parameters.length === 0) return text
	const literals = source.parameters.map((parameter) => sqlLiteral(defaultValue(parameter, job)))
	if (literals.includes(undefined)) return undefined
	return splitMarkers(text)
		.map((part, position) => (position === 0 ? part : `${literals[position - 1] ?? '?'}${part}`))
		.join('')
}

function sqlLiteral(value: Value | undefined): string | undefined {
	if (value === null) return 'NULL'
	if (typeof value === 'boolean') return value ? '1' : '0'
	if (typeof value === 'bigint') return value.toString()
	return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : undefined
}

/** A write is a reject when what feeds it comes from reject ports only. */
function isReject({ flow, operator }: PlacePlan, links: PlacePlan['flow']['links']): boolean {
	const seen = new Set<string>()
	const fromReject = (id: string): boolean => {
		if (seen.has(id)) return true
		seen.add(id)
		const entering = links.filter(({ to }) => to.operator === id)
		return entering.length > 0 && entering.every(({ from }) => from.port === 'reject' || fromReject(from.operator))
	}
	return flow.operators.length > 0 && fromReject(operator.id)
}
