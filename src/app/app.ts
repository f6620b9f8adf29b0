/** The whole App in one process: doors, queue, workers, rounds, and the way to its end. */
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import type { Bot, Compiler, Repairer } from '#bot/bot.ts'
import { eventNames } from '#bot/github-events.ts'
import type { WorkDone } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import { sqliteStore } from '#queue/sqlite/store.ts'
import type { BotParts } from './bot-for.ts'
import { gitHubAccess } from './github.ts'
import { bodyReader } from './http/body.ts'
import type { Page } from './http/server.ts'
import { listen } from './http/server.ts'
import { answerWebhook } from './http/webhook.ts'
import { concerns, receiveDelivery } from './inbox.ts'
import { createLogger, logOf } from './log/log.ts'
import { createRedactor } from './log/redactor.ts'
import { createMetrics } from './metrics.ts'
import type { Credentials, Operator } from './operator.ts'
import { openGate, reglueApp } from './reglue-app.ts'
import { runContent, tellPeople } from './run-content.ts'
import { currentTrace, inSpan } from './trace.ts'
import { appWork } from './work/content.ts'
import { startWorkers } from './work/worker.ts'
import { openWorkspaces } from './workspace/workspace.ts'

export interface AppOptions {
	readonly operator: Operator
	readonly credentials: Credentials
	readonly compiler: Compiler
	readonly repairer: Repairer
	/** Does one piece of the bot's work. */
	readonly runWork: (bot: Bot, work: Work) => Promise<WorkDone>
	/** Takes the lines of the log. */
	readonly write: (line: string) => void
	/** Milliseconds between two writes to GitHub. */
	readonly writeGap?: number
	/** Milliseconds between two looks at an empty queue. */
	readonly poll?: number
}

export interface RunningApp {
	/** Where GitHub's deliveries go. */
	readonly webhookUrl: string
	readonly url: string
	readonly metricsUrl: string
	/** Looks after everything now, as the timer does. */
	sweep(): Promise<void>
	/** Lets what is under way come to an end, and closes everything. What is left is done by the next process. */
	drain(): Promise<void>
}

/** Path where Probot's Apps listen, so that proxies made for them fit. */
const webhookPath = '/api/github/webhooks'

/** @throws Error where a door is taken or the queue's file cannot be opened */
export async function startApp(options: AppOptions): Promise<RunningApp> {
	const { operator, credentials, compiler, repairer } = options
	const redactor = createRedactor()
	redactor.add(credentials.privateKey)
	redactor.add(credentials.webhookSecret)
	const logger = createLogger({ level: operator.log, redactor, write: options.write })
	const log = logOf(logger)
	mkdirSync(operator.data, { recursive: true, mode: 0o700 })
	const store = sqliteStore({ file: path.join(operator.data, 'queue.sqlite') })
	const metrics = createMetrics(store, eventNames)
	const github = gitHubAccess({
		credentials,
		api: operator.github.api,
		onToken: redactor.addPassing,
		...(options.writeGap === undefined ? {} : { writeGap: options.writeGap }),
	})
	const { limits } = operator
	const workspaces = await openWorkspaces(path.resolve(operator.data, 'workspace', `process-${process.pid}`), {
		files: limits.files,
		fileBytes: limits.file_mb * 1e6,
		checkoutBytes: limits.checkout_mb * 1e6,
		milliseconds: limits.checkout_seconds * 1000,
	})
	const parts: BotParts = { operator, github, store, workspaces, compiler, repairer, redactor }
	const workers = startWorkers({
		store,
		owner: `${hostname()} ${process.pid} ${Date.now()}`,
		pools: operator.workers,
		lease: operator.lease_seconds * 1000,
		attempts: operator.attempts,
		run: (held) => runContent(held, log, parts, { runWork: options.runWork, onAsked: metrics.askedAgain }),
		onGivenUp: (held, id) => tellPeople(held, id, log, parts),
		onEnd: ({ kind }, ending, milliseconds) => {
			metrics.work(kind, ending, milliseconds / 1000)
			// Work may bring more work, and whatever else waits for the lane may go on.
			workers.wake()
		},
		log,
		...(options.poll === undefined ? {} : { poll: options.poll }),
	})
	const inbox = { store, accounts: operator.accounts, log, onWork: () => workers.wake() }
	const gate = await openGate(
		credentials,
		reglueApp((delivery) => receiveDelivery(delivery, inbox)),
		logger,
	)
	let draining = false
	const health = async (): Promise<Page> => {
		const counts = await store.counts()
		const status = draining ? 'draining' : 'ok'
		return { status: draining ? 503 : 200, type: 'application/json', text: JSON.stringify({ status, ...counts }) }
	}
	const bodies = bodyReader({ one: limits.body_mb * 1e6, all: 4 * limits.body_mb * 1e6 })
	const door = await listen(operator.listen, {
		'GET /healthz': health,
		[`POST ${webhookPath}`]: async (request) => {
			const begun = performance.now()
			const event = String(request.headers['x-github-event'] ?? '')
			const { status, text, outcome } = await inSpan('delivery', { kind: 'server', attributes: { event } }, () =>
				answerWebhook(request, { body: bodies, verify: gate.verify, concerns, receive: gate.receive, log }),
			)
			metrics.delivery(event, outcome, (performance.now() - begun) / 1000)
			return { status, text }
		},
	})
	const watch = await listen(operator.metrics, {
		'GET /healthz': health,
		'GET /metrics': async () => ({ status: 200, type: metrics.type, text: await metrics.text() }),
	})
	const sweep = async (): Promise<void> => {
		await store.add([appWork(currentTrace())])
		workers.wake()
	}
	const timer = setInterval(() => {
		sweep().catch((error: unknown) => log.error('the round could not be begun', { err: error }))
	}, operator.sweep_minutes * 60_000)
	await sweep()
	log.info('the App listens', { url: door.url, metrics: watch.url, data: path.resolve(operator.data) })
	return {
		webhookUrl: `${door.url}${webhookPath}`,
		url: door.url,
		metricsUrl: `${watch.url}/metrics`,
		sweep,
		drain: async () => {
			draining = true
			log.info('the App is ending', { seconds: operator.drain_seconds })
			clearInterval(timer)
			// Deliveries are kept to the last moment: they wait for the next process.
			await workers.drain(operator.drain_seconds * 1000)
			await Promise.all([door.close(), watch.close()])
			await workspaces.close()
			store.close()
			log.info('the App has ended')
		},
	}
}
