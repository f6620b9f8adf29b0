import type { AccountingItem } from './accounting.ts'
import type { ControlFlow, Variable } from './control-flow.ts'
import type { Diagnostic } from './diagnostics.ts'
import type { DataFlow } from './operators.ts'
import type { Provenance } from './provenance.ts'
import type { DataType } from './types.ts'
import type { Value } from './values.ts'

/** Version of the model's JSON form; raised when a reader of the old form would misread the new. */
export const modelVersion = 1

export type JobKind = 'parallel' | 'server' | 'sequence' | 'container' | 'package'
export type Dialect = 'datastage' | 'ssis'

export interface Parameter {
	/** Full name: `DIR`, `Paths.DIR` (member of a parameter set), `$APT_CONFIG_FILE`, `$Package::Year`. */
	readonly name: string
	readonly type: DataType
	/** Absent: must be given. */
	readonly default?: Value
	/** Values for the environments that the export knows by name (value files); a secret has none. */
	readonly environments?: readonly { readonly name: string; readonly value: Value }[]
	/** Never printed, logged or defaulted. */
	readonly secret: boolean
	readonly description: string
	readonly provenance: Provenance
}

/** Namespace of the parameters that take the place of variables of a caller: `$Parent::Dir`. */
export const parentNamespace = 'Parent'

export interface Connection {
	/** Name in the source: `ORACLE_DW`, `Project.Orders`. */
	readonly name: string
	readonly kind: 'database' | 'file' | 'other'
	/** SQL dialect as far as known: `sqlserver`, `oracle`, `postgresql`, … */
	readonly dialect?: string
	/** The statements of tasks run in one session: what one leaves in it (a temporary table, an open transaction) the next finds. */
	readonly oneSession?: true
	/** Server and database, without any secret. */
	readonly description: string
	readonly provenance: Provenance
}

/** A declared difference at one element; `id` names an entry of the catalogue of differences. */
export interface DifferenceOccurrence {
	readonly id: string
	readonly element: string
	/** What differs here, in one sentence. */
	readonly detail: string
	readonly provenance: Provenance
}

/** One DataStage job, sequence or shared container, or one SSIS package. */
/** A column whose type the export stores, and that follows from what makes the column, in the words of the source. */
export interface InferredType {
	readonly element: string
	readonly column: string
	readonly stored: string
	readonly inferred: string
}

/** How many inferred types are the stored ones, and those that are not. The stored type holds in either case. */
export interface TypeAgreement {
	readonly equal: number
	readonly others: readonly InferredType[]
}

export interface Job {
	readonly version: typeof modelVersion
	/** The export's path below the repository root + `#` + the job's name. */
	readonly id: string
	readonly name: string
	readonly kind: JobKind
	readonly dialect: Dialect
	readonly description: string
	/** Version of the tool that wrote the export: `11.7`, `SSIS format 8`. */
	readonly toolVersion: string
	readonly parameters: readonly Parameter[]
	readonly variables: readonly Variable[]
	readonly connections: readonly Connection[]
	/** Names of the shared containers whose stages run in it, in the order of their first use. */
	readonly containers?: readonly string[]
	readonly flows: readonly DataFlow[]
	/** Absent where the export stores no type that can be inferred. */
	readonly types?: TypeAgreement
	readonly control: ControlFlow
	readonly accounting: readonly AccountingItem[]
	readonly differences: readonly DifferenceOccurrence[]
	readonly diagnostics: readonly Diagnostic[]
	readonly provenance: Provenance
}
