/** What runs generated Glue scripts: Spark on this machine, or AWS Glue. Hosts and evidence know only this. */

import type { JsonObject, JsonValue } from '#model/json-values.ts'
import type { DataType, Schema } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'

export interface Engine {
	/**
	 * Runs one script as AWS Glue would start it: `main` with arguments, in a fresh session.
	 * A script that fails, runs too long or takes its process with it is an outcome, not an exception.
	 * @throws EngineError when this machine lacks what a run needs; the reason of `signal` when it was aborted.
	 */
	run(request: RunRequest, signal?: AbortSignal): Promise<RunOutcome>
	/**
	 * Computes Column expressions over typed rows, many sets in few Spark jobs. One that fails does so alone.
	 * @returns for each set, for each of its expressions, the values in the order of the set's rows.
	 */
	columns(request: ColumnsRequest, signal?: AbortSignal): Promise<readonly (readonly ColumnOutcome[])[]>
	/** Ends every process, and what runs in it. */
	close(): Promise<void>
}

/** The machine lacks something, said with what to do about it. */
export class EngineError extends Error {
	override readonly name = 'EngineError'
}

/** A connection argument of this form is answered from {@link TableFixture}s instead of a database. */
export const fixtureConnection = (name: string): string => `jdbc:reglue:${name}`

export interface RunRequest {
	/** Absolute path of the generated script. */
	readonly script: string
	/** Job arguments by name, without dashes. `JOB_NAME` is added when it is not among them. */
	readonly args: Readonly<Record<string, string>>
	readonly tables?: readonly TableFixture[]
	/** Paths that the run computes. Absent: they are where they say. */
	readonly computed?: ComputedPaths
	/** Printed helpers to replace. A helper that is not named here does what it does. */
	readonly helpers?: readonly HelperFixture[]
	/** Paths of the old machine that the script spells itself, and where they are for this run; paths below them, too. */
	readonly moved?: Readonly<Record<string, string>>
	/** What fields of the script's `Variables` begin with, instead of what the script says. */
	readonly variables?: Readonly<Record<string, JsonValue>>
	/** Spreads the rows of every table fixture in another order, to show that the job does not depend on it. */
	readonly shuffle?: Shuffle
	readonly limits?: Limits
	/** Settings of the session, which the script's own override. */
	readonly sparkConf?: Readonly<Record<string, string>>
	/** `foreign`: written or changed by a person or a model. It gets a process and a network of its own. Default `rules`. */
	readonly trust?: 'rules' | 'foreign'
}

/** Rows of a table, of a statement's result or of a data set, as JSON lines (src/model/json-values.ts). */
export interface TableFixture {
	/** Empty for a data set. */
	readonly connection: string
	/** As the script asks for it; white space between words does not matter. A data set is known by its path. */
	readonly source: { readonly table: string } | { readonly statement: string } | { readonly dataSet: string }
	/** A regular expression for texts that it answers too, white space as one blank: the run decides what it asks for. */
	readonly pattern?: string
	/**
	 * `read`: rows that are there before the run. `write`: a folder that takes what the run writes; all rows of the table when the
	 * run changes some by key. A table may have both.
	 */
	readonly role: 'read' | 'write'
	/** A file or folder of JSON lines; for `write` a folder, which need not exist. */
	readonly path: string
	readonly schema: Schema
}

/** Text files whose paths only the run knows: each that it writes is an effect `file.write`. */
export interface ComputedPaths {
	/** Path as the run computes it → file or folder that is read instead. What lies below a folder moves with it. */
	readonly read: Readonly<Record<string, string>>
	/** Folder for what the run writes; each path gets a folder in it, which it reads afterwards. */
	readonly written: string
	/** Places that the request itself gives the run to write to: these are where they say. */
	readonly kept: readonly string[]
}

/** What a helper answers: the first unused answer that matches, else `otherwise` (by default: nothing). */
export interface HelperFixture {
	readonly name: string
	readonly answers: readonly HelperAnswer[]
	readonly otherwise?: HelperReply
}

export interface HelperAnswer {
	/** Arguments, by the helper's own parameter names, that must be equal. Default: any call matches. */
	readonly when?: JsonObject
	/** Answers every matching call rather than the next one. */
	readonly repeat?: boolean
	readonly reply: HelperReply
}

export type HelperReply =
	| { readonly kind: 'value'; readonly value: JsonValue }
	| { readonly kind: 'rows'; readonly schema: Schema; readonly rows: readonly Row[] }
	| { readonly kind: 'error'; readonly message: string }
	/** The helper does what it does; the call is only noted. */
	| { readonly kind: 'original' }

export interface Shuffle {
	readonly partitions: number
	readonly seed: number
}

export interface Limits {
	readonly seconds?: number
	/** Memory of the JVM. A run that asks for another amount than the engine's own gets its own process. */
	readonly memoryMb?: number
}

export type RunOutcome = RunRecord & ({ readonly ok: true } | { readonly ok: false; readonly failure: RunFailure })

export interface RunRecord {
	/** What the script did outside, in order: `jdbc.read`, `jdbc.write` and the replaced helpers by name. */
	readonly effects: readonly Effect[]
	/** The end of what the script printed, not yet redacted. */
	readonly stdout: string
	readonly stderr: string
	readonly seconds: number
}

export interface Effect {
	readonly helper: string
	readonly args: JsonObject
}

export interface RunFailure {
	/** Python's or Java's class, or one of ours: `TimeLimit`, `WorkerDied`. */
	readonly errorClass: string
	/** Spark's name for it, for example `DIVIDE_BY_ZERO`. */
	readonly condition?: string
	readonly message: string
	/** The script's own lines, outermost first; the last one is where it failed. */
	readonly trace: readonly TraceLine[]
	/** The stage of the source job, when the message names one ("Stage NAME: …", "Component NAME: …"). */
	readonly stage?: string
}

export interface TraceLine {
	readonly line: number
	readonly function: string
	readonly code: string
}

export interface ColumnsRequest {
	readonly sets: readonly ColumnSet[]
	/** Python that the expressions need: printed helper functions. `F` (pyspark.sql.functions) is there already. */
	readonly prelude?: string
	readonly limits?: Limits
}

export interface ColumnSet {
	readonly schema: Schema
	readonly rows: readonly Row[]
	readonly expressions: readonly ColumnExpression[]
}

export interface ColumnExpression {
	readonly name: string
	/** For example `F.upper(F.col("name"))`. */
	readonly python: string
	/** The type that the value has in the model; a value of another Spark type is cast to it. */
	readonly type: DataType
}

export type ColumnOutcome =
	| { readonly ok: true; readonly name: string; readonly sparkType: string; readonly values: readonly Value[] }
	| { readonly ok: false; readonly name: string; readonly failure: RunFailure }
