/** What an export holds besides jobs, by name: jobs refer to it. */
import { textOf } from './columns.ts'
import type { DsxRecord, DsxSection } from './formats/dsx/records.ts'
import type { OpenExport } from './formats/open-export.ts'
import type { ParameterSet } from './parameters.ts'
import { readParameterSet } from './parameters.ts'
import type { StageDefaults } from './stage-types.ts'
import { readStageDefaults } from './stage-types.ts'

/** A section with the file that it stands in. */
export interface SharedContainer {
	readonly section: DsxSection
	readonly file: string
}

/** An export with the path of its file. */
export interface ProjectFile {
	readonly path: string
	readonly opened: OpenExport
}

export interface Project {
	readonly sets: ReadonlyMap<string, ParameterSet>
	/** Data connections: what the `DataConnection` of a connector names. */
	readonly connections: ReadonlyMap<string, DsxRecord>
	/** Server and parallel routines (`CRoutine`), with their source text where it is there. */
	readonly routines: ReadonlyMap<string, DsxRecord>
	readonly stageTypes: ReadonlyMap<string, StageDefaults>
	/** Texts of schema files that lie beside the export, by their names without folders. */
	readonly schemaFiles: ReadonlyMap<string, string>
	/** Table definitions, read when somebody first asks: exports hold hundreds, and links carry their own columns. */
	tables(): ReadonlyMap<string, DsxRecord>
	/** Shared containers and subflows, read when somebody first asks. */
	containers(): ReadonlyMap<string, SharedContainer>
}

const kinds: ReadonlySet<string> = new Set(['DSPARAMETERSETS', 'DSDATACONNECTIONS', 'DSROUTINES', 'DSSTAGETYPES'])

/** @param files the export itself last: what it says itself counts more than what lies beside it. */
export function readProject(
	files: readonly ProjectFile[],
	schemaFiles: ReadonlyMap<string, string> = new Map(),
): Project {
	const exports = files.map(({ opened }) => opened)
	const sets = new Map<string, ParameterSet>()
	const connections = new Map<string, DsxRecord>()
	const routines = new Map<string, DsxRecord>()
	const stageTypes = new Map<string, StageDefaults>()
	for (const section of sectionsOf(exports, (kind) => kinds.has(kind))) {
		for (const record of section.records) {
			const name = textOf(record.values, 'Identifier')
			if (section.kind === 'DSPARAMETERSETS') sets.set(name, readParameterSet(record))
			else if (section.kind === 'DSDATACONNECTIONS') connections.set(name, record)
			else if (section.kind === 'DSROUTINES') routines.set(name, record)
			else stageTypes.set(name, readStageDefaults(record))
		}
	}
	return {
		sets,
		connections,
		routines,
		stageTypes,
		schemaFiles,
		tables: once(() => {
			const records = [...sectionsOf(exports, (kind) => kind === 'DSTABLEDEFS')].flatMap((section) => section.records)
			return new Map(records.map((record) => [textOf(record.values, 'Identifier'), record]))
		}),
		containers: once(() => {
			const isContainer = (kind: string): boolean => kind === 'DSSHAREDCONTAINER' || kind === 'DSCONTAINER'
			const found = files.flatMap(({ path, opened }) =>
				[...sectionsOf([opened], isContainer)].map((section) => ({ section, file: path })),
			)
			return new Map(found.map((one) => [one.section.values.get('Identifier') ?? '', one]))
		}),
	}
}

/** Problems are told when the jobs are read. */
function* sectionsOf(exports: readonly OpenExport[], wanted: (kind: string) => boolean): Generator<DsxSection> {
	for (const one of exports) yield* one.sections(wanted, () => undefined)
}

function once<T>(read: () => T): () => T {
	let known: { readonly value: T } | undefined
	return () => {
		known ??= { value: read() }
		return known.value
	}
}
