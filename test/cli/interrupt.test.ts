/** Ctrl-C ends a run cleanly: no half-written state that a resumed run would trip over, no process left behind. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Report } from '#evidence/report.ts'
import { goodDsx } from './bad-exports.ts'
import { reglue, start, temporaryFolder } from './reglue.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Process {
	readonly pid: number
	readonly parent: number
	/** Ended, and only still in the list. */
	readonly ended: boolean
}

function processes(): readonly Process[] {
	const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n')
	return lines.map((line) => {
		const [pid = '', parent = '', state = ''] = line.trim().split(/\s+/)
		return { pid: Number(pid), parent: Number(parent), ended: state.startsWith('Z') }
	})
}

/** Processes below the given one. */
function descendants(pid: number): readonly number[] {
	const all = processes()
	const below = (parent: number): readonly number[] =>
		all.filter((one) => one.parent === parent).flatMap((one) => [one.pid, ...below(one.pid)])
	return below(pid)
}

/** Those that still run; a signal takes a moment to end a process. */
async function survivors(pids: readonly number[]): Promise<readonly number[]> {
	const alive = () => processes().flatMap(({ pid, ended }) => (pids.includes(pid) && !ended ? [pid] : []))
	for (let waits = 0; waits < 20 && alive().length > 0; waits++) await delay(100)
	return alive()
}

describe('Ctrl-C', () => {
	it('stops migrate, and --resume finishes it', async () => {
		const folder = temporaryFolder()
		try {
			const count = 12
			for (let index = 0; index < count; index++) folder.write(`exports/job_${index}.dsx`, goodDsx)
			const args = ['migrate', 'exports', '--out', 'out', '--engine', 'none', '--json', 'report.json']
			const running = start(args, { cwd: folder.path })
			await running.says('Migrating: ')
			const children = descendants(running.pid)
			expect(children.length).toBeGreaterThan(0)
			running.interrupt()
			const { code, error } = await running.ended
			expect(code).toBe(1)
			expect(error).toContain('stopped; `reglue migrate --resume` goes on from here')
			expect(await survivors(children)).toEqual([])
			expect((await reglue(['runs'], { cwd: folder.path })).out).toContain('stopped')

			expect((await reglue([...args, '--resume'], { cwd: folder.path })).code).toBe(0)
			const report = JSON.parse(readFileSync(path.join(folder.path, 'report.json'), 'utf8')) as Report
			expect(report.totals.jobs).toBe(count)
		} finally {
			folder.remove()
		}
	})

	it('ends Spark too', async () => {
		const folder = temporaryFolder()
		try {
			// In the project's folder, whose cache holds the engine.
			const args = ['migrate', 'examples/ssis-orders', '--out', path.join(folder.path, 'out')]
			const running = start(args, { cwd: root })
			await running.says('Starting Spark')
			await delay(2000)
			const children = descendants(running.pid)
			expect(children.length).toBeGreaterThan(1)
			running.interrupt()
			const { code, error } = await running.ended
			expect(error).not.toContain('this is a bug')
			expect(code).toBe(1)
			expect(await survivors(children)).toEqual([])
		} finally {
			folder.remove()
		}
	}, 600_000)
})
