import type { Command } from '../command.ts'
import { wordsFor } from '../words.ts'

/** `/migrate ask "…"`: a transformation in plain words. It needs a language model, and says so. */
export const ask = {
	takes: '"WHAT IT SHOULD DO"',
	does: 'makes a new job of a transformation in plain words',
	examples: ['/migrate ask "keep the newest row of each customer"'],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [1, 100] }, () => ({
		act: () =>
			Promise.resolve({
				kind: 'refused',
				why: 'No language model is configured: Reglue works with rules alone here, and nothing was sent anywhere. Commit the job yourself, on this branch or on another; the check runs on every push.',
				who: 'nobody, until the operator of Reglue configures a model.',
			}),
	})),
} as const satisfies Command
