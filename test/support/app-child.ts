/** Starts and ends processes of the App against the twin. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Twin } from './github-twin/twin.ts'

const addresses = z.object({ webhook: z.string(), url: z.string(), metrics: z.string() })

export interface AppChild extends z.infer<typeof addresses> {
	readonly pid: number
	/** Everything that it has logged. */
	log(): string
	/** Ends it, and waits until it has ended. @returns its exit code, or the signal */
	end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string>
	/** What `/healthz` says. */
	health(): Promise<Readonly<Record<string, unknown>>>
	/** Waits until nothing waits or runs. */
	idle(): Promise<void>
}

export interface AppChildOptions {
	readonly twin: Twin
	/** For the queue and the settings; of one scene all processes share it. */
	readonly folder: string
	/** Settings besides those that the twin asks for. */
	readonly settings?: Readonly<Record<string, unknown>>
	readonly how?: 'bench'
}

export async function startAppChild({ twin, folder, settings = {}, how }: AppChildOptions): Promise<AppChild> {
	const file = path.join(folder, 'operator.yml')
	const all = {
		data: path.join(folder, 'data'),
		github: { api: twin.url, git: twin.url },
		listen: { port: 0 },
		metrics: { port: 0 },
		lease_seconds: 2,
		drain_seconds: 5,
		...settings,
	}
	writeFileSync(file, JSON.stringify(all))
	const script = new URL('app-process.ts', import.meta.url).pathname
	const child = spawn(process.execPath, [script, file, ...(how === undefined ? [] : [how])], {
		env: {
			PATH: process.env['PATH'] ?? '',
			APP_ID: String(twin.app.id),
			PRIVATE_KEY: twin.app.privateKey,
			WEBHOOK_SECRET: twin.app.webhookSecret,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	let log = ''
	child.stderr.on('data', (part: Buffer) => {
		log += part.toString('utf8')
	})
	const said = await firstLine(child)
	if (said === undefined) throw new Error(`the App did not start:\n${log}`)
	const at = addresses.parse(JSON.parse(said))
	const health = async () => z.record(z.string(), z.unknown()).parse(await (await fetch(`${at.url}/healthz`)).json())
	return {
		...at,
		pid: child.pid ?? 0,
		log: () => log,
		health,
		end: async (signal) => {
			if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode ?? 'unknown'
			const ended = once(child, 'exit')
			child.kill(signal)
			const [code, by]: (number | string | null)[] = await ended
			return code ?? by ?? 'unknown'
		},
		idle: async () => {
			for (let round = 0; round < 2400; round++) {
				const { waiting, running } = await health()
				if (waiting === 0 && running === 0) return
				await new Promise((resolve) => setTimeout(resolve, 50))
			}
			throw new Error(`the queue does not become empty:\n${log}`)
		},
	}
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
	if (child.stdout === null) return undefined
	for await (const line of createInterface({ input: child.stdout })) return line
	return undefined
}
