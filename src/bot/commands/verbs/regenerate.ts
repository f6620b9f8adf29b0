import type { Act, Command } from '../command.ts'
import { done } from '../command.ts'
import { rebuild } from '../rebuild.ts'
import { inUnit, namedJobs } from '../units.ts'
import { wordsFor } from '../words.ts'

/** `/migrate regenerate`: everything again, people's edits kept. */
export const regenerate = {
	takes: '[JOB…] [--no-llm]',
	does: 'generates again, and keeps what people edited',
	examples: ['/migrate regenerate', '/migrate regenerate DailySales'],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [0, 50], options: { 'no-llm': 'flag' } }, ({ values }) => ({ act: again(values) })),
} as const satisfies Command

/** `/migrate recreate`: everything again, people's edits dropped. */
export const recreate = {
	takes: '',
	does: 'generates again from nothing, and drops what people edited on the branch; decisions stay',
	examples: ['/migrate recreate'],
	where: 'unit',
	bound: 'head',
	rewrites: true,
	readOnly: false,
	read: wordsFor({ values: [0, 0] }, () => ({
		act: inUnit(async (scene, talk) => {
			const text =
				'The branch begins again at its base. What people had committed to it is in the history that the pull request shows.'
			return (await rebuild(scene, talk.units, 'recreate')) ?? done(text)
		}),
	})),
} as const satisfies Command

/** Files of a unit belong together: naming a job says which unit is meant. */
const again = (names: readonly string[]): Act =>
	inUnit(async (scene, talk) => {
		const named = await namedJobs(scene, talk, names)
		if (named.kind === 'refused') return named
		const units = names.length === 0 ? talk.units : [...new Set(named.jobs.map(({ unit }) => unit))]
		const text =
			'What is generated now is on the branch, and what people edited is still there. Where both changed the same lines, theirs stayed, and the pull request says so.'
		return (await rebuild(scene, units, 'regenerate')) ?? done(text)
	})
