/**
 * `jobs.json`: what the infrastructure and `reglue run` need to know about a unit's jobs.
 * It is read by Terraform (`jsondecode`), so its keys are snake_case.
 */
import type { Column } from '#model/types.ts'

export interface JobsFile {
	readonly version: 1
	readonly unit: string
	readonly jobs: readonly JobEntry[]
	/** Job sequences. Absent in files of older generations. */
	readonly state_machines?: readonly StateMachineEntry[]
}

export interface StateMachineEntry {
	/** Slug, unique in the unit. */
	readonly name: string
	/** Id of the job in the model. */
	readonly id: string
	/** The sequence's name in the export. */
	readonly title: string
	readonly description: string
	/** Path of the definition below the unit's folder: a template of Terraform. */
	readonly definition: string
	readonly parameters: readonly {
		readonly name: string
		/** null = required. */
		readonly default: string | null
		readonly description: string
	}[]
	/** Paths that it copies, moves, deletes or waits for, as the export spells them. */
	readonly files: readonly string[]
	/** What the sequence starts. */
	readonly starts: readonly StartEntry[]
	/** It reads the user status of a job that it starts. Absent: it does not. */
	readonly reads_status?: true
}

export interface StartEntry {
	/** Variable of the template that takes the name of the Glue job, or the ARN of the state machine. */
	readonly placeholder: string
	/** Name in the export. */
	readonly title: string
	/** Slug in this unit; null where the unit does not hold it. */
	readonly job: string | null
	readonly kind: 'job' | 'state-machine'
	/** It may tell a user status. Absent: it does not. */
	readonly tells_status?: true
	/** Name of each parameter that is passed → what it is called in the new job. */
	readonly arguments: Readonly<Record<string, string>>
}

export interface JobEntry {
	/** Slug, unique in the unit. */
	readonly name: string
	/** Id of the job in the model. */
	readonly id: string
	/** The job's name in the export. */
	readonly title: string
	readonly description: string
	/** Path of the script below the unit's folder. */
	readonly script: string
	readonly glue_version: string
	readonly worker_type: string
	readonly workers: number
	readonly timeout_minutes: number
	readonly retries: number
	/** What the script imports besides PySpark, as pip names it. */
	readonly python_modules?: readonly string[]
	readonly arguments: readonly ArgumentEntry[]
	readonly places: readonly PlaceEntry[]
	/** Jobs that it starts itself. Absent: none. `placeholder` is the argument that names a job outside the unit. */
	readonly starts?: readonly StartEntry[]
	/** It sends mail. Absent: it does not. */
	readonly sends_mail?: true
	/** It tells a user status to the state machine that starts it. Absent: it does not. */
	readonly tells_status?: true
	/** It works on EMR clusters. Absent: it does not. */
	readonly uses_clusters?: true
	/** Connections that the job uses: name in the export, and the argument that carries its new name. */
	readonly connections: readonly {
		readonly name: string
		readonly argument: string
		readonly glue_connection: string | null
	}[]
}

export interface ArgumentEntry {
	readonly name: string
	/** null = required. */
	readonly default: string | null
	readonly description: string
	/** What it is for: a parameter of the job, a place, a connection, the name of another job, what the job reports. */
	readonly kind: 'parameter' | 'place' | 'connection' | 'job' | 'report'
	/** The parameter's full name in the export (`Set.Param`), for `--param`. */
	readonly parameter: string | null
}

/** An outside place that the script reads or writes. */
export interface PlaceEntry {
	/** Id of the read or write operator, `<flow>/<operator>`. */
	readonly id: string
	/** Name of the element in the export (stage, component); `--bind` takes it too. */
	readonly element: string
	readonly role: 'read' | 'write'
	/** The write is fed by a reject or error output only. */
	readonly reject: boolean
	/** `folder`: a loop goes over its files. `file`: a task copies it, moves it, deletes it. */
	readonly kind:
		| 'folder'
		| 'file'
		| 'text-file'
		| 'data-set'
		| 'workbook'
		| 'xml'
		| 'xml-text'
		| 'table'
		| 'query'
		| 'other'
	/** Path, `connection:table`, or the element's name for SQL: parameters and variables replaced by their defaults. */
	readonly legacy: string
	/** The same as the export spells it. */
	readonly spelled: string
	/** Files: the argument that carries the path. */
	readonly argument: string | null
	/** The path follows from variables while the job runs, where the argument is empty. Absent: it does not. */
	readonly computed?: true
	/** Tables and queries. */
	readonly connection: string | null
	/** Exact text that the script gives Spark as `dbtable` or `query`, or the driver, while arguments have their defaults. */
	readonly statement: string | null
	/** The statement runs once, on the driver, through the printed helper `sql`. */
	readonly call: boolean
	readonly columns: readonly Column[]
	readonly format: {
		readonly delimiter: string
		readonly quote: string | null
		readonly header: boolean
		readonly encoding: string
		/** Ends a record: `\n`, `\r\n`. */
		readonly record_delimiter: string
	} | null
}
