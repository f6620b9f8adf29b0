/** What the lowering of a stage sees and does. */
import type { Diagnostic } from '#model/diagnostics.ts'
import type { DifferenceId } from '#model/differences.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Connection, DifferenceOccurrence, JobKind } from '#model/job.ts'
import type { LineRange, Provenance } from '#model/provenance.ts'
import type { ScdPurpose } from '#model/scd-purposes.ts'
import type { Column } from '#model/types.ts'
import { declaredLater } from './declared-later.ts'
import type { FlowBuilder, Stream } from './flow.ts'
import type { ParameterTable } from './parameters.ts'
import type { Project } from './project.ts'
import type { Pin, Stage, StageLink } from './structure.ts'

/** What is the same for all stages of a job. */
export interface JobContext {
	readonly file: string
	readonly name: string
	/** Server jobs have stages, types and expressions of their own. */
	readonly kind: JobKind
	readonly parameters: ParameterTable
	/** Data connections, routines, table definitions, containers: what the export holds besides jobs. */
	readonly project: Project
	/** Date, time and timestamp format of the job, by type kind, where they are not the usual ones. */
	readonly formats: ReadonlyMap<string, string>
	/** Names of the shared containers that are being expanded, the outermost first. */
	readonly within: readonly string[]
	/** Version of the server that wrote the export, as a number (9.1); 0 when unknown. */
	readonly version: number
	/** What the numbers of purposes mean in Slowly Changing Dimension stages, where the team has said so. */
	readonly scdPurposes: Readonly<Record<string, ScdPurpose>>
	readonly report: (diagnostic: Diagnostic) => void
}

export interface StageInput {
	readonly pin: Pin
	readonly link: StageLink
	readonly stream: Stream
}

export interface StageOutput {
	readonly pin: Pin
	readonly link: StageLink
}

/** Streams that leave by the stage's output pins, by pin id. */
export type StageStreams = ReadonlyMap<string, Stream>

export interface StageContext {
	readonly job: JobContext
	readonly stage: Stage
	readonly flow: FlowBuilder
	readonly inputs: readonly StageInput[]
	readonly outputs: readonly StageOutput[]
	/** What the first later link that names a column says of it, for columns that travel along by name. */
	declaredLater(link: StageLink, name: string): Column | undefined
	/** Gives the stage up: it becomes opaque, for this reason. Lowering goes on and its result is thrown away. */
	refuse(reason: string): void
	report(diagnostic: Diagnostic): void
	/** Adds a connection to the job; one of that name counts once. */
	connect(connection: Connection): void
	/** Runs a statement before or after the data flow as a whole. */
	around(statement: StatementAround): void
	/** Declares a difference at this stage. */
	differ(id: DifferenceId, detail: string): void
	/** Fields that every operator of the stage begins with; `part` tells the operators of one stage apart. */
	base(part?: string, lines?: LineRange): OperatorFields
	provenance(lines?: LineRange, part?: string): Provenance
}

/** A statement that a stage runs once, before its first row or after its last. */
export interface StatementAround {
	readonly when: 'before' | 'after'
	readonly connection: string
	readonly statement: SourcedExpression
	/** Otherwise the job goes on when it fails. */
	readonly failOnError: boolean
	/** For the task that runs it. */
	readonly name: string
}

export interface OperatorFields {
	readonly id: string
	readonly element: string
	readonly name: string
	readonly provenance: Provenance
	readonly differences: readonly string[]
}

/** A difference with an id that the catalogue is known to have. */
export interface StageDifference extends DifferenceOccurrence {
	readonly id: DifferenceId
}

/** What came of asking a stage to lower itself. */
export interface StageNotes {
	readonly reasons: readonly string[]
	readonly differences: readonly StageDifference[]
	readonly diagnostics: readonly Diagnostic[]
	readonly connections: readonly Connection[]
	readonly statements: readonly StatementAround[]
}

export function createStageContext(
	job: JobContext,
	stage: Stage,
	flow: FlowBuilder,
	inputs: readonly StageInput[],
	outputs: readonly StageOutput[],
	links: readonly StageLink[],
): { readonly context: StageContext; readonly notes: StageNotes } {
	const reasons: string[] = []
	const differences: StageDifference[] = []
	const diagnostics: Diagnostic[] = []
	const connections: Connection[] = []
	const statements: StatementAround[] = []
	const provenance = (lines?: LineRange, part?: string): Provenance => ({
		file: job.file,
		path: part === undefined ? stage.path : `${stage.path}/${part}`,
		lines: lines ?? stage.record.lines,
	})
	const context: StageContext = {
		job,
		stage,
		flow,
		inputs,
		outputs,
		declaredLater: (link, name) => declaredLater(links, link, name),
		refuse: (reason) => reasons.includes(reason) || reasons.push(reason),
		report: (diagnostic) => diagnostics.push(diagnostic),
		connect: (connection) => void connections.push(connection),
		around: (statement) => void statements.push(statement),
		differ(id, detail) {
			if (differences.some((known) => known.id === id && known.detail === detail)) return
			differences.push({ id, element: stage.element, detail, provenance: provenance() })
		},
		base: (part, lines) => ({
			id: flow.freeId(part === undefined ? stage.name : `${stage.name}#${part}`),
			element: stage.element,
			name: stage.name,
			provenance: provenance(lines),
			differences: differences.map((known) => known.id),
		}),
		provenance,
	}
	return { context, notes: { reasons, differences, diagnostics, connections, statements } }
}
