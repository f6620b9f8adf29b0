/** What GitHub does while the bot works, one entry for each story. Each ends as if nothing had happened. */
import { dsx } from '../../support/bot-scene.ts'
import type { Scenario } from '../../support/scenario.ts'
import { pushed } from '../../support/scenario.ts'

const daily = (what: string) => ({ 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: what }) })
const weekly = { 'exports/weekly.dsx': dsx('Weekly', { Read: 'copy', Join: 'keys' }) }

export const troubles = {
	'suspended and taken up again': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => people.commit('main', daily('add all')),
				trouble: { kind: 'forbidden', when: 'before', steps: 'all', every: 1 },
				works: [pushed, { kind: 'pull-request', number: 1 }],
			},
			{ works: [{ kind: 'sweep' }] },
		],
	},
	'rate limit': {
		files: { ...daily('add'), ...weekly },
		steps: [
			{
				trouble: { kind: 'rate-limited', when: 'before', steps: 'all', every: 5, times: 6 },
				works: [pushed],
			},
			{
				people: (people) => people.commit('main', daily('add all')),
				trouble: { kind: 'rate-limited', when: 'before', steps: 'all', every: 7, times: 4 },
				works: [pushed],
			},
		],
	},
	'secondary limit on what is written': {
		files: { ...daily('wrong'), ...weekly },
		steps: [
			{ trouble: { kind: 'rate-limited', when: 'before', steps: 'writes', every: 2, times: 8 }, works: [pushed] },
		],
	},
	'GitHub says 500 although it did what was asked': {
		files: { ...daily('add'), ...weekly },
		steps: [
			{ trouble: { kind: 'unavailable', when: 'after', steps: 'writes', every: 2, times: 3 }, works: [pushed] },
			{
				people: (people) => people.commit('main', daily('add all')),
				trouble: { kind: 'unavailable', when: 'after', steps: 'writes', every: 1, times: 3 },
				works: [pushed],
			},
		],
	},
} as const satisfies Readonly<Record<string, Scenario>>
