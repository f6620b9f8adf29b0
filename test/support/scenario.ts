/**
 * A scenario: what people do, step by step, and the work that follows from it. It is played on a forge in memory in every
 * way that could go wrong: delivered twice, out of order, by two workers, and killed at every single write and started
 * again. The end must always be the same.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Bot, Workspace } from '#bot/bot.ts'
import { memoryRef } from '#bot/reconcile/memory.ts'
import type { Work } from '#bot/work.ts'
import { ForgeError } from '#forge/error.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import { quietConfig, testBot } from './bot-scene.ts'
import { isWhole } from './depth.ts'
import type { Snapshot } from './github-twin/snapshot.ts'
import { turns } from './interleave.ts'
import type { MemoryForge, MemoryPeople } from './memory-forge.ts'
import { memoryForge } from './memory-forge.ts'
import type { AtWrite, Trouble } from './scenario-host.ts'
import { Death, host, troubled, watched } from './scenario-host.ts'
import { stubCompiler } from './stub-compiler.ts'

export interface Scenario {
	/** Of the first commit, besides the config. */
	readonly files: Readonly<Record<string, string>>
	readonly config?: string | null
	readonly bot?: Partial<Bot>
	readonly steps: readonly Step[]
	/** So large that the process dies once at each write, before or after it in turn; `REGLUE_FULL=1` tries all ways. */
	readonly isLarge?: boolean
}

export interface Step {
	/** Absent: nobody does anything. */
	readonly people?: (people: MemoryPeople, forge: MemoryForge) => void
	/** Reglue was updated: the version from now on. */
	readonly version?: string
	/** What the forge does meanwhile. */
	readonly trouble?: Trouble
	readonly works: readonly Work[]
}

export const pushed: Work = { kind: 'push', branch: 'main' }

export interface Play {
	readonly state: Snapshot
	/** Writes of the whole play. */
	readonly writes: number
	/** Writes of doing all work once more at the end. */
	readonly idle: number
}

export interface Variant {
	readonly copies?: number
	readonly reversed?: boolean
	/** Number of the write at which something happens. */
	readonly at?: number
	readonly how?: (typeof waysToFail)[number]
	/** Two workers do everything at once, in an order that follows from this number. */
	readonly seed?: number
}

/**
 * What can happen at a write. The process dies before or after it; the lane went to another worker while the request was
 * on its way; the forge refuses it because of a limit; the forge does it and says that it failed.
 */
const waysToFail = ['die before', 'die after', 'late write', 'limit before', 'error after'] as const

export async function play(scenario: Scenario, variant: Variant = {}): Promise<Play> {
	const { files, config = quietConfig } = scenario
	const forge = memoryForge({ ...(config === null ? {} : { '.github/reglue.yml': config }), ...files })
	const weather = troubled(forge)
	const workspace = memoryWorkspace(forge)
	let version = '1.0.0'
	const compiler = stubCompiler(() => version)
	let count = 0
	let isDead = false
	const bot = (atWrite: AtWrite, repository = weather.repository): Bot =>
		testBot({ workspace, compiler, ...scenario.bot, repository: watched(repository, atWrite) })
	const counting: AtWrite = (_number, write) => {
		count++
		return write()
	}
	const again = bot(counting)
	const rest = async (works: readonly Work[], by = again): Promise<void> => {
		for (const work of works) await host(by, work)
	}
	let current: readonly Work[] = []
	const first = bot(async (_number, write) => {
		if (isDead) throw new Death()
		count++
		if (count !== variant.at) return write()
		if (variant.how === 'limit before') throw new ForgeError('rate-limited', 'a limit on order')
		if (variant.how === 'die after' || variant.how === 'error after') await write()
		if (variant.how === 'error after') throw new ForgeError('unavailable', 'an error on order')
		isDead = true
		if (variant.how === 'late write') {
			// The lane went to another worker while this one's request was on its way.
			await rest(current)
			await write()
		}
		throw new Death()
	})
	const alone = async (works: readonly Work[]): Promise<void> => {
		for (const work of works.flatMap((one) => Array.from({ length: variant.copies ?? 1 }, () => one))) {
			try {
				await host(isDead ? again : first, work)
			} catch (error) {
				if (!isDead) throw error
				await rest(works)
			}
		}
	}
	const atOnce = async (works: readonly Work[], seed: number): Promise<void> => {
		const order = turns(seed)
		const workers = [bot(counting, order.of(weather.repository)), bot(counting, order.of(weather.repository))]
		await Promise.all(workers.map((worker) => rest(works, worker)))
	}
	for (const step of scenario.steps) {
		step.people?.(forge.people, forge)
		version = step.version ?? version
		weather.begin(step.trouble)
		current = variant.reversed === true ? step.works.toReversed() : step.works
		await (variant.seed === undefined ? alone(current) : atOnce(current, variant.seed))
		// A second answer of two at once goes when the comment comes once more.
		if (variant.seed !== undefined) await rest([...current.filter(isRepeatable), { kind: 'sweep' }])
	}
	weather.begin(undefined)
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

/**
 * Without ids: a commit that was made twice has two, and both say the same. And without what the bot remembers to save
 * itself work: a run that was stopped finds out more than one that was not, and nothing else depends on it.
 */
export function plain({ refs, ...others }: Snapshot): Snapshot {
	const { [memoryRef]: _memory, ...lasting } = refs
	const text = JSON.stringify({ refs: lasting, ...others }).replace(/\b[0-9a-f]{40}\b/g, '<id>')
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
	/** Ways to fail, at all writes together. */
	readonly killPoints: number
	/** The same without `REGLUE_FULL`. */
	readonly usually: number
}

/** Orders in which two workers at once are tried. */
const seeds = isWhole ? 50 : 5

function waysAt(at: number, { isLarge = false }: Scenario): readonly (typeof waysToFail)[number][] {
	if (!isLarge) return waysToFail
	const [before, after, ...others] = waysToFail
	const other = at % 5 === 0 ? others[(at / 5) % others.length] : undefined
	return [at % 2 === 0 ? before : after, ...(other === undefined ? [] : [other])]
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
	for (let seed = 1; seed <= (scenario.isLarge === true ? 1 : seeds); seed++)
		same(withoutDoubles(await play(scenario, { seed })), withoutDoubles(end), `two workers at once, order ${seed}`)
	let killPoints = 0
	let usually = 0
	for (let at = 1; at <= end.writes; at++) {
		usually += waysAt(at, scenario).length
		for (const how of isWhole ? waysToFail : waysAt(at, scenario)) {
			const late = how === 'late write' ? withoutDoubles : (one: Play) => one
			same(late(await play(scenario, { at, how })), late(end), `${how}, write ${at}`)
			killPoints++
		}
	}
	return { end, killPoints, usually }
}
