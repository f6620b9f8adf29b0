/** A line for each run of `migrate`, so that one that was stopped is found again. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface RunRecord {
	readonly id: string
	/** ISO time, UTC. */
	readonly started: string
	readonly paths: readonly string[]
	readonly out: string
	/** `running` stays when the process was killed. */
	readonly state: 'running' | 'finished' | 'stopped' | 'failed'
}

export function recordRun(
	cache: string,
	run: { readonly paths: readonly string[]; readonly out: string },
): { end(state: RunRecord['state']): void } {
	const started = new Date().toISOString()
	const id = `${started.replace(/[-:]|\.\d+Z$/g, '').replace('T', '-')}-${process.pid}`
	const folder = path.join(cache, 'runs')
	const write = (state: RunRecord['state']) => {
		mkdirSync(folder, { recursive: true })
		writeFileSync(path.join(folder, `${id}.json`), `${JSON.stringify({ id, started, ...run, state })}\n`)
	}
	write('running')
	return { end: write }
}

/** Newest first. */
export function listRuns(cache: string): readonly RunRecord[] {
	const folder = path.join(cache, 'runs')
	if (!existsSync(folder)) return []
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.reverse()
		.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as RunRecord)
}
