/** What generation of Glue jobs depends on besides the jobs: configuration and test data, both given by the caller. */
import type { DifferenceRows } from '#model/difference-rows.ts'
import type { TestData } from '../tests/test-data.ts'

export interface ConnectionMapping {
	readonly glue_connection?: string | undefined
	readonly dialect?: string | undefined
}

export interface GlueSettings {
	readonly version: '5.1' | '6.0'
	readonly worker_type: string
	readonly workers: number
	readonly timeout_minutes: number
	readonly retries: number
}

export interface GenerateOptions {
	/** Legacy path prefix → new place; the longest prefix wins. */
	readonly paths: Readonly<Record<string, string>>
	/** Connection of the export → what takes its place. */
	readonly connections: Readonly<Record<string, ConnectionMapping>>
	/** Defaults of job parameters that override those of the export. */
	readonly parameters: Readonly<Record<string, string>>
	/** Environment → values of job parameters there, beside those that the export knows. */
	readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>
	readonly glue: GlueSettings
	readonly outputs: {
		readonly terraform: boolean
		readonly unit_tests: boolean
		readonly documentation: boolean
		readonly step_functions: boolean
	}
	/** Rows for the tests, by job id. A job without any is tested with all inputs empty. */
	readonly testData: ReadonlyMap<string, TestData>
	/** Rows that its declared differences change, in their order, by job id. */
	readonly differenceRows: ReadonlyMap<string, readonly DifferenceRows[]>
}

export const defaultOptions: GenerateOptions = {
	paths: {},
	connections: {},
	parameters: {},
	glue: { version: '5.1', worker_type: 'G.1X', workers: 2, timeout_minutes: 60, retries: 0 },
	outputs: { terraform: true, unit_tests: true, documentation: true, step_functions: true },
	testData: new Map(),
	differenceRows: new Map(),
}
