/** What there is to say of single elements: on the generated lines that come from them, and where the export has them. */
import { z } from 'zod'
import type { DiagnosticReport, JobReport, Report } from '#evidence/report.ts'
import type { Annotation } from '#forge/repository.ts'

export interface Finding {
	/** Absent where it is about an export that no unit has a job of. */
	readonly unit?: string
	/** A rule of `finding-rules.ts`, a declared difference such as `RG-D003`, or the code of a diagnostic. */
	readonly rule: string
	readonly level: Annotation['level']
	/** Without a full stop. */
	readonly title: string
	readonly message: string
	/** Absent where it is about an export as a whole. */
	readonly element?: string
	/** Absent where nothing was generated for it. */
	readonly generated?: Place
	readonly source: Place
}

export interface Place {
	readonly file: string
	readonly lines: readonly [number, number]
}

/** Text of a unit's lock file, which says what each generated line comes from; undefined where there is none. */
export type LockOf = (unit: string) => string | undefined

const lockSchema = z.object({
	traces: z.record(
		z.string(),
		z.array(z.tuple([z.number(), z.number(), z.string(), z.string(), z.number(), z.number()])),
	),
})

type Traces = z.infer<typeof lockSchema>['traces']

/** All units with a job. */
export const unitsOf = (jobs: readonly JobReport[]): readonly string[] => [...new Set(jobs.map(({ unit }) => unit))]

interface Note extends Pick<Finding, 'rule' | 'level' | 'title' | 'message'> {
	/** Id of an element, or its last part. */
	readonly element: string
}

const order = ['failure', 'warning', 'notice'] as const

/** Jobs, and what there is to say of whole exports. */
export type Found = Pick<Report, 'jobs'> & Partial<Pick<Report, 'files'>>

/** Worst first. @param output folder that everything was generated into */
export function findingsOf({ jobs, files = [] }: Found, lockOf: LockOf, output: string): readonly Finding[] {
	const traces = new Map<string, Traces>()
	const tracesOf = (unit: string): Traces => {
		const known = traces.get(unit) ?? readTraces(lockOf(unit))
		traces.set(unit, known)
		return known
	}
	const found = jobs.flatMap((job) => {
		const places = placesOf(tracesOf(job.unit), job, output)
		const ofElements = notesOf(job).map((note): Finding => {
			const place = places.get(note.element)
			return { unit: job.unit, ...note, ...(place ?? { source: { file: job.source.file, lines: [1, 1] } }) }
		})
		return [...ofElements, ...diagnosticsOf(job.diagnostics, job.name, job.unit)]
	})
	const unitOf = new Map(jobs.map(({ source, unit }) => [source.file, unit]))
	const ofFiles = files.flatMap(({ file, diagnostics }) => diagnosticsOf(diagnostics, file, unitOf.get(file)))
	return [...found, ...ofFiles].toSorted((left, right) => order.indexOf(left.level) - order.indexOf(right.level))
}

/** Those with generated lines, as a check shows them; all others are in the pull request's text. */
export function annotationsOf(findings: readonly Finding[]): readonly Annotation[] {
	return findings.flatMap(({ generated, source, level, title, message }) => {
		if (generated === undefined) return []
		const [startLine, endLine] = generated.lines
		const [from, to] = source.lines
		const where = `(${source.file}, lines ${from} to ${to})`
		return [{ path: generated.file, startLine, endLine, level, title, message: `${message} ${where}` }]
	})
}

function notesOf(job: JobReport): readonly Note[] {
	const { outputs, cases = [], reconciled = [] } = job.evidence
	return [
		...outputs
			.filter(({ equal }) => !equal)
			.map(
				({ name, expected, actual }): Note => ({
					rule: 'rows/wrong',
					element: name,
					level: 'failure',
					title: `${job.name}: wrong rows at ${name}`,
					message: `The source job gives ${expected} rows there, the new one ${actual}, and they are not equal.`,
				}),
			),
		...reconciled
			.filter(({ status }) => status === 'different')
			.map(
				({ target, rows, differing }): Note => ({
					rule: 'rows/unlike-legacy',
					element: target,
					level: 'failure',
					title: `${job.name}: ${target} is not what the legacy engine wrote`,
					message: `${differing} of ${rows} rows differ.`,
				}),
			),
		...cases
			.filter(({ status }) => status === 'failed')
			.map(
				({ name, file }): Note => ({
					rule: 'rows/test-case',
					element: job.name,
					level: 'failure',
					title: `${job.name}: the test case ${name} fails`,
					message: `The test case of ${file} expects other rows.`,
				}),
			),
		...job.accounting.items
			.filter(({ outcome }) => outcome === 'opaque')
			.map(
				({ id, type, reason }): Note => ({
					rule: 'element/opaque',
					element: id,
					level: 'warning',
					title: `${job.name}: ${id} is not translated`,
					message: sentence(`${type}: ${reason ?? 'no reason given'}`),
				}),
			),
		...job.differences
			.filter(({ decision }) => decision !== 'accepted')
			.map(
				({ id, element, detail }): Note => ({
					rule: id,
					element,
					level: 'notice',
					title: `${job.name}: declared difference ${id}`,
					message: sentence(detail),
				}),
			),
	]
}

function diagnosticsOf(
	diagnostics: readonly DiagnosticReport[],
	subject: string,
	unit: string | undefined,
): readonly Finding[] {
	return diagnostics
		.filter(({ severity }) => severity !== 'info')
		.map(
			({ code, severity, what, why, remedy, file, line }): Finding => ({
				...(unit === undefined ? {} : { unit }),
				rule: code,
				level: severity === 'error' ? 'failure' : 'warning',
				title: `${subject}: ${what.replace(/\.$/, '')}`,
				message: `${why} ${remedy}`,
				source: { file, lines: [Math.max(1, line), Math.max(1, line)] },
			}),
		)
}

/** Texts of elements end with a full stop or without one. */
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** The narrowest generated lines of each element, under its id and under the last part of it. */
function placesOf(
	traces: Traces,
	job: JobReport,
	output: string,
): ReadonlyMap<string, Required<Pick<Finding, 'generated' | 'source'>>> {
	const places = new Map<string, Required<Pick<Finding, 'generated' | 'source'>>>()
	for (const [artifact, lines] of Object.entries(traces)) {
		for (const [first, last, element, file, from, to] of lines) {
			if (file !== job.source.file) continue
			const place = {
				generated: { file: `${output}/${artifact}`, lines: [first, last] as const },
				source: { file, lines: [from, to] as const },
			}
			for (const key of [element, element.split('/').at(-1) ?? element]) {
				const known = places.get(key)?.generated.lines
				if (known === undefined || last - first < known[1] - known[0]) places.set(key, place)
			}
		}
	}
	return places
}

function readTraces(lock: string | undefined): Traces {
	if (lock === undefined) return {}
	try {
		return lockSchema.safeParse(JSON.parse(lock)).data?.traces ?? {}
	} catch {
		// People broke the lock file: everything then goes without lines.
		return {}
	}
}
