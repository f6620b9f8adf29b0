/** The bot in a repository of the twin: the usual scene with a stubbed compiler, and whatever a test puts in its place. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Bot, Log, Workspace } from '#bot/bot.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import type { Scene } from './github-scene.ts'
import { githubScene } from './github-scene.ts'
import { git } from './github-twin/git.ts'
import type { Snapshot } from './github-twin/snapshot.ts'
import { snapshot } from './github-twin/snapshot.ts'
import type { Repository } from './github-twin/state.ts'
import type { StubCalls } from './stub-compiler.ts'
import { stubCompiler } from './stub-compiler.ts'

export interface BotScene extends Scene {
	readonly bot: Bot
	readonly calls: StubCalls
	/** What the log has said. */
	readonly log: readonly string[]
	/** The bot over another client: a second worker, or the first after a restart. */
	another(changes?: Partial<Bot>): Bot
	state(): Promise<Snapshot>
}

/** Without a dashboard: its issue would take a number, and tells what the pull requests tell. */
export const quietConfig = 'version: 1\ndashboard: false\n'

/** An export of the stubbed compiler: `dsx('Daily', { Read: 'copy' })`. */
export function dsx(job: string, stages: Readonly<Record<string, string>>): string {
	return [`job ${job}`, ...Object.entries(stages).map(([name, what]) => `stage ${name}: ${what}`), ''].join('\n')
}

export interface BotSceneOptions {
	/** Files of the first commit, besides the config. */
	readonly files?: Readonly<Record<string, string>>
	/** Text of `.github/reglue.yml`; `null`: there is none. */
	readonly config?: string | null
	readonly bot?: Partial<Bot>
}

export async function botScene(options: BotSceneOptions = {}): Promise<BotScene> {
	const { config = quietConfig, files = {} } = options
	const scene = await githubScene({
		README: 'hello\n',
		...(config === null ? {} : { '.github/reglue.yml': config }),
		...files,
	})
	const compiler = stubCompiler()
	const log: string[] = []
	const workspace = await twinWorkspace(scene.repository)
	const make = (repository: ForgeRepository, changes: Partial<Bot> = {}): Bot =>
		testBot({ repository, workspace, compiler, log: memoryLog(log), ...options.bot, ...changes })
	return {
		...scene,
		bot: make(scene.forge),
		calls: compiler.calls,
		log,
		another: (changes) => make(scene.again(), changes),
		state: () => snapshot(scene.repository),
		close: async () => {
			await workspace.close()
			await scene.close()
		},
	}
}

/** A bot with what tests rarely care about filled in. */
export function testBot(parts: Pick<Bot, 'repository' | 'workspace' | 'compiler'> & Partial<Bot>): Bot {
	return {
		repairer: { propose: () => Promise.resolve(undefined) },
		operator: { openPullRequests: 5, commentsPerHour: 60, engine: 'local' },
		self: 'reglue[bot]',
		clock: () => new Date('2026-01-05T08:00:00Z'),
		log: memoryLog([]),
		signal: new AbortController().signal,
		queue: { position: () => undefined, waiting: 0 },
		...parts,
	}
}

function memoryLog(lines: string[]): Log {
	const say = (level: string) => (text: string) => {
		lines.push(`${level}: ${text}`)
	}
	return { info: say('info'), warn: say('warn'), error: say('error') }
}

/** Checkouts straight from the twin's repository; each commit is written once. */
async function twinWorkspace(repository: Repository): Promise<Workspace & { close(): Promise<void> }> {
	const root = await mkdtemp(path.join(tmpdir(), 'bot-scene-'))
	const known = new Map<string, Promise<string>>()
	const write = async (commit: string): Promise<string> => {
		const folder = await mkdtemp(path.join(root, `${commit.slice(0, 8)}-`))
		const index = { GIT_INDEX_FILE: path.join(root, `${commit}.index`) }
		await git(repository.folder, ['read-tree', commit], '', index)
		await git(repository.folder, ['--work-tree', folder, 'checkout-index', '-a', '-f'], '', index)
		return folder
	}
	return {
		checkout: async (commit) => {
			const folder = known.get(commit) ?? write(commit)
			known.set(commit, folder)
			return { commit, folder: await folder, release: () => Promise.resolve() }
		},
		close: () => rm(root, { recursive: true, force: true }),
	}
}
