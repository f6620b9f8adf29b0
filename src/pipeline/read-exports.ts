/** From files to jobs: picks the importer by content, and turns everything that can go wrong with a file into a diagnostic. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { withoutLogins } from '#analysis/logins.ts'
import { withParentVariables } from '#analysis/parent-variables.ts'
import type { FileReport } from '#evidence/report.ts'
import type { ExportFile, ImportRequest } from '#importers/importer.ts'
import { importerFor } from '#importers/registry.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import { diagnosticReport } from './diagnostic-report.ts'

/** Larger files are refused before they are read: no export comes near it. */
const largestFile = 512 * 1024 * 1024

/** Bytes that an importer looks at to know its format. */
const headBytes = 4096

/** What a team says that the exports do not. */
type Settings = Pick<ImportRequest, 'scdPurposes'>

export interface ReadExports {
	readonly jobs: readonly Job[]
	readonly files: readonly FileReport[]
}

/** Reads the exports of one unit, each on its own: a bad file never stops the others. */
export function readExports(
	files: readonly string[],
	companions: readonly string[],
	settings: Settings = {},
): ReadExports {
	const beside = companions.map(readBytes).filter((file) => file.file !== undefined)
	const read = files.map((file) =>
		readExport(
			file,
			beside.flatMap((companion) => companion.file ?? []),
			settings,
		),
	)
	const { jobs, diagnostics } = withoutLogins(withParentVariables(read.flatMap((one) => one.jobs)))
	const reports = read.map(({ report }) => {
		const own = diagnostics.filter(({ provenance }) => provenance.file === report.file)
		return { ...report, diagnostics: [...report.diagnostics, ...own.map(diagnosticReport)] }
	})
	return { jobs, files: reports }
}

function readExport(
	path: string,
	companions: readonly ExportFile[],
	settings: Settings,
): { readonly jobs: readonly Job[]; readonly report: FileReport } {
	const { file, problem } = readBytes(path)
	if (file === undefined)
		return { jobs: [], report: fileReport(path, '', 'unknown', [], problem === undefined ? [] : [problem]) }
	const sha256 = createHash('sha256').update(file.bytes).digest('hex')
	const importer = importerFor(path, file.bytes.subarray(0, headBytes))
	if (importer === undefined) {
		return { jobs: [], report: fileReport(path, sha256, 'unknown', [], [notAnExport(file)]) }
	}
	const { jobs, diagnostics } = importer.read({ file, companions, ...settings })
	return { jobs, report: fileReport(path, sha256, importer.format, jobs, diagnostics) }
}

function readBytes(path: string): { readonly file?: ExportFile; readonly problem?: Diagnostic } {
	try {
		const bytes = readFileSync(path)
		if (bytes.length <= largestFile) return { file: { path, bytes } }
		return {
			problem: about(
				path,
				'file/too-large',
				`The file has ${bytes.length} bytes.`,
				`files above ${largestFile} bytes are not read`,
			),
		}
	} catch (error) {
		return {
			problem: about(
				path,
				'file/unreadable',
				'The file cannot be read.',
				error instanceof Error ? error.message : String(error),
			),
		}
	}
}

function notAnExport({ path, bytes }: ExportFile): Diagnostic {
	if (bytes.length === 0) return about(path, 'file/empty', 'The file is empty.', 'an export begins with a header')
	return about(
		path,
		'file/not-an-export',
		'The file is not an export that Reglue knows.',
		'it begins neither like a DSX file nor like an SSIS package',
	)
}

function about(
	path: string,
	code: 'file/empty' | 'file/not-an-export' | 'file/too-large' | 'file/unreadable',
	what: string,
	why: string,
): Diagnostic {
	return diagnose(code, { file: path, path: '', lines: { start: 1, end: 1 } }, { what, why })
}

function fileReport(
	file: string,
	sha256: string,
	format: string,
	jobs: readonly Job[],
	diagnostics: readonly Diagnostic[],
): FileReport {
	return { file, sha256, format, jobs: jobs.map((job) => job.id), diagnostics: diagnostics.map(diagnosticReport) }
}
