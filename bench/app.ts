/**
 * 1,000 deliveries of 100 repositories against one process of the App on loopback, its compiler stubbed: none may be
 * lost, and memory must not grow with their number. `npm run bench -- app`.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startAppChild } from '../test/support/app-child.ts'
import { startTwin } from '../test/support/github-twin/twin.ts'
import { ratio, seconds, table } from './measure.ts'

const repositories = 100
const each = 10
/** Requests that GitHub might have open at a time. */
const atOnce = 20

export async function benchApp(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), 'reglue-bench-'))
	const twin = await startTwin()
	const app = await startAppChild({
		twin,
		folder,
		how: 'bench',
		settings: { log: 'warn', workers: { slow: 8, quick: 2 } },
	})
	try {
		const rounds: { readonly times: readonly number[]; readonly all: number; readonly memory: number }[] = []
		for (let round = 0; round < 3; round++) {
			const begun = performance.now()
			const times = await deliverAll(app.webhook, twin.app.webhookSecret, round)
			await app.idle()
			rounds.push({ times, all: performance.now() - begun, memory: memoryOf(app.pid) })
		}
		const done = await doneOf(app.metrics)
		// A command that writes is heard at once, and done when its turn comes.
		const wanted = 2 * rounds.length * repositories * each
		const [first] = rounds
		const rows = rounds.map(({ times, all, memory }, round) => [
			`round ${round + 1}`,
			String(times.length),
			seconds(at(times, 0.5)),
			seconds(at(times, 0.99)),
			seconds(times.at(-1) ?? 0),
			seconds(all),
			ratio(memory, first?.memory ?? memory),
		])
		const head = ['1,000 deliveries', 'answered 202', 'median', '99 %', 'slowest', 'until all is done', 'memory']
		return `${table(head, rows)}\n\n${done} of ${wanted} pieces of work done.`
	} finally {
		await app.end('SIGTERM')
		await twin.close()
		rmSync(folder, { recursive: true, force: true })
	}
}

/** @returns milliseconds to each answer with 202, sorted */
async function deliverAll(url: string, secret: string, round: number): Promise<readonly number[]> {
	const bodies = Array.from({ length: repositories * each }, (_unused, number) => {
		const repository = number % repositories
		return JSON.stringify({
			action: 'created',
			installation: { id: 1 + (repository % 10) },
			repository: { id: 1000 + repository, full_name: `acme/etl-${repository}`, owner: { login: 'acme' } },
			issue: { number: 7 },
			comment: { id: round * 10_000 + number, body: '/migrate run', user: { login: 'dana' } },
			sender: { login: 'dana', type: 'User' },
		})
	})
	const times: number[] = []
	const sender = async (): Promise<void> => {
		for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
			const begun = performance.now()
			const answer = await fetch(url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-github-event': 'issue_comment',
					'x-github-delivery': randomUUID(),
					'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
				},
				body,
			})
			await answer.arrayBuffer()
			if (answer.status === 202) times.push(performance.now() - begun)
		}
	}
	await Promise.all(Array.from({ length: atOnce }, sender))
	return times.sort((one, other) => one - other)
}

const at = (times: readonly number[], share: number): number => times[Math.floor(times.length * share)] ?? 0

/** Resident memory in bytes, as the system counts it. */
function memoryOf(pid: number): number {
	const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]
	return Number(pages) * 4096
}

async function doneOf(metrics: string): Promise<number> {
	const text = await (await fetch(metrics)).text()
	return Number(/reglue_work_seconds_count\{kind="command",ending="done"\} (\d+)/.exec(text)?.[1] ?? 0)
}
