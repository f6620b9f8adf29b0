/** The importer of DataStage exports in DSX text. */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import type { ExportFile, Importer, ImportRequest, ImportResult } from '../importer.ts'
import { decodeDsx, decodeHead } from './formats/dsx/decode.ts'
import type { DsxSection } from './formats/dsx/records.ts'
import { readSections } from './formats/dsx/records.ts'
import { readJob } from './job.ts'
import type { ParameterSet } from './parameters.ts'
import { readParameterSet } from './parameters.ts'

const jobSections: ReadonlySet<string> = new Set(['HEADER', 'DSJOB', 'DSSHAREDCONTAINER', 'DSCONTAINER'])
const setSection = 'DSPARAMETERSETS'

export const dsxImporter: Importer = {
	format: 'dsx',
	endings: ['.dsx'],
	companion: false,
	detect: (_path, head) => /^\s*BEGIN (?:HEADER|DS[A-Z]+)\s*$/m.test(decodeHead(head)),
	read: readDsx,
}

function readDsx({ file, companions }: ImportRequest): ImportResult {
	const { text, diagnostics: encoding } = decodeDsx(file.bytes, file.path)
	const whole = { file: file.path, path: '', lines: { start: 1, end: 1 } }
	if (text.trim() === '') {
		return {
			jobs: [],
			diagnostics: [diagnose('file/empty', whole, { what: `${file.path} is empty`, why: 'It holds no text.' })],
		}
	}
	const diagnostics: Diagnostic[] = [...encoding]
	const jobs = readJobs(text, file.path, parameterSets(text, companions), (diagnostic) => diagnostics.push(diagnostic))
	if (jobs.length === 0 && diagnostics.length === 0) {
		diagnostics.push(
			diagnose('file/not-an-export', whole, {
				what: `${file.path} holds no job`,
				why: 'No DSJOB or DSSHAREDCONTAINER stands in it.',
			}),
		)
	}
	return { jobs, diagnostics }
}

/** Sets of this file, and of the exports beside it, which the file's own override. They may stand after the jobs that use them. */
function parameterSets(text: string, companions: readonly ExportFile[]): ReadonlyMap<string, ParameterSet> {
	const texts = [
		...companions
			.filter(({ path }) => path.toLowerCase().endsWith('.dsx'))
			.map((other) => decodeDsx(other.bytes, other.path).text),
		text,
	]
	const sets = new Map<string, ParameterSet>()
	for (const one of texts) {
		if (!one.includes(`BEGIN ${setSection}`)) continue
		for (const section of readSections(
			one,
			'',
			(kind) => kind === setSection,
			() => undefined,
		)) {
			for (const record of section.records) {
				const set = readParameterSet(record)
				sets.set(set.name, set)
			}
		}
	}
	return sets
}

function readJobs(
	text: string,
	file: string,
	sets: ReadonlyMap<string, ParameterSet>,
	report: (diagnostic: Diagnostic) => void,
): readonly Job[] {
	const jobs = new Map<string, Job>()
	let toolVersion = ''
	for (const section of readSections(text, file, (kind) => jobSections.has(kind), report)) {
		if (section.kind === 'HEADER') {
			toolVersion = section.values.get('ServerVersion') ?? ''
			continue
		}
		const job = readJob(section, { file, toolVersion, sets })
		const older = jobs.get(job.id)
		if (older !== undefined) report(duplicate(job, section))
		jobs.set(job.id, older === undefined ? job : replacing(job, older))
	}
	return [...jobs.values()]
}

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
