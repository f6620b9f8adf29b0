/** `reglue serve` as a process of its own, set up for the twin. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Twin } from '../../test/support/github-twin/twin.ts'

export interface ServeProcess {
	readonly webhook: string
	readonly url: string
	/** File with its log. */
	readonly log: string
	end(): Promise<void>
}

/** @throws Error where it does not start */
export async function serveProcess(twin: Twin, out: string): Promise<ServeProcess> {
	const settings = path.join(out, 'operator.yml')
	const log = path.join(out, 'app.log')
	const all = {
		data: path.join(out, 'data'),
		github: { api: twin.url, git: twin.url },
		listen: { port: 0 },
		metrics: { port: 0 },
		workers: { slow: 1, quick: 1 },
	}
	writeFileSync(settings, JSON.stringify(all, undefined, '\t'))
	const child = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--config', settings], {
		env: {
			...process.env,
			APP_ID: String(twin.app.id),
			PRIVATE_KEY: twin.app.privateKey,
			WEBHOOK_SECRET: twin.app.webhookSecret,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	child.stderr.pipe(createWriteStream(log))
	let said = ''
	for await (const part of child.stdout) {
		said += String(part)
		if (said.includes('\n')) break
	}
	const webhook = /deliveries go to (\S+),/.exec(said)?.[1]
	if (webhook === undefined) throw new Error(`the App did not start; its log is in ${log}`)
	return {
		webhook,
		url: new URL(webhook).origin,
		log,
		end: async () => {
			if (child.exitCode !== null) return
			const ended = once(child, 'exit')
			child.kill('SIGTERM')
			await ended
		},
	}
}
