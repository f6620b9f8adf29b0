/** One section of an export → one job of the model. */
import { DATE_FORMAT, TIME_FORMAT, TIMESTAMP_FORMAT } from '#languages/datastage-parallel/temporal-format.ts'
import type { AccountingItem } from '#model/accounting.ts'
import type { ControlFlow } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Connection, DifferenceOccurrence, Job, JobKind } from '#model/job.ts'
import { modelVersion } from '#model/job.ts'
import type { DataFlow } from '#model/operators.ts'
import { aroundFlow, chain } from './around-flow.ts'
import { textOf } from './columns.ts'
import type { DsxRecord, DsxSection } from './formats/dsx/records.ts'
import type { JobRoutines } from './job-routines.ts'
import { jobRoutines } from './job-routines.ts'
import { lowerJob } from './lower-job.ts'
import { withNamedColumns } from './open-reads.ts'
import { readParameters } from './parameters.ts'
import type { Project } from './project.ts'
import { readSequence } from './sequences/sequence.ts'
import type { JobContext } from './stage-context.ts'
import { namedValues, readStructure } from './structure.ts'

export interface JobSource {
	readonly file: string
	/** `ServerVersion` of the header before the job. */
	readonly toolVersion: string
	/** What the export holds besides jobs. */
	readonly project: Project
	readonly scdPurposes: JobContext['scdPurposes']
}

const emptyControl: ControlFlow = { tasks: [], precedences: [], joins: [] }
const noRecord: DsxRecord = { values: new Map(), collections: new Map(), lines: { start: 1, end: 1 } }

/** `JobType`: 0 server, 1 mainframe, 2 sequence, 3 parallel. */
function kindOf(section: DsxSection, root: DsxRecord): JobKind {
	if (section.kind !== 'DSJOB') return 'container'
	const type = textOf(root.values, 'JobType')
	return type === '2' ? 'sequence' : type === '3' ? 'parallel' : 'server'
}

export function readJob(section: DsxSection, source: JobSource): Job {
	const root = section.records.find((record) => textOf(record.values, 'Identifier') === 'ROOT') ?? noRecord
	const name = textOf(root.values, 'Name') || (section.values.get('Identifier') ?? '') || 'unnamed'
	const { file } = source
	const diagnostics: Diagnostic[] = []
	const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic)
	const provenance = { file, path: name, lines: section.lines }
	const kind = kindOf(section, root)
	const structure = readStructure(
		section,
		{ name, file, stageTypes: source.project.stageTypes, levels: kind === 'parallel' },
		report,
	)
	const parameters = readParameters(root.collections.get('Parameters') ?? [], source.project.sets, { name, file })
	const version = Number.parseFloat(source.toolVersion) || 0
	const { project, scdPurposes } = source
	const context = {
		file,
		name,
		kind,
		parameters,
		project,
		within: [],
		version,
		scdPurposes,
		formats: jobFormats(root, provenance, report),
		report,
	}
	const body =
		kind === 'sequence'
			? { flows: [], connections: [], ...readSequence(structure, root, context) }
			: flowBody(context, provenance, lowerJob(context, structure), jobRoutines(root, context))
	return {
		version: modelVersion,
		id: `${file}#${name}`,
		name,
		kind,
		dialect: 'datastage',
		description: textOf(root.values, 'FullDescription') || textOf(root.values, 'Description'),
		toolVersion: source.toolVersion,
		parameters: parameters.all,
		variables: [],
		...body,
		diagnostics,
		provenance,
	}
}

const usualFormats = { date: DATE_FORMAT, time: TIME_FORMAT, timestamp: TIMESTAMP_FORMAT } as const

/** Formats that the job sets for itself. Files follow them; conversions inside the job keep the usual ones, which is said. */
function jobFormats(
	root: DsxRecord,
	provenance: Job['provenance'],
	report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<string, string> {
	const meta = namedValues(root, 'MetaBag')
	const formats = new Map<string, string>()
	for (const [kind, usual] of Object.entries(usualFormats)) {
		const format = (meta.get(`PX${kind.charAt(0).toUpperCase()}${kind.slice(1)}Format`) ?? '').trim()
		if (format === '' || format === usual) continue
		formats.set(kind, format)
		const what = `${provenance.path} sets the ${kind} format ${format} for all its stages`
		report(
			diagnose('stage/property', provenance, {
				what,
				why: `Files follow it; conversions between ${kind} and text inside the job use ${usual}.`,
			}),
		)
	}
	return formats
}

interface JobBody {
	readonly flows: readonly DataFlow[]
	readonly control: ControlFlow
	readonly accounting: readonly AccountingItem[]
	readonly differences: readonly DifferenceOccurrence[]
	readonly containers?: readonly string[]
	readonly connections: readonly Connection[]
}

/** A container has no flow of its own: its stages run in the jobs that use it. */
function flowBody(
	{ kind, name }: JobContext,
	provenance: Job['provenance'],
	lowered: ReturnType<typeof lowerJob>,
	routines: JobRoutines,
): JobBody {
	const { accounting, differences, connections, flow } = lowered
	const used = lowered.containers.length === 0 ? {} : { containers: lowered.containers }
	if (flow.operators.length === 0 || kind === 'container') {
		const control = kind === 'container' ? emptyControl : chain([...routines.before, ...routines.after])
		return {
			flows: [],
			control,
			accounting,
			differences: [...differences, ...routines.differences],
			connections,
			...used,
		}
	}
	const { operators, links } = withNamedColumns(flow)
	return {
		flows: [{ id: name, name, operators, links, provenance }],
		control: aroundFlow(name, provenance, lowered.statements, routines),
		accounting,
		differences: [...differences, ...routines.differences],
		connections,
		...used,
	}
}
