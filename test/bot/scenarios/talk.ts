/** What people say to the bot, and what comes of it, one entry for each story. */
import type { Work } from '#bot/work.ts'
import { dsx } from '../../support/bot-scene.ts'
import type { Scenario, Step } from '../../support/scenario.ts'
import { pushed } from '../../support/scenario.ts'

const files = {
	'exports/daily.dsx': dsx('Daily', { Read: 'path /data/in/daily.txt', Sum: 'declared', Load: 'connection DW' }),
}
const script = 'generated/exports-daily/glue_jobs/daily.py'

/** Comments of people have numbers of their own here, so that a story can name them. */
let id = 9000

const says = (body: string, author = 'dana', number = 1): Step => {
	const comment = ++id
	const work: Work = { kind: 'command', number, comment, body, author }
	return { people: (people) => people.comment(number, body, { id: comment, author }), works: [work] }
}

export const talks = {
	'decisions in comments': {
		files,
		steps: [
			{ works: [pushed] },
			says('/migrate set workers=4 retries=1'),
			says('/migrate map /data/in/=s3://landing/'),
			says('/migrate accept rg-d001'),
			says('/migrate set workers=4'),
		],
	},
	'tables and columns mapped': {
		files: {
			'exports/daily.dsx': dsx('Daily', { Read: 'copy', Load: 'table DW DWH.ORDERS ORDER_NO,NAME' }),
		},
		steps: [
			{ works: [pushed] },
			says('/migrate map table:dwh.orders=sales.orders'),
			says('/migrate map DWH.ORDERS.ORDER_NO=order_number'),
			says('/migrate map column:DWH.ORDERS.ORDER_NO=name'),
			says('/migrate map table:DWH.ORDER=sales.orders'),
		],
	},
	'a job left out and taken up again': {
		files: { 'exports/two.dsx': `${dsx('One', { Read: 'copy' })}${dsx('Two', { Read: 'copy' })}` },
		steps: [{ works: [pushed] }, says('/migrate skip Two'), says('/migrate reopen Two')],
	},
	'checks on request': { files, steps: [{ works: [pushed] }, says('/migrate run Daily'), says('/migrate fix')] },
	'generated again, and from nothing': {
		files,
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					const text = people.read('reglue/exports-daily', script) ?? ''
					people.commit('reglue/exports-daily', { [script]: text.replace("'declared'", "'mine'") })
				},
				works: [{ kind: 'pull-request', number: 1 }],
			},
			says('/migrate set workers=6'),
			says('/migrate regenerate Daily'),
			says('/migrate recreate'),
		],
	},
	'generated from nothing twice': {
		files,
		steps: [
			{ works: [pushed] },
			{
				people: (people) => people.commit('reglue/exports-daily', { [script]: 'mine\n' }),
				works: [{ kind: 'pull-request', number: 1 }],
			},
			says('/migrate recreate'),
			says('/migrate recreate'),
		],
	},
	'all jobs left out': {
		files: { ...files, 'exports/other.dsx': dsx('Other', { Read: 'copy' }) },
		steps: [
			{ works: [pushed] },
			says('/migrate skip Daily'),
			{
				people: (people) => people.commit('main', { 'exports/daily.dsx': dsx('Daily', { Read: 'once' }) }),
				works: [pushed],
			},
			{ people: (people) => people.merge(1), works: [{ kind: 'pull-request-closed', number: 1 }] },
			{
				people: (people) => people.commit('main', { 'exports/daily.dsx': dsx('Daily', { Read: 'twice' }) }),
				works: [pushed],
			},
		],
	},
	'closed, and reopened in a comment': {
		files,
		steps: [
			{ works: [pushed] },
			{ people: (people) => people.closePull(1), works: [{ kind: 'pull-request-closed', number: 1 }] },
			says('/migrate set workers=4'),
			says('/migrate reopen'),
		],
	},
	questions: {
		files,
		steps: [
			{ works: [pushed] },
			says('/migrate'),
			says('/migrate help set'),
			says('/migrate status'),
			says('/migrate explain Sum'),
			says('/migrate explain glue_jobs/daily.py:6'),
			says('/migrate explain Summ'),
		],
	},
	refused: {
		files,
		steps: [
			{ works: [pushed] },
			says('/migrate ask "keep the newest row"'),
			says('/migrate approve'),
			says('/migrate run --engine aws-glue'),
			says('/migrate map CRM=crm'),
			says('/migrate accept RG-D999'),
			says('/migrate skip Weekly'),
			says('/migrate recreate', 'mo'),
		],
	},
	'more answers than an hour may see': {
		files,
		config: 'dashboard: false\nlimits: { comments_per_hour: 1 }\n',
		steps: [{ works: [pushed] }, says('/migrate help run'), says('/migrate help set'), says('/migrate help map')],
	},
	'boxes of the dashboard': {
		files,
		config: 'version: 1\n',
		steps: [
			{ works: [pushed] },
			{
				people: (people) =>
					people.editBody(2, (body) => body.replace('- [ ] <!-- reglue:retry 1', '- [x] <!-- reglue:retry 1')),
				works: [{ kind: 'dashboard', issue: 2, author: 'dana' }],
			},
		],
	},
	onboarding: {
		files,
		config: null,
		steps: [{ works: [{ kind: 'installed' }] }, { people: (people) => people.closePull(1), works: [pushed] }],
	},
	'onboarding, and a config of their own': {
		files,
		config: null,
		steps: [
			{ works: [{ kind: 'installed' }] },
			{ people: (people) => people.commit('main', { '.github/reglue.yml': 'version: 1\n' }), works: [pushed] },
		],
	},
} as const satisfies Readonly<Record<string, Scenario>>
