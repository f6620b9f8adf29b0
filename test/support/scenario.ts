/**
 * A scenario: what people do, step by step, and the work that follows from it. It is played on a forge in memory in every
 * way that could go wrong: delivered twice, out of order, by two workers, and killed at every single write and started
 * again. The end must always be the same.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Bot, Workspace } from '#bot/bot.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import type { ForgeRepository, WrittenRepository } from '#forge/repository.ts'
import { quietConfig, testBot } from './bot-scene.ts'
import type { Snapshot } from './github-twin/snapshot.ts'
import type { MemoryForge, MemoryPeople } from './memory-forge.ts'
import { memoryForge } from './memory-forge.ts'
import { stubCompiler } from './stub-compiler.ts'

export interface Scenario {
	/** Of the first commit, besides the config. */
	readonly files: Readonly<Record<string, string>>
	readonly config?: string | null
	readonly bot?: Partial<Bot>
	readonly steps: readonly Step[]
}

export interface Step {
	/** Absent: nobody does anything. */
	readonly people?: (people: MemoryPeople, forge: MemoryForge) => void
	readonly works: readonly Work[]
}

export const pushed: Work = { kind: 'push', branch: 'main' }

const writes = {
	writeTree: true,
	writeCommit: true,
	createRef: true,
	moveRef: true,
	deleteRef: true,
	openPullRequest: true,
	editPullRequest: true,
	writeComment: true,
	editComment: true,
	deleteComment: true,
	react: true,
	openIssue: true,
	editIssue: true,
	addLabels: true,
	removeLabel: true,
	startCheck: true,
	updateCheck: true,
} as const satisfies Record<keyof WrittenRepository, true>

const isWrite = (name: PropertyKey): boolean => Object.hasOwn(writes, name)

/** The process is gone: from then on nothing is read or written any more. */
class Death extends Error {}

/** What a test does at each write; `number` counts from 1. */
type AtWrite = (number: number, write: () => unknown) => unknown

function watched(repository: ForgeRepository, atWrite: AtWrite): ForgeRepository {
	let count = 0
	return new Proxy(repository, {
		get: (target, name) => {
			const value: unknown = Reflect.get(target, name)
			if (typeof value !== 'function') return value
			return async (...args: readonly unknown[]): Promise<unknown> => {
				const call = (): unknown => Reflect.apply(value, target, args)
				return isWrite(name) ? atWrite(++count, call) : call()
			}
		},
	})
}

export interface Play {
	readonly state: Snapshot
	/** Writes of the whole play. */
	readonly writes: number
	/** Writes of doing all work once more at the end. */
	readonly idle: number
}

interface Variant {
	readonly copies?: number
	readonly reversed?: boolean
	/** Number of the write at which something happens. */
	readonly at?: number
	readonly how?: 'die before' | 'die after' | 'late write'
}

export async function play(scenario: Scenario, variant: Variant = {}): Promise<Play> {
	const { files, config = quietConfig } = scenario
	const forge = memoryForge({ ...(config === null ? {} : { '.github/reglue.yml': config }), ...files })
	const workspace = memoryWorkspace(forge)
	const compiler = stubCompiler()
	let count = 0
	let isDead = false
	const bot = (atWrite: AtWrite): Bot =>
		testBot({ workspace, compiler, ...scenario.bot, repository: watched(forge, atWrite) })
	const counting: AtWrite = (_number, write) => {
		count++
		return write()
	}
	const again = bot(counting)
	const rest = async (works: readonly Work[]): Promise<void> => {
		for (const work of works) await drain(again, work)
	}
	let current: readonly Work[] = []
	const first = bot(async (_number, write) => {
		if (isDead) throw new Death()
		count++
		if (count !== variant.at) return write()
		isDead = true
		if (variant.how === 'die after') await write()
		if (variant.how === 'late write') {
			// The lane went to another worker while this one's request was on its way.
			await rest(current)
			await write()
		}
		throw new Death()
	})
	for (const { people, works } of scenario.steps) {
		people?.(forge.people, forge)
		const ordered = variant.reversed === true ? works.toReversed() : works
		current = ordered
		for (const work of ordered.flatMap((one) => Array.from({ length: variant.copies ?? 1 }, () => one))) {
			try {
				await drain(isDead ? again : first, work)
			} catch (error) {
				if (!isDead) throw error
				await rest(ordered)
			}
		}
	}
	const done = count
	if (variant.how === 'late write') await rest([{ kind: 'sweep' }])
	const before = count
	// Events of long ago that come late, and the timer.
	for (const { works } of scenario.steps) await rest(works.filter(isRepeatable))
	await rest([{ kind: 'sweep' }])
	workspace.close()
	return { state: plain(forge.state()), writes: done, idle: count - before }
}

