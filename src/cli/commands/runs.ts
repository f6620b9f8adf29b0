import path from 'node:path'
import { listRuns } from '#pipeline/runs.ts'
import type { CliCommand } from '../command.ts'
import { cacheFolder } from '../local-engine.ts'

/** `reglue runs`: what was migrated from this folder, and what was not finished. */
export const runsCommand: CliCommand = {
	name: 'runs',
	register(program, run) {
		program
			.command('runs')
			.description('list runs of migrate, newest first; go on with one by `reglue migrate --resume`')
			.action(() =>
				run(async ({ terminal }) => {
					const runs = listRuns(path.resolve(cacheFolder))
					for (const { id, state, paths, out } of runs)
						terminal.result(`${id}  ${state.padEnd(8)}  ${paths.join(' ')} → ${out}`)
					if (runs.length === 0) terminal.note('No run yet.')
					return 0
				}),
			)
	},
}
