/**
 * Puts decisions into the text of a `decisions.yml`. What people wrote there stays, their comments too. There is one entry
 * for each thing decided, in the order of their names, so that the same decisions give the same text in whatever order
 * they come; one that is older than what stands there is too late and changes nothing.
 */
import type { Document, YAMLMap } from 'yaml'
import { isMap, isSeq, parseDocument, YAMLSeq } from 'yaml'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { Decisions } from './file.ts'
import { decisionsFile, parseDecisions } from './file.ts'

type Lists = Omit<Decisions, 'version'>
type Unsigned<Entry> = Omit<Entry, 'by' | 'at' | 'comment' | 'note'>

/** One thing that somebody decided. */
export type Decided = {
	readonly [List in keyof Lists]: { readonly list: List; readonly entry: Readonly<Unsigned<Lists[List][number]>> }
}[keyof Lists]

export interface Signature {
	readonly by: string
	/** Date, such as 2026-01-31. */
	readonly at: string
	readonly comment?: number
}

export type Written =
	| {
			readonly text: string
			readonly changed: readonly Decided[]
			/** Stood there already, and not from this comment. */
			readonly known: readonly Decided[]
			readonly overtaken: readonly Decided[]
	  }
	/** The file is not valid as it is; nothing was put in. */
	| { readonly problems: readonly Diagnostic[] }

/** What tells an entry of a list from another. */
const identities = {
	options: ['key'],
	mappings: ['kind', 'from'],
	jobs: ['job'],
	differences: ['job', 'id', 'element'],
} as const satisfies Record<keyof Lists, readonly string[]>

const heading =
	' What people decided about this unit, by hand or with /migrate in a comment of its pull request. It is read before\n' +
	' anything is generated. Reglue changes only the entries that a command names; comments stay.'

/** @param text of the file as it is; undefined where there is none */
export function writeDecisions(text: string | undefined, decided: readonly Decided[], signature: Signature): Written {
	const { diagnostics } = parseDecisions(text, decisionsFile)
	if (diagnostics.length > 0) return { problems: diagnostics }
	const document = parseDocument(text ?? 'version: 1\n', { schema: 'core' })
	if (text === undefined) document.commentBefore = heading
	const results = decided.map((one) => ({ one, result: put(document, one, signature) }))
	const withResult = (wanted: Result) => results.filter(({ result }) => result === wanted).map(({ one }) => one)
	const changed = withResult('changed')
	return {
		text: changed.length === 0 ? (text ?? '') : document.toString({ lineWidth: 0 }),
		changed,
		known: withResult('known'),
		overtaken: withResult('overtaken'),
	}
}

/** `same`: the comment comes once more. */
type Result = 'changed' | 'same' | 'known' | 'overtaken'

function put(document: Document, { list, entry }: Decided, signature: Signature): Result {
	const keys = identities[list]
	const wanted = new Map(Object.entries(entry).filter(([, value]) => value !== undefined))
	const identity = identityOf(keys, (key) => wanted.get(key))
	const items = listOf(document, list)
	const old = items.items.filter(isMap).findLast((item) => identityOf(keys, (key) => item.get(key)) === identity)
	if (old === undefined) {
		const node = document.createNode({ ...Object.fromEntries(wanted), ...signature })
		const after = items.items.findIndex((item) => isMap(item) && identityOf(keys, (key) => item.get(key)) > identity)
		items.items.splice(after < 0 ? items.items.length : after, 0, node)
		return 'changed'
	}
	const decidedIn = old.get('comment')
	if (typeof decidedIn === 'number' && decidedIn > (signature.comment ?? Number.POSITIVE_INFINITY)) return 'overtaken'
	if ([...wanted].every(([key, value]) => old.get(key) === value))
		return decidedIn !== undefined && decidedIn === signature.comment ? 'same' : 'known'
	replace(old, new Map([...wanted, ...Object.entries(signature)]))
	return 'changed'
}

/** A note was about the old decision: it goes with it. */
function replace(entry: YAMLMap, values: ReadonlyMap<string, unknown>): void {
	for (const key of ['comment', 'note']) if (!values.has(key)) entry.delete(key)
	for (const [key, value] of values) entry.set(key, value)
}

function listOf(document: Document, list: keyof Lists): YAMLSeq {
	const found = document.get(list)
	if (isSeq(found)) {
		// An empty list is written `[]`; entries belong on lines of their own.
		if (found.items.length === 0) found.flow = false
		return found
	}
	const made = new YAMLSeq(document.schema)
	document.set(list, made)
	return made
}

const identityOf = (keys: readonly string[], value: (key: string) => unknown): string =>
	keys.map((key) => String(value(key))).join('\u0000')
