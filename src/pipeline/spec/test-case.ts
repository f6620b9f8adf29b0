/**
 * Test cases that teams already have: a MettleCI specification (YAML) or the one of a next-generation test case (JSON, which is
 * YAML too). Both have the same three parts: rows given on links, the job with its parameters, rows expected on links.
 * See "Unit Test Specification Format" (MettleCI documentation) and "DataStage test specification format" (devops.mettleci.io).
 */
import type { Document } from 'yaml'
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Provenance } from '#model/provenance.ts'

/** Rows for a link that leaves a source stage. */
export interface GivenRows {
	readonly stage: string
	/** Absent for the reference of a sparse lookup. */
	readonly link?: string
	/** CSV beside the specification. */
	readonly path: string
	readonly at: Provenance
}

/** Rows that a link into a target stage must carry. */
export interface ExpectedRows extends GivenRows {
	/** Columns that are not compared. */
	readonly ignore: readonly string[]
	/** Only the number of rows has to agree. */
	readonly countOnly: boolean
}

export interface TestCase {
	readonly name: string
	readonly file: string
	/** Name of the job; absent in next-generation cases, which name the flow by an internal id. */
	readonly job?: string
	readonly parameters: ReadonlyMap<string, string>
	readonly given: readonly GivenRows[]
	readonly expected: readonly ExpectedRows[]
}

export interface ParsedTestCase {
	/** Present when nothing is wrong. */
	readonly testCase?: TestCase
	readonly diagnostics: readonly Diagnostic[]
}

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const names = z
	.union([text.transform((name) => [name]), z.array(text)])
	.nullish()
	.transform((list) => list ?? [])
const givenSchema = z.union([
	z.strictObject({ stage: text, link: text, path: text }),
	z.strictObject({ sparseLookup: text, path: text, key: names }),
])
const expectedSchema = z.strictObject({
	stage: text,
	link: text,
	path: text,
	// Splits large data before it is compared; the outcome is the same without it.
	cluster: names,
	ClusterKey: names,
	ignore: names,
	checkRowCountOnly: z.union([z.boolean(), z.stringbool()]).nullish(),
})
type ParameterTree = { readonly [name: string]: string | null | ParameterTree }
const parameterTree: z.ZodType<ParameterTree> = z.lazy(() =>
	z.record(z.string(), z.union([text, z.null(), parameterTree])),
)
const schema = z.strictObject({
	given: z.array(givenSchema).nullish(),
	when: z.strictObject({
		job: text.nullish(),
		data_intg_flow_ref: text.nullish(),
		controller: text.nullish(),
		parameters: parameterTree.nullish(),
	}),
	then: z.array(expectedSchema).min(1, 'nothing is expected, so the test proves nothing'),
})

/**
 * Reads a specification. Every problem is reported with its line.
 *
 * @param file path for the diagnostics; its name without extension is the name of the case
 */
export function parseTestCase(source: string, file: string, name: string): ParsedTestCase {
	const lines = new LineCounter()
	// Dates and times stay the texts that they are.
	const document = parseDocument(source, { lineCounter: lines, schema: 'core', prettyErrors: false })
	const place = (offset: number, path: string): Provenance => {
		const line = Math.max(1, lines.linePos(offset).line)
		return { file, path, lines: { start: line, end: line } }
	}
	const invalid = (at: Provenance, why: string): Diagnostic => {
		const what = at.path === '' ? 'The test case cannot be read.' : `\`${at.path}\` of the test case is not valid.`
		return diagnose('test-case/invalid', at, { what, why })
	}
	const [broken] = document.errors
	if (broken !== undefined)
		return { diagnostics: [invalid(place(broken.pos[0], ''), broken.message.split('\n')[0] ?? broken.message)] }
	const root = rootOf(document)
	const at = (path: readonly PropertyKey[]): Provenance =>
		place(offsetOf(document, [...root, ...path]), path.map(String).join('.'))
	const content = root.length === 0 ? document : document.getIn(root, true)
	const result = schema.safeParse(isNode(content) ? content.toJS(document) : document.toJS())
	if (!result.success)
		return { diagnostics: result.error.issues.map(({ path, message }) => invalid(at(path), message)) }
	const { given, when, then } = result.data
	const diagnostics: Diagnostic[] = []
	if (when.controller != null) {
		const what = `The test case wants to be run by the sequence ${when.controller}; the job is run alone.`
		const why = 'A job gets what it needs from the test case itself.'
		diagnostics.push(diagnose('test-case/not-honoured', at(['when', 'controller']), { what, why }))
	}
	const testCase: TestCase = {
		name,
		file,
		...(when.job == null ? {} : { job: when.job }),
		parameters: new Map(flatten(when.parameters ?? {})),
		given: (given ?? []).map((one, index) => {
			const where = at(['given', index])
			return 'stage' in one
				? { stage: one.stage, link: one.link, path: one.path, at: where }
				: { stage: one.sparseLookup, path: one.path, at: where }
		}),
		expected: then.map((one, index) => ({
			stage: one.stage,
			link: one.link,
			path: one.path,
			ignore: one.ignore,
			countOnly: one.checkRowCountOnly === true,
			at: at(['then', index]),
		})),
	}
	return { testCase, diagnostics }
}

/** An asset of a project keeps the specification below `entity.specification`. */
function rootOf(document: Document): readonly string[] {
	const known = [['entity', 'specification'], ['specification']]
	return known.find((path) => isMap(document.getIn(path, true))) ?? []
}

/** Parameters of a parameter set stand below its name: `Set.Parameter`. */
function flatten(tree: ParameterTree, prefix = ''): readonly (readonly [string, string])[] {
	return Object.entries(tree).flatMap(([name, value]) => {
		if (value === null) return []
		if (typeof value === 'string') return [[`${prefix}${name}`, value] as const]
		return flatten(value, `${prefix}${name}.`)
	})
}

/** Offset of the node at a path, or of the nearest one above that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
	const known = path.map((step) => (typeof step === 'number' ? step : String(step)))
	for (let depth = known.length; depth > 0; depth--) {
		const node = document.getIn(known.slice(0, depth), true)
		if (isNode(node)) return node.range?.[0] ?? 0
	}
	return 0
}
