/** What each rule of a finding means, and what to do: for whoever shows findings without knowing Reglue. */
import { diagnosticCodes } from '#model/diagnostic-codes.ts'
import { differences } from '#model/differences.ts'

export interface RuleText {
	readonly title: string
	readonly help: string
}

const ownRules: Readonly<Record<string, RuleText>> = {
	'rows/wrong': {
		title: 'Wrong rows',
		help: 'The new job gives other rows than the source job. Read the difference in the pull request, and mend the script.',
	},
	'rows/unlike-legacy': {
		title: 'Other rows than the legacy engine wrote',
		help: '`reglue reconcile` compared both and found differing rows. Read them there, and mend the script.',
	},
	'rows/test-case': {
		title: 'A test case fails',
		help: 'A test case that the team has for the source job expects other rows. `reglue verify --spec` shows them.',
	},
	'element/opaque': {
		title: 'Not translated',
		help: 'The element was read and not understood. A person must write what it does in place of the stub.',
	},
}

export function ruleText(id: string): RuleText {
	const own = ownRules[id]
	if (own !== undefined) return own
	const difference = Object.entries(differences).find(([known]) => known === id)?.[1]
	if (difference !== undefined) return { title: difference.title, help: `${difference.why} ${difference.check}` }
	const diagnostic = Object.entries(diagnosticCodes).find(([known]) => known === id)?.[1]
	return { title: id, help: diagnostic?.remedy ?? 'See the message.' }
}
