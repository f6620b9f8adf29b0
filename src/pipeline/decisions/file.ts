/**
 * `decisions.yml` of a unit: what people decided about it, by hand or by a command. It lies in the unit's folder, and is
 * read from the unit's own branch: so it knows nothing of permissions, limits, engines, roles and what costs money.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Document } from 'yaml'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import { optionKey, optionKeys, optionProblem } from './options.ts'

export const decisionsFile = 'decisions.yml'

const date = z.string().regex(/^\d{4}-\d\d-\d\d/, 'give a date such as 2026-01-31')

/** Who decided, when, and in which comment; a command that is older than what stands here comes too late. */
const signed = {
	by: z.string().optional().describe('Who decided.'),
	at: date.optional().describe('When, as a date.'),
	comment: z.int().positive().optional().describe('Number of the comment that a command came in.'),
	note: z.string().optional().describe('For people; nobody else reads it.'),
}

const option = z
	.strictObject({
		key: z.string().describe(`${optionKeys.map((key) => `\`${key}\``).join(', ')}, or \`parameters.NAME\`.`),
		value: z.union([z.string(), z.number(), z.boolean()]).describe('As in the config.'),
		...signed,
	})
	.superRefine(({ key, value }, context) => {
		const known = optionKey(key)
		if (known !== key) {
			const message = `no option of a unit${known === undefined ? '' : `; write ${known}`}`
			context.addIssue({ code: 'custom', path: ['key'], message })
			return
		}
		const problem = optionProblem(known, value)
		if (problem !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: problem })
	})

const mapping = z.strictObject({
	kind: z
		.enum(['path', 'connection', 'table', 'column'])
		.describe(
			'What `from` is: the beginning of a path, the name of a connection or of a table, or a column as `TABLE.COLUMN`.',
		),
	from: z.string().min(1).describe('As the export has it.'),
	to: z.string().min(1).describe('The new place, the Glue connection, or the name in the new database.'),
	...signed,
})

const job = z.strictObject({
	job: z.string().min(1).describe('Name of the job.'),
	decision: z.enum(['skipped', 'reopened']).describe('Skipped: it is not migrated. Reopened: it is, again.'),
	...signed,
})

const difference = z.strictObject({
	job: z.string().describe('Name of the job.'),
	id: z.string().describe('Id of the declared difference, such as `RG-D003`.'),
	element: z.string().describe('Where it is, as the report says.'),
	decision: z
		.enum(['accepted', 'rejected'])
		.describe('Accepted: people live with it. Rejected: a person has to write it.'),
	by: z.string().describe('Who decided.'),
	at: date.describe('When, as a date.'),
	element_fingerprint: z.string().optional().describe('The decision holds while the element means the same.'),
	comment: signed.comment,
	note: signed.note,
})

export const decisionsSchema = z.strictObject({
	version: z.literal(1).describe('Version of this file.'),
	options: z.array(option).default([]).describe('Settings of this unit that win over the config.'),
	mappings: z.array(mapping).default([]).describe('New places, beside those of the config; these win.'),
	jobs: z.array(job).default([]).describe('Jobs that are left out, or taken up again.'),
	differences: z.array(difference).default([]).describe('What was decided about declared differences.'),
})

export type Decisions = z.infer<typeof decisionsSchema>
export type Decision = Decisions['differences'][number]

const noDecisions: Decisions = { version: 1, options: [], mappings: [], jobs: [], differences: [] }

export interface ReadDecisions {
	/** The last one about a thing counts. */
	readonly decisions: Decisions
	readonly diagnostics: readonly Diagnostic[]
}

/** @param folder of the unit */
export function readDecisions(folder: string): ReadDecisions {
	const file = path.join(folder, decisionsFile)
	return parseDecisions(existsSync(file) ? readFileSync(file, 'utf8') : undefined, file)
}

/**
 * With anything wrong in it the file decides nothing: half a decision could accept what nobody accepted.
 *
 * @param text undefined where there is no file
 */
export function parseDecisions(text: string | undefined, file: string): ReadDecisions {
	if (text === undefined) return { decisions: noDecisions, diagnostics: [] }
	const lines = new LineCounter()
	const document = parseDocument(text, { lineCounter: lines, schema: 'core', prettyErrors: false })
	const problem = (offset: number, key: string, why: string): Diagnostic => {
		const line = Math.max(1, lines.linePos(offset).line)
		const what = key === '' ? 'The decisions cannot be read.' : `\`${key}\` of the decisions is not valid.`
		return diagnose('decisions/invalid', { file, path: key, lines: { start: line, end: line } }, { what, why })
	}
	const [broken] = document.errors
	if (broken !== undefined) {
		return { decisions: noDecisions, diagnostics: [problem(broken.pos[0], '', broken.message.split('\n')[0] ?? '')] }
	}
	const result = decisionsSchema.safeParse(contentOf(document))
	if (result.success) return { decisions: result.data, diagnostics: [] }
	const diagnostics = result.error.issues.map(({ path: keys, message }) =>
		problem(offsetOf(document, keys), keys.map(String).join('.'), message),
	)
	return { decisions: noDecisions, diagnostics }
}

/** Aliases could make a small file a very large one; nobody needs them here. */
function contentOf(document: Document): unknown {
	try {
		return document.toJS({ maxAliasCount: 0 })
	} catch {
		return 'a file without aliases is needed'
	}
}

function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
	const known = keys.map((key) => (typeof key === 'number' ? key : String(key)))
	for (let depth = known.length; depth > 0; depth--) {
		const node = document.getIn(known.slice(0, depth), true)
		if (isNode(node)) return node.range?.[0] ?? 0
	}
	return 0
}
