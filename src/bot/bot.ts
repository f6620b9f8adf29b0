/** What the bot works with in one repository. Hosts put it together; everything in `src/bot` takes it as it is. */
import type { Config } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import type { Diagnostic } from '#model/diagnostics.ts'

export interface Bot {
	/** Every write goes through it; hosts wrap it so that a worker that lost its lane writes no more. */
	readonly repository: ForgeRepository
	readonly workspace: Workspace
	readonly compiler: Compiler
	readonly repairer: Repairer
	readonly operator: OperatorLimits
	/** Settings that the host gives, as the Action and the command line do. Absent: the repository's own file holds. */
	readonly config?: Config
	/** Login under which the forge shows what the bot writes, such as `reglue[bot]`. */
	readonly self: string
	readonly clock: () => Date
	readonly log: Log
	readonly signal: AbortSignal
	/** What waits for this repository, for `/migrate status`. */
	readonly queue: QueueView
}

/** Lines for operators, already without secrets; `fields` are data and are never put into the text. */
export interface Log {
	info(text: string, fields?: Readonly<Record<string, unknown>>): void
	warn(text: string, fields?: Readonly<Record<string, unknown>>): void
	error(text: string, fields?: Readonly<Record<string, unknown>>): void
}

/** Files of the repository at a commit, on this machine. */
export interface Workspace {
	/**
	 * Makes the files of a commit readable, with git or from what is there already; nothing of the repository runs.
	 *
	 * @param patterns which files are wanted, as globs below the repository root: the sources, and what was generated
	 */
	checkout(commit: string, patterns: readonly string[]): Promise<Checkout>
}

export interface Checkout {
	readonly commit: string
	/** Folder that stands for the repository root. */
	readonly folder: string
	/** Gives the folder back; nobody reads it afterwards. */
	release(): Promise<void>
}

/** A unit as the exports of a commit make it; nothing is parsed for it. */
export interface UnitInput {
	/** Slug; its folder below the output. */
	readonly name: string
	/** Exports and companions, below the repository root, in path order. */
	readonly files: readonly string[]
	readonly companions: readonly string[]
	/** Hash of the bytes of exports and companions: equal input, config and version give equal files. */
	readonly input: string
}

/** Reglue without a forge: `pipeline` behind a port, so that hundreds of scenarios run without Spark. */
export interface Compiler {
	/** Name and version that trailers and texts give. */
	readonly version: string
	units(checkout: Checkout, config: Config): Promise<readonly UnitInput[]>
	/**
	 * The files of a unit and what is known without running anything. `decisions` is the text of the unit's `decisions.yml`.
	 *
	 * @throws CompileError when there is nothing to make files of
	 */
	generate(
		unit: UnitInput,
		checkout: Checkout,
		config: Config,
		decisions: string | undefined,
		signal: AbortSignal,
	): Promise<Generation>
	/** Runs the unit with the files of `files` (people's edits included) against the source job. */
	prove(request: {
		readonly unit: UnitInput
		readonly checkout: Checkout
		readonly config: Config
		/** By path below the repository root. */
		readonly files: ReadonlyMap<string, Uint8Array>
		readonly decisions: string | undefined
		/** Names or ids; absent: all jobs. */
		readonly only?: readonly string[]
		readonly signal: AbortSignal
	}): Promise<readonly JobReport[]>
	/** What keeps a generated file from being well-formed (E1); empty where nothing does. */
	problems(path: string, text: string): readonly string[]
	/** What changed in meaning from one state of a unit's exports to the other, in sentences. */
	semanticDifference(
		before: UnitSource | undefined,
		after: UnitSource | undefined,
		config: Config,
	): Promise<readonly JobChange[]>
}

/** The exports of a unit give nothing: they cannot be read, or hold no job. What was made of them before stays. */
export class CompileError extends Error {}

export interface UnitSource {
	readonly unit: UnitInput
	readonly checkout: Checkout
}

/** A job that another state of the exports has not, or has otherwise. */
export interface JobChange {
	readonly job: string
	readonly change: 'added' | 'removed' | 'changed'
	/** Such as "stage XFM_1: constraint of link L2 changed from … to …". */
	readonly details: readonly string[]
}

export interface Generation {
	/** Files by path below the repository root, the lock file among them. */
	readonly files: ReadonlyMap<string, Uint8Array>
	/** Reports without evidence. */
	readonly jobs: readonly JobReport[]
	readonly diagnostics: readonly Diagnostic[]
}

/** Mends what failed. The rules and models behind it are another layer's; without any it proposes nothing. */
export interface Repairer {
	propose(failure: {
		readonly unit: string
		readonly files: ReadonlyMap<string, Uint8Array>
		readonly reports: readonly JobReport[]
		/** 1 or 2. */
		readonly attempt: number
		readonly signal: AbortSignal
	}): Promise<Repair | undefined>
}

export interface Repair {
	/** Files that change, by path below the repository root; all inside the unit's folder. */
	readonly files: ReadonlyMap<string, Uint8Array>
	/** What was wrong and what was done, for the commit and the pull request. */
	readonly text: string
}

/** What the operator allows at most; a repository's config may only narrow it. */
export interface OperatorLimits {
	readonly openPullRequests: number
	readonly commentsPerHour: number
	readonly engine: 'local' | 'none'
}

export interface QueueView {
	/** Works of the same lane before the one of this comment; undefined where nobody knows. */
	position(comment: number): number | undefined
	/** Works that wait for the repository. */
	readonly waiting: number
}
