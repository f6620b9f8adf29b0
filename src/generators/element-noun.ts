import type { Job } from '#model/job.ts'

export type ElementNoun = 'Stage' | 'Component'

/** What the source tool calls an element of a data flow: failures and comments begin with it. */
export const elementNoun = ({ dialect }: Pick<Job, 'dialect'>): ElementNoun =>
	dialect === 'ssis' ? 'Component' : 'Stage'
