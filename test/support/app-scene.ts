/** The App against the twin: real doors, a real queue on disk, and work that a test decides about. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { RunningApp } from '#app/app.ts'
import { startApp } from '#app/app.ts'
import type { Operator } from '#app/operator.ts'
import { operatorSchema } from '#app/operator.ts'
import type { Bot } from '#bot/bot.ts'
import type { WorkDone } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import type { Person } from './github-twin/people.ts'
import { as } from './github-twin/people.ts'
import type { Installation, Repository } from './github-twin/state.ts'
import type { Twin } from './github-twin/twin.ts'
import { startTwin } from './github-twin/twin.ts'
import type { Delivery } from './github-twin/webhooks.ts'
import { stubCompiler } from './stub-compiler.ts'

type Run = (bot: Bot, work: Work) => Promise<WorkDone>

export interface AppSceneOptions {
	readonly operator?: Partial<Operator>
	/** Stands in for the bot, but for sweeps. Default: nothing is done. */
	readonly run?: Run
}

export interface AppScene {
	readonly twin: Twin
	readonly repository: Repository
	readonly installation: Installation
	readonly dana: Person
	/** What the bot was given to do, in order; sweeps only when they are asked for. */
	readonly works: readonly Work[]
	/** What the bot said in the log, and the App around it. */
	log(): string
	/** A process of the App, on the scene's queue. */
	start(more?: AppSceneOptions): Promise<RunningApp>
	/** Sends everything that waits at GitHub to an App. */
	deliver(app: RunningApp): Promise<void>
	/** Posts a delivery with what a test wants to be different. @returns status and text */
	post(
		app: RunningApp,
		delivery: Delivery,
		more?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array<ArrayBuffer> },
	): Promise<{ readonly status: number; readonly text: string }>
	/** Waits until the queue of an App is empty. */
	idle(app: RunningApp): Promise<void>
	close(): Promise<void>
}

const isEmpty = (health: unknown): boolean =>
	typeof health === 'object' && JSON.stringify(health).includes('"waiting":0,"running":0')

const idle: WorkDone = { text: 'nothing to do', next: [] }

export async function appScene(options: AppSceneOptions = {}): Promise<AppScene> {
	const twin = await startTwin()
	const folder = mkdtempSync(path.join(tmpdir(), 'reglue-app-'))
	const repository = await twin.repository('acme/etl', { collaborators: { dana: 'write' } })
	const installation = twin.install(repository)
	const dana = as(twin, 'dana')
	await dana.commit(repository, 'main', { README: 'hello\n' })
	const works: Work[] = []
	const lines: string[] = []
	const apps: RunningApp[] = []
	const start = async (more: AppSceneOptions = {}): Promise<RunningApp> => {
		const run = more.run ?? options.run
		const app = await startApp({
			operator: operatorSchema.parse({
				data: path.join(folder, 'data'),
				github: { api: twin.url, git: twin.url },
				listen: { port: 0 },
				metrics: { port: 0 },
				drain_seconds: 1,
				...options.operator,
				...more.operator,
			}),
			credentials: { appId: twin.app.id, privateKey: twin.app.privateKey, webhookSecret: twin.app.webhookSecret },
			compiler: stubCompiler(),
			repairer: { propose: () => Promise.resolve(undefined) },
			runWork: async (bot, work) => {
				if (work.kind === 'sweep') return idle
				works.push(work)
				return (await run?.(bot, work)) ?? idle
			},
			write: (line) => void lines.push(line),
			writeGap: 0,
			poll: 20,
		})
		apps.push(app)
		return app
	}
	return {
		twin,
		repository,
		installation,
		dana,
		works,
		log: () => lines.join(''),
		start,
		deliver: async (app) => {
			twin.webhooks.target(app.webhookUrl)
			await twin.webhooks.flush()
		},
		post: async (app, delivery, { headers = {}, body } = {}) => {
			const signed = twin.webhooks.request(delivery)
			const answer = await fetch(app.webhookUrl, {
				method: 'POST',
				headers: { ...signed.headers, ...headers },
				body: body ?? signed.body,
			})
			return { status: answer.status, text: (await answer.text()).trim() }
		},
		idle: async (app) => {
			for (let round = 0; round < 600; round++) {
				const health: unknown = await (await fetch(`${app.url}/healthz`)).json()
				if (isEmpty(health)) return
				await new Promise((resolve) => setTimeout(resolve, 50))
			}
			throw new Error('the queue does not become empty')
		},
		close: async () => {
			await Promise.all(apps.map((app) => app.drain().catch(() => undefined)))
			await twin.close()
			rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
		},
	}
}

/** A promise that a test keeps, such as for work that goes on until it is told to end. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
	const { promise, resolve } = Promise.withResolvers<void>()
	return { opened: promise, open: resolve }
}
