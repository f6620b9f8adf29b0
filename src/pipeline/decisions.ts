/**
 * `decisions.yml` of a unit: what people decided about declared differences. The file is theirs: it is read here and never
 * written. A decision holds for one element as long as that element means the same.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Document } from 'yaml'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { fingerprint } from '#analysis/fingerprint.ts'
import type { JobReport } from '#evidence/report.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { DifferenceOccurrence, Job } from '#model/job.ts'

export const decisionsFile = 'decisions.yml'

const schema = z.strictObject({
	version: z.literal(1),
	differences: z
		.array(
			z.strictObject({
				job: z.string(),
				id: z.string(),
				element: z.string(),
				decision: z.enum(['accepted', 'rejected']),
				by: z.string(),
				at: z.string().regex(/^\d{4}-\d\d-\d\d/, 'give a date such as 2026-01-31'),
				element_fingerprint: z.string().optional(),
				note: z.string().optional(),
			}),
		)
		.default([]),
})

export type Decision = z.infer<typeof schema>['differences'][number]

export interface Decisions {
	/** The last one about an occurrence counts: the file is only ever added to. */
	readonly decisions: readonly Decision[]
	readonly diagnostics: readonly Diagnostic[]
}

/** @param folder of the unit */
export function readDecisions(folder: string): Decisions {
	const file = path.join(folder, decisionsFile)
	return existsSync(file) ? parseDecisions(readFileSync(file, 'utf8'), file) : { decisions: [], diagnostics: [] }
}

/** With anything wrong in it the file decides nothing: half a decision could accept what nobody accepted. */
export function parseDecisions(text: string, file: string): Decisions {
	const lines = new LineCounter()
	const document = parseDocument(text, { lineCounter: lines, schema: 'core', prettyErrors: false })
	const problem = (offset: number, key: string, why: string): Diagnostic => {
		const line = Math.max(1, lines.linePos(offset).line)
		const what = key === '' ? 'The decisions cannot be read.' : `\`${key}\` of the decisions is not valid.`
		return diagnose('decisions/invalid', { file, path: key, lines: { start: line, end: line } }, { what, why })
	}
	const [broken] = document.errors
	if (broken !== undefined)
		return { decisions: [], diagnostics: [problem(broken.pos[0], '', broken.message.split('\n')[0] ?? '')] }
	const result = schema.safeParse(document.toJS())
	if (result.success) return { decisions: result.data.differences, diagnostics: [] }
	const diagnostics = result.error.issues.map(({ path: keys, message }) =>
		problem(offsetOf(document, keys), keys.map(String).join('.'), message),
	)
	return { decisions: [], diagnostics }
}

function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
	const known = keys.map((key) => (typeof key === 'number' ? key : String(key)))
	for (let depth = known.length; depth > 0; depth--) {
		const node = document.getIn(known.slice(0, depth), true)
		if (isNode(node)) return node.range?.[0] ?? 0
	}
	return 0
}

/** What an occurrence is about: the operators of its element, and what the difference says of it. */
function elementFingerprint(job: Job, { id, element, detail }: DifferenceOccurrence): string {
	const operators = job.flows.flatMap((flow) => flow.operators.filter((one) => `${flow.id}/${one.id}` === element))
	return fingerprint({ id, detail, operators }).slice(0, 16)
}

/** The report's differences with what was decided about each; one whose element has changed since is open again. */
export function decided(job: Job, decisions: readonly Decision[]): JobReport['differences'] {
	return job.differences.map((occurrence) => {
		const { id, element, detail } = occurrence
		const own = elementFingerprint(job, occurrence)
		const last = decisions.findLast((one) => one.job === job.name && one.id === id && one.element === element)
		const holds = last !== undefined && (last.element_fingerprint ?? own) === own
		return {
			id,
			element,
			detail,
			element_fingerprint: own,
			...(holds ? { decision: last.decision, by: last.by, at: last.at } : {}),
		}
	})
}

/** A rejected difference is work for a person, whatever was proven. */
export function withDecisions(report: JobReport, job: Job, decisions: readonly Decision[]): JobReport {
	const differences = decided(job, decisions)
	const isRejected = differences.some(({ decision }) => decision === 'rejected')
	return { ...report, differences, category: isRejected ? 'MANUAL' : report.category }
}
