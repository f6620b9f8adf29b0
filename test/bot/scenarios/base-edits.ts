/** What people do to generated files on the base while a branch of the bot's is open, one entry for each story. */
import { dsx } from '../../support/bot-scene.ts'
import type { MemoryPeople } from '../../support/memory-forge.ts'
import type { Scenario, Step } from '../../support/scenario.ts'
import { pushed } from '../../support/scenario.ts'

const daily = (what: string) => ({ 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: what, Write: 'copy' }) })
const script = 'generated/exports-daily/glue_jobs/daily.py'
const branch = 'reglue/exports-daily'

const edit = (people: MemoryPeople, on: string, from: string, to: string): void => {
	const text = people.read(on, script) ?? ''
	if (!text.includes(from)) throw new Error(`${on} has no ${from}`)
	people.commit(on, { [script]: text.replace(from, to) })
}

/** One generation is merged, and the next one is open. */
const opened: readonly Step[] = [
	{ works: [pushed] },
	{ people: (people) => people.merge(1), works: [{ kind: 'pull-request-closed', number: 1 }] },
	{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
]

export const baseEdits = {
	'human edit on the base while the branch is open': {
		files: daily('add'),
		steps: [
			...opened,
			{
				people: (people) => {
					edit(people, 'main', '# Daily', '# Daily, checked by Dana')
					people.commit('main', { 'generated/exports-daily/notes.md': 'mine\n', 'other.txt': '1\n' })
				},
				works: [pushed],
			},
			{ people: (people) => people.commit('main', daily('add none')), works: [pushed] },
			{ people: (people) => people.merge(2), works: [{ kind: 'pull-request-closed', number: 2 }] },
		],
	},
	'human edits on both sides': {
		files: daily('add'),
		steps: [
			...opened,
			{
				people: (people) => {
					edit(people, branch, "def write():\n    return 'copy'", "def write():\n    return 'to the lake'")
					people.commit(branch, { 'docs/plan.md': 'soon\n' })
				},
				works: [{ kind: 'pull-request', number: 2 }],
			},
			{ people: (people) => edit(people, 'main', '# Daily', '# Daily, checked by Dana'), works: [pushed] },
			{ people: (people) => people.merge(2, 'squash'), works: [{ kind: 'pull-request-closed', number: 2 }] },
		],
	},
	'human edit on the base of what was generated anew': {
		files: daily('add'),
		steps: [
			...opened,
			{ people: (people) => edit(people, 'main', "'add'", "'add by hand'"), works: [pushed] },
			{ people: (people) => people.commit('main', daily('add none')), works: [pushed] },
		],
	},
	'human edits of one line on both sides': {
		files: daily('add'),
		steps: [
			...opened,
			{
				people: (people) => {
					edit(people, branch, '# Daily', '# Daily, checked by Mo')
					edit(people, 'main', '# Daily', '# Daily, checked by Dana')
				},
				works: [pushed],
			},
			{ people: (people) => people.commit('main', daily('add none')), works: [pushed] },
		],
	},
} as const satisfies Readonly<Record<string, Scenario>>
