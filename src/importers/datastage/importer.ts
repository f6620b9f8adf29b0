/** The importers of DataStage exports. The formats differ only in how they are opened. */

import type { AccountingItem } from '#model/accounting.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import type { ExportFile, ExportFormat, Importer, ImportRequest, ImportResult } from '../importer.ts'
import { dsXmlReader } from './formats/ds-xml/open.ts'
import { dsxReader } from './formats/dsx/open.ts'
import type { DsxSection } from './formats/dsx/records.ts'
import { flowReader, isSharedAsset, readAsset } from './formats/flow/open.ts'
import { isxReader } from './formats/isx/open.ts'
import type { ExportReader, OpenExport } from './formats/open-export.ts'
import type { JobSource } from './job.ts'
import { readJob } from './job.ts'
import type { ProjectFile } from './project.ts'
import { readProject } from './project.ts'
import { isSchemaFile } from './schema-file.ts'

const jobSections: ReadonlySet<string> = new Set(['HEADER', 'DSJOB', 'DSSHAREDCONTAINER', 'DSCONTAINER'])

const readers: readonly ExportReader[] = [dsxReader, dsXmlReader, isxReader, flowReader]

export const dsxImporter = importerOf('dsx', dsxReader, ['.dsx'])
export const dsXmlImporter = importerOf('ds-xml', dsXmlReader, ['.xml'])
export const isxImporter = importerOf('isx', isxReader, ['.isx'])
export const flowImporter = importerOf('ds-flow', flowReader, ['.json', '.zip'])

/** Parameter sets and connections of a next-generation project: flows refer to them. */
export const assetImporter: Importer = {
	format: 'ds-asset',
	endings: ['.json'],
	companion: true,
	detect: isSharedAsset,
	read: ({ file }) => ({ jobs: [], diagnostics: readAsset(file) }),
}

function importerOf(format: ExportFormat, reader: ExportReader, endings: readonly string[]): Importer {
	return {
		format,
		endings,
		companion: false,
		detect: (path, head) => reader.detect(path, head),
		read: (request) => readExport(reader, request),
	}
}

function readExport(reader: ExportReader, { file, companions, scdPurposes = {} }: ImportRequest): ImportResult {
	const whole = { file: file.path, path: '', lines: { start: 1, end: 1 } }
	if (isBlank(file.bytes)) {
		const empty = { what: `${file.path} is empty`, why: 'It holds no text.' }
		return { jobs: [], diagnostics: [diagnose('file/empty', whole, empty)] }
	}
	const opened = reader.open(file)
	const diagnostics: Diagnostic[] = [...opened.diagnostics]
	const exports = companions.filter((one) => !isSchemaFile(one.path))
	const project = readProject([...exports.flatMap(openCompanion), { path: file.path, opened }], schemaFiles(companions))
	const jobs = readJobs(opened, { file: file.path, project, scdPurposes }, (diagnostic) => diagnostics.push(diagnostic))
	if (jobs.length === 0 && diagnostics.length === 0) {
		const why = 'No job, sequence or shared container stands in it.'
		diagnostics.push(diagnose('file/not-an-export', whole, { what: `${file.path} holds no job`, why }))
	}
	return { jobs, diagnostics }
}

function isBlank(bytes: Uint8Array): boolean {
	return bytes.every((byte) => byte === 0 || byte === 0x20 || (byte >= 9 && byte <= 13))
}

const schemaFiles = (companions: readonly ExportFile[]): ReadonlyMap<string, string> =>
	new Map(
		companions
			.filter(({ path }) => isSchemaFile(path))
			.map(({ path, bytes }) => [path.slice(path.lastIndexOf('/') + 1), new TextDecoder().decode(bytes)]),
	)

function openCompanion(file: ExportFile): readonly ProjectFile[] {
	const reader = readers.find((one) => one.detect(file.path, file.bytes.subarray(0, 4096)))
	return reader === undefined ? [] : [{ path: file.path, opened: reader.open(file) }]
}

function readJobs(
	opened: OpenExport,
	source: Omit<JobSource, 'toolVersion'>,
	report: (diagnostic: Diagnostic) => void,
): readonly Job[] {
	const jobs = new Map<string, Job>()
	let toolVersion = ''
	for (const section of opened.sections((kind) => jobSections.has(kind), report)) {
		if (section.kind === 'HEADER') {
			toolVersion = section.values.get('ServerVersion') ?? ''
			continue
		}
		const job = readJob(section, { ...source, toolVersion })
		const older = jobs.get(job.id)
		if (older !== undefined) report(duplicate(job, section))
		jobs.set(job.id, older === undefined ? job : replacing(job, older))
	}
	return withoutUnused([...jobs.values()])
}

/**
 * Nothing runs the stages of a shared container that no job of its file uses: neither the old engine nor the new job. A file
 * without jobs is another matter, its containers serve the jobs of the files beside it.
 */
function withoutUnused(jobs: readonly Job[]): readonly Job[] {
	const users = jobs.filter(({ kind }) => kind === 'parallel' || kind === 'server')
	const isVague = users.some(({ accounting }) =>
		accounting.some((item) => isContainer(item) && item.outcome === 'opaque'),
	)
	if (users.length === 0 || isVague) return jobs
	const used = new Set(users.flatMap(({ containers }) => containers ?? []))
	return jobs.map((job) => (job.kind === 'container' && !used.has(job.name) ? dropped(job) : job))
}

const isContainer = ({ type }: AccountingItem): boolean => type.endsWith('ContainerStage')

const dropped = (container: Job): Job => ({
	...container,
	accounting: container.accounting.map((item) => ({
		...item,
		outcome: 'dropped',
		reason: 'no job of the export uses the container',
	})),
})

function duplicate(job: Job, section: DsxSection): Diagnostic {
	return diagnose('job/duplicate', job.provenance, {
		what: `${job.name} stands more than once in ${job.provenance.file}; the copy from line ${section.lines.start} counts`,
		why: 'DataStage can append an export to an existing file.',
	})
}

/** The later copy is the job; the elements of the older one are accounted for as left out. */
function replacing(job: Job, older: Job): Job {
	const suffix = ` (line ${older.provenance.lines.start})`
	const dropped = older.accounting.map((item) => ({
		...item,
		id:
			item.outcome === 'dropped' && item.id.startsWith(`${job.name} (line`)
				? item.id
				: `${job.name}${suffix}${item.id.slice(job.name.length)}`,
		outcome: 'dropped' as const,
		reason: 'an older copy of the job in the same file',
	}))
	return { ...job, accounting: [...job.accounting, ...dropped] }
}
