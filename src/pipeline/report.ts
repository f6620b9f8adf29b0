/** The portfolio report over an output folder: what the last run left there, its generated files, and its exports. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { JobReport, Report } from '#evidence/report.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import type { LockFile } from '#generators/lock.ts'
import { blobId, lockPath } from '#generators/lock.ts'
import type { Job } from '#model/job.ts'
import { reportDocument } from '#report/document.ts'
import type { Html } from '#report/html.ts'
import type { Code, JobInput } from '#report/input.ts'
import { jobPage } from '#report/job-page.ts'
import { reportAssets } from './report-assets.ts'
import { readModels, readReport } from './state.ts'

export interface WrittenReport {
	readonly report: Report
	readonly bytes: number
}

/**
 * Writes the report of an output folder as one HTML file.
 *
 * @param folder what `reglue migrate` wrote
 */
export function writePortfolio(folder: string, file: string): WrittenReport | { readonly problem: string } {
	const report = readReport(folder)
	if (report === undefined)
		return { problem: `${folder} holds no report of a run; run \`reglue migrate … --out ${folder}\` first` }
	const target = openSync(file, 'w')
	let bytes = 0
	try {
		const pieces = reportDocument({
			report: report.content,
			folder,
			when: `evidence of ${report.written.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
			assets: reportAssets(),
			pages: pages(folder, report.content),
		})
		for (const piece of pieces) bytes += writeSync(target, piece)
	} finally {
		closeSync(target)
	}
	return { report: report.content, bytes }
}

/** One page after the other, so that a large portfolio never lies in memory as a whole. */
function* pages(folder: string, report: Report): Generator<Html> {
	const source = sources(report)
	let unit: Unit | undefined
	for (const [index, job] of report.jobs.entries()) {
		if (unit?.name !== job.unit) unit = readUnit(folder, job.unit)
		yield jobPage(jobInput(job, unit, folder, source), `j${index}`)
	}
}

interface Unit {
	readonly name: string
	readonly models: ReadonlyMap<string, Job>
	readonly lock: LockFile | undefined
	/** Path of the generated file by job, below the unit's folder. */
	readonly files: ReadonlyMap<string, string>
}

function readUnit(folder: string, name: string): Unit {
	const jobs = readJson<JobsFile>(path.join(folder, name, 'jobs.json'))
	return {
		name,
		models: new Map((readModels(folder, name) ?? []).map((job) => [job.id, job])),
		lock: readJson<LockFile>(path.join(folder, lockPath(name))),
		files: new Map([
			...(jobs?.jobs ?? []).map(({ id, script }) => [id, script] as const),
			...(jobs?.state_machines ?? []).map(({ id, definition }) => [id, definition] as const),
		]),
	}
}

function readJson<T>(file: string): T | undefined {
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

function jobInput(report: JobReport, unit: Unit, folder: string, source: JobInput['source']): JobInput {
	const model = unit.models.get(report.id)
	const code = readCode(report, unit, folder)
	return { report, source, ...(model === undefined ? {} : { model }), ...(code === undefined ? {} : { code }) }
}

function readCode({ id }: JobReport, { name, files, lock }: Unit, folder: string): Code | undefined {
	const file = files.get(id)
	if (file === undefined) return undefined
	const key = `${name}/${file}`
	const place = path.join(folder, key)
	if (!existsSync(place)) return undefined
	const text = readFileSync(place, 'utf8')
	return { path: key, text, edited: lock?.blobs[key] !== blobId(text), traces: lock?.traces[key] ?? [] }
}

/** Lines of exports that are still, byte for byte, what was migrated; the last one read is kept, as jobs of one file follow each other. */
function sources(report: Report): JobInput['source'] {
	const hashes = new Map(report.files.map(({ file, sha256 }) => [file, sha256]))
	let last: { readonly file: string; readonly lines: readonly string[] | undefined } | undefined
	return (file) => {
		if (last?.file !== file) last = { file, lines: readLines(file, hashes.get(file)) }
		return last.lines
	}
}

function readLines(file: string, sha256: string | undefined): readonly string[] | undefined {
	if (sha256 === undefined || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined
	const bytes = readFileSync(file)
	if (createHash('sha256').update(bytes).digest('hex') !== sha256) return undefined
	return decode(bytes).split(/\r\n|\n|\r/)
}

/** Exports are UTF-8, UTF-16 with its mark, or a code page of which only the ASCII part matters to a reader. */
function decode(bytes: Uint8Array): string {
	const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
	if (utf16) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
	} catch {
		return new TextDecoder('windows-1252').decode(bytes)
	}
}
