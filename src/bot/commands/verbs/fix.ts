import type { Act, Command } from '../command.ts'
import { proveAgain } from '../prove.ts'
import { inUnit, namedJobs } from '../units.ts'
import { wordsFor } from '../words.ts'

/** `/migrate fix`: the check with its repairs, now. */
export const fix = {
	takes: '[JOB]',
	does: 'runs the check and repairs what fails, within the two attempts',
	examples: ['/migrate fix', '/migrate fix DailySales'],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [0, 1] }, ({ values }) => ({ act: act(values) })),
} as const satisfies Command

const act = (names: readonly string[]): Act =>
	inUnit(async (scene, talk) => {
		const named = await namedJobs(scene, talk, names)
		return named.kind === 'refused' ? named : proveAgain(scene, talk, names)
	})
