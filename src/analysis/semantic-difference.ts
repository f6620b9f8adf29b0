/**
 * What changed in meaning between two states of the same exports, in sentences for a reviewer: "stage XFM_1: condition of
 * route L2 changed from … to …". Layout, places in the file and versions of the tool do not count, as in fingerprints.
 */
import type { Job } from '#model/job.ts'
import { fingerprint } from './fingerprint.ts'

export interface JobDifference {
	readonly job: string
	readonly change: 'added' | 'removed' | 'changed'
	readonly details: readonly string[]
}

/** Jobs are the same when they have the same name; a file may be renamed. */
export function semanticDifference(before: readonly Job[], after: readonly Job[]): readonly JobDifference[] {
	const [old, now] = [byName(before), byName(after)]
	return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((job): readonly JobDifference[] => {
		const [was, is] = [old.get(job), now.get(job)]
		if (was === undefined) return [{ job, change: 'added', details: [] }]
		if (is === undefined) return [{ job, change: 'removed', details: [] }]
		const details = jobDetails(was, is)
		return details.length === 0 ? [] : [{ job, change: 'changed', details }]
	})
}

const byName = (jobs: readonly Job[]): ReadonlyMap<string, Job> => new Map(jobs.map((job) => [job.name, job]))

function jobDetails(was: Job, is: Job): readonly string[] {
	const word = is.dialect === 'ssis' ? 'component' : 'stage'
	const parts = (job: Job) => ({
		operators: job.flows.flatMap((flow) => flow.operators.map((part) => [`${flow.name}/${part.id}`, part] as const)),
		links: job.flows.flatMap((flow) => flow.links.map((part) => [`${flow.name}/${part.id}`, part] as const)),
		tasks: (job.control?.tasks ?? []).map((part) => [part.id, part] as const),
		rest: {
			parameter: job.parameters,
			variable: job.variables,
			connection: job.connections,
			precedence: job.control?.precedences ?? [],
		},
	})
	const [old, now] = [parts(was), parts(is)]
	const found = [
		...compareNamed(word, old.operators, now.operators),
		...compareNamed('link', old.links, now.links),
		...compareNamed('task', old.tasks, now.tasks),
		...changesOf(old.rest, now.rest).map(sentence),
	]
	return [...new Set(found)]
}

function compareNamed(
	word: string,
	before: readonly (readonly [string, { readonly name: string }])[],
	after: readonly (readonly [string, { readonly name: string }])[],
): readonly string[] {
	const [old, now] = [new Map(before), new Map(after)]
	return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
		const [was, is] = [old.get(id), now.get(id)]
		const name = is?.name ?? was?.name ?? id
		if (was === undefined) return [`${word} ${name} is new`]
		if (is === undefined) return [`${word} ${name} is gone`]
		return changesOf(was, is).map((change) => `${word} ${name}: ${sentence(change)}`)
	})
}

interface Change {
	/** From the element inwards. */
	readonly path: readonly string[]
	readonly was: unknown
	readonly is: unknown
}

/** Neither position nor bookkeeping; ports are told by the links themselves. */
const ignored: ReadonlySet<string> = new Set(['provenance', 'span', 'element', 'id', 'differences', 'version'])

function changesOf(was: unknown, is: unknown, path: readonly string[] = []): readonly Change[] {
	if (fingerprint(was ?? null) === fingerprint(is ?? null)) return []
	if (isSourced(was) && isSourced(is)) {
		// The same text can mean something else, when a type further up has changed: that is told where it happens.
		return was.text === is.text ? [] : [{ path, was: was.text, is: is.text }]
	}
	if (Array.isArray(was) && Array.isArray(is)) return listChanges(was, is, path)
	if (!isRecord(was) || !isRecord(is) || isShort(was) || isShort(is)) return [{ path, was, is }]
	return [...new Set([...Object.keys(was), ...Object.keys(is)])]
		.filter((key) => !ignored.has(key))
		.flatMap((key) => changesOf(was[key], is[key], [...path, key]))
}