/** A bot on a forge in memory, and how often it has asked the forge for anything. */
export function memoryBot(forge: MemoryForge): {
	readonly bot: Bot
	readonly forge: MemoryForge
	readonly requests: () => number
} {
	let count = 0
	const repository = new Proxy<ForgeRepository>(forge, {
		get: (target, name) => {
			count++
			return Reflect.get(target, name) as unknown
		},
	})
	const bot = testBot({ workspace: memoryWorkspace(forge), compiler: stubCompiler(), repository })
	return { bot, forge, requests: () => count }
}

/** A request of a person's for another run is told from the one before by its event; the queue drops its double. */
const isRepeatable = ({ kind }: Work): boolean => kind !== 'check-rerun' && kind !== 'check-button'

async function drain(bot: Bot, work: Work): Promise<void> {
	for (const next of (await runWork(bot, work)).next) await drain(bot, next)
}

/** Without ids: a commit that was made twice has two, and both say the same. */
export function plain(state: Snapshot): Snapshot {
	const text = JSON.stringify(state).replace(/\b[0-9a-f]{40}\b/g, '<id>')
	const same = JSON.parse(text) as Snapshot
	// Checks of different commits come in no order that means anything.
	return {
		...same,
		checks: same.checks.toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0)),
	}
}

const folders = mkdtempSync(path.join(tmpdir(), 'scenario-'))
process.on('exit', () => rmSync(folders, { recursive: true, force: true }))
const known = new Set<string>()

/** The same commit has the same files in every play, so each is written once for all of them. */
function memoryWorkspace(forge: MemoryForge): Workspace & { close(): void } {
	return {
		close: () => undefined,
		checkout: async (commit) => {
			const folder = path.join(folders, commit)
			if (!known.has(commit)) {
				mkdirSync(folder, { recursive: true })
				for (const [file, bytes] of forge.filesAt(commit)) {
					mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
					writeFileSync(path.join(folder, file), bytes)
				}
				known.add(commit)
			}
			return { commit, folder, release: () => Promise.resolve() }
		},
	}
}

/**
 * GitHub has no way to make a check run or an issue only once: a request that comes late, past the lane's guard, leaves a
 * second one. The bot completes such a run like the first, where it is on a head, and closes such an issue.
 */
function withoutDoubles(one: Play): Play {
	const completed = one.state.checks.filter(({ status }) => status === 'completed')
	const distinct = (notes: readonly unknown[]) => [...new Set(notes.map((note) => JSON.stringify(note)))]
	const texts = completed.map((run) => JSON.stringify({ ...run, annotations: distinct(run.annotations) }))
	const checks = [...new Set(texts)].map((text) => JSON.parse(text) as Snapshot['checks'][number])
	const issues = one.state.issues.filter(
		({ kind, title, state, number }) =>
			kind !== 'issue' ||
			state === 'open' ||
			!one.state.issues.some((other) => other.title === title && other.number < number),
	)
	return { ...one, state: { ...one.state, checks, issues } }
}

export interface Survived {
	readonly end: Play
	/** Writes times the ways to die at each. */
	readonly killPoints: number
}

/** Plays a scenario in every way. @throws Error that names the way whose end is another one */
export async function survive(
	scenario: Scenario,
	same: (play: Play, expected: Play, how: string) => void,
): Promise<Survived> {
	const end = await play(scenario)
	for (const [how, variant] of [
		['delivered twice', { copies: 2 }],
		['out of order', { reversed: true }],
		['out of order and twice', { copies: 2, reversed: true }],
	] as const)
		same(await play(scenario, variant), end, how)
	let killPoints = 0
	for (let at = 1; at <= end.writes; at++) {
		for (const how of ['die before', 'die after', 'late write'] as const) {
			const late = how === 'late write' ? withoutDoubles : (one: Play) => one
			same(late(await play(scenario, { at, how })), late(end), `${how}, write ${at}`)
			killPoints++
		}
	}
	return { end, killPoints }
}
