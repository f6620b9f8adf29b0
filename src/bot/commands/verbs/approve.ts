import type { Command } from '../command.ts'
import { wordsFor } from '../words.ts'

/** `/migrate approve`: lets a run go on that costs money. No such run can wait while all engines are local. */
export const approve = {
	takes: '',
	does: 'lets a run on AWS go on that waits for approval',
	examples: ['/migrate approve'],
	where: 'pull',
	bound: 'exactly',
	readOnly: false,
	read: wordsFor({ values: [0, 0] }, () => ({
		act: () =>
			Promise.resolve({
				kind: 'refused',
				why: 'Nothing waits for approval: no engine on AWS is configured here, and runs on this machine cost nothing.',
				copy: '/migrate run',
			}),
	})),
} as const satisfies Command