/** Named parts are paired by their names, others by their places. */
function listChanges(was: readonly unknown[], is: readonly unknown[], path: readonly string[]): readonly Change[] {
	const names = [...was, ...is].map(nameOf)
	if (names.includes(undefined)) {
		if (was.length !== is.length) return [{ path, was, is }]
		return was.flatMap((part, index) => changesOf(part, is[index], path))
	}
	const [old, now] = [new Map(was.map((part) => [nameOf(part), part])), new Map(is.map((part) => [nameOf(part), part]))]
	const [first, ...rest] = path.toReversed()
	const within = (name: string | undefined) => [...rest.toReversed(), `${singular(first ?? 'part')} ${name}`]
	const changes = [...new Set(names)].flatMap((name) => {
		if (!old.has(name)) return [{ path: within(name), was: undefined, is: '' }]
		if (!now.has(name)) return [{ path: within(name), was: '', is: undefined }]
		return changesOf(old.get(name), now.get(name), within(name))
	})
	const order = (parts: readonly unknown[]) => parts.map(nameOf).join('\n')
	return changes.length === 0 && order(was) !== order(is) ? [{ path: [...path, 'order'], was: [], is: [] }] : changes
}

function nameOf(part: unknown): string | undefined {
	if (!isRecord(part)) return undefined
	const name = part['name'] ?? part['column'] ?? part['link']
	return typeof name === 'string' ? name : undefined
}

function sentence({ path, was, is }: Change): string {
	const [last = 'it', ...outer] = path.toReversed().map(words)
	const what = [last, ...outer].join(' of ')
	if (was === undefined) return `${what} is new${shown(is)}`
	if (is === undefined) return `${what} is gone${shown(was)}`
	const [before, after] = [spelled(was), spelled(is)]
	return before === undefined || after === undefined ? `${what} changed` : `${what} changed from ${before} to ${after}`
}

const shown = (value: unknown): string => {
	const text = value === '' ? undefined : spelled(value)
	return text === undefined ? '' : ` (${text})`
}

/** Longest text that a sentence quotes. */
const quoted = 200

function spelled(value: unknown): string | undefined {
	if (isSourced(value)) return spelled(value.text)
	if (typeof value === 'string')
		return value.length > quoted ? `${value.slice(0, quoted)}…` : value === '' ? 'nothing' : value
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
	if (value === null) return 'nothing'
	if (Array.isArray(value)) {
		const parts = value.map((part) => nameOf(part) ?? spelled(part))
		return parts.includes(undefined) || parts.length === 0 ? undefined : parts.join(', ')
	}
	return isRecord(value) && isShort(value) ? typeText(value) : undefined
}

/** A type, a policy and the like: a kind with a few plain properties. */
function isShort(value: Readonly<Record<string, unknown>>): boolean {
	const { kind, ...rest } = value
	return typeof kind === 'string' && Object.values(rest).every((part) => typeof part !== 'object' || part === null)
}

function typeText({ kind, ...rest }: Readonly<Record<string, unknown>>): string {
	const more = Object.entries(rest)
		.filter(([key, value]) => !ignored.has(key) && value !== undefined && value !== false)
		.map(([key, value]) => (value === true ? words(key) : `${words(key)} ${String(value)}`))
	return more.length === 0 ? words(String(kind)) : `${words(String(kind))} (${more.join(', ')})`
}

function isSourced(value: unknown): value is { readonly text: string } {
	return isRecord(value) && typeof value['text'] === 'string' && 'expression' in value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `lineDelimiter` → `line delimiter`; names of columns and links, which follow a word, stay. */
const words = (key: string): string =>
	/ /.test(key)
		? key
		: key.replace(/([a-z])([A-Z])/g, (_all, end: string, start: string) => `${end} ${start.toLowerCase()}`)

const singular = (key: string): string => words(key).replace(/ies$/, 'y').replace(/s$/, '')
