/** What happens in repositories, one entry for each story. */
import { dsx } from '../../support/bot-scene.ts'
import type { Scenario } from '../../support/scenario.ts'
import { pushed } from '../../support/scenario.ts'

const daily = (what: string) => ({ 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: what, Write: 'copy' }) })
const weekly = { 'exports/weekly.dsx': dsx('Weekly', { Read: 'copy', Join: 'keys' }) }
const script = 'generated/exports-daily/glue_jobs/daily.py'

export const scenarios = {
	'first push': { files: daily('add'), steps: [{ works: [pushed] }] },
	'update of one export among many': {
		files: { ...daily('add'), ...weekly },
		steps: [{ works: [pushed] }, { people: (people) => people.commit('main', daily('add all')), works: [pushed] }],
	},
	'export deleted before its pull request was merged': {
		files: { ...daily('add'), ...weekly },
		steps: [
			{ works: [pushed] },
			{ people: (people) => people.commit('main', {}, { removed: ['exports/daily.dsx'] }), works: [pushed] },
		],
	},
	'export deleted after its pull request was merged': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					people.merge(1)
					people.commit('main', {}, { removed: ['exports/daily.dsx'] })
				},
				works: [pushed, { kind: 'pull-request-closed', number: 1 }],
			},
		],
	},
	'human edit on the branch': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					const text = people.read('reglue/exports-daily', script) ?? ''
					people.commit('reglue/exports-daily', { [script]: text.replace('# Daily', '# Daily, checked by Dana') })
				},
				works: [
					{ kind: 'push', branch: 'reglue/exports-daily' },
					{ kind: 'pull-request', number: 1 },
				],
			},
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	'human edit on the base': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					people.merge(1, 'squash')
					const text = people.read('main', script) ?? ''
					people.commit('main', { [script]: text.replace('# Daily', '# Daily, checked by Dana') })
				},
				works: [{ kind: 'pull-request-closed', number: 1 }, pushed],
			},
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	conflict: {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					const text = people.read('reglue/exports-daily', script) ?? ''
					people.commit('reglue/exports-daily', { [script]: text.replace("'add'", "'add by hand'") })
				},
				works: [{ kind: 'pull-request', number: 1 }],
			},
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	'closed pull request': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => people.closePull(1),
				works: [{ kind: 'pull-request-closed', number: 1 }, pushed],
			},
			{ people: (people) => people.commit('main', { 'other.txt': '1\n' }), works: [pushed] },
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	'export renamed before its pull request was merged': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					const text = people.read('reglue/exports-daily', script) ?? ''
					people.commit('reglue/exports-daily', { [script]: text.replace('# Daily', '# Daily, checked by Dana') })
					people.commit(
						'main',
						{ 'exports/per-day.dsx': daily('add')['exports/daily.dsx'] },
						{ removed: ['exports/daily.dsx'] },
					)
				},
				works: [pushed],
			},
		],
	},
	'export renamed after its pull request was merged': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					people.merge(1, 'squash')
					people.deleteBranch('reglue/exports-daily')
					const text = people.read('main', script) ?? ''
					people.commit('main', { [script]: text.replace('# Daily', '# Daily, checked by Dana') })
					people.commit(
						'main',
						{ 'exports/per-day.dsx': daily('add')['exports/daily.dsx'] },
						{ removed: ['exports/daily.dsx'] },
					)
				},
				works: [{ kind: 'pull-request-closed', number: 1 }, pushed],
			},
			{ people: (people) => people.merge(2), works: [pushed] },
		],
	},
	'config broken and fixed': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => people.commit('main', { ...daily('add all'), '.github/reglue.yml': 'sources: 7\n' }),
				works: [pushed],
			},
			{
				people: (people) =>
					people.commit('main', { '.github/reglue.yml': 'dashboard: false\npaths:\n  /data: s3://lake\n' }),
				works: [pushed],
			},
		],
	},
	'closed, reopened and merged': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{ people: (people) => people.closePull(1), works: [pushed] },
			{ people: (people) => people.reopenPull(1), works: [{ kind: 'pull-request', number: 1 }] },
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
			{ people: (people) => people.merge(1), works: [{ kind: 'pull-request-closed', number: 1 }] },
			{ people: (people) => people.commit('main', daily('add none')), works: [pushed] },
		],
	},
	'branch deleted': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => people.deleteBranch('reglue/exports-daily'),
				works: [{ kind: 'pull-request-closed', number: 1 }, pushed],
			},
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	'force-push to the branch': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
			{
				people: (people) =>
					people.commit('reglue/exports-daily', { 'notes.md': 'mine\n' }, { onto: people.head('main') ?? '' }),
				works: [{ kind: 'pull-request', number: 1 }, pushed],
			},
			{ people: (people) => people.commit('main', daily('add none')), works: [pushed] },
		],
	},
	'text and branch edited by people': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					people.editBody(1, (body) => `Please look.\r\n\r\n${body.replaceAll('\n', '\r\n')}`)
					people.commit('reglue/exports-daily', { 'generated/exports-daily/notes.md': 'mine\n' })
				},
				works: [{ kind: 'pull-request', number: 1 }],
			},
			{ people: (people) => people.editBody(1, () => 'All gone.'), works: [pushed] },
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	'more exports than pull requests': {
		files: Object.fromEntries(
			['retail/a', 'retail/b', 'retail/c', 'bank/a', 'bank/b', 'hr'].map((name) => [
				`${name}.dsx`,
				dsx(name.replace('/', '_'), { Read: 'copy' }),
			]),
		),
		bot: { operator: { openPullRequests: 3, commentsPerHour: 60, engine: 'local' } },
		steps: [
			{ works: [pushed] },
			{
				people: (people) => people.commit('main', { 'retail/b.dsx': dsx('retail_b', { Read: 'copy twice' }) }),
				works: [pushed],
			},
			{
				people: (people) =>
					people.commit('main', {
						'ship/a.dsx': dsx('ship_a', { Read: 'copy' }),
						'retail/d.dsx': dsx('retail_d', { Read: 'copy' }),
					}),
				works: [pushed],
			},
			{ people: (people) => people.merge(1), works: [{ kind: 'pull-request-closed', number: 1 }] },
		],
	},
	'export that cannot be read, then mended': {
		files: { ...daily('add'), ...weekly },
		bot: { operator: { openPullRequests: 1, commentsPerHour: 60, engine: 'local' } },
		steps: [
			{ works: [pushed] },
			{
				people: (people) =>
					people.commit('main', { 'exports/daily.dsx': '?', 'exports/weekly.dsx': dsx('Weekly', { Read: 'once' }) }),
				works: [pushed],
			},
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	'pull requests of people and of a fork': {
		files: { ...daily('add'), ...weekly },
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					people.commit('idea', { 'notes.md': 'an idea\n' })
					people.openPull('idea')
					people.commit('change', { ...daily('add all'), 'exports/new.dsx': dsx('New', { Read: 'opaque' }) })
					people.openPull('change', { fork: true })
				},
				works: [
					{ kind: 'pull-request', number: 3 },
					{ kind: 'pull-request', number: 4 },
				],
			},
		],
	},
	'pull request that changes the config': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) => {
					people.commit('settings', { '.github/reglue.yml': 'dashboard: false\nglue:\n  workers: many\n' })
					people.openPull('settings')
				},
				works: [{ kind: 'pull-request', number: 2 }],
			},
			{
				people: (people) =>
					people.commit('settings', { '.github/reglue.yml': 'dashboard: false\nglue:\n  workers: 4\n' }),
				works: [{ kind: 'pull-request', number: 2 }],
			},
			{ people: (people) => people.merge(2), works: [pushed] },
		],
	},
	'failing job, repaired and run again': {
		files: daily('wrong'),
		bot: {
			repairer: {
				// It mends at the second attempt only.
				propose: async ({ files, attempt }) => {
					const text = new TextDecoder().decode(files.get(script))
					const line = attempt === 1 ? '# tried Sum' : '# fixed Sum'
					return { files: new Map([[script, new TextEncoder().encode(`${text}${line}\n`)]]), text: 'Sum adds twice.' }
				},
			},
		},
		steps: [{ works: [pushed] }],
	},
	'failing job that nothing repairs, and its buttons': {
		files: daily('wrong'),
		steps: [
			{ works: [pushed] },
			{ works: [{ kind: 'check-button', check: 1, commit: 'gone', button: 'rerun', author: 'dana' }] },
		],
	},
	'archived repository': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people, forge) => {
					forge.archive()
					people.commit('main', daily('add all'))
				},
				works: [pushed],
			},
		],
	},
	'five hundred exports in one push': {
		isLarge: true,
		files: Object.fromEntries(
			Array.from({ length: 500 }, (_unused, index) => [
				`exports/${index % 7}/job${index}.dsx`,
				dsx(`Job${index}`, { Read: 'copy' }),
			]),
		),
		steps: [{ works: [pushed] }],
	},
	'settings without effect on files': {
		files: daily('add'),
		steps: [
			{ works: [pushed] },
			{
				people: (people) =>
					people.commit('main', {
						'.github/reglue.yml': 'dashboard: false\nconnections: { DW: { dialect: oracle } }\n',
					}),
				works: [pushed],
			},
			{ people: (people) => people.merge(1), works: [{ kind: 'pull-request-closed', number: 1 }] },
			{ people: (people) => people.commit('main', { '.github/reglue.yml': 'dashboard: false\n' }), works: [pushed] },
		],
	},
	'Reglue updated': {
		files: { ...daily('add'), ...weekly },
		steps: [
			{ works: [pushed] },
			{ people: (people) => people.merge(1), works: [{ kind: 'pull-request-closed', number: 1 }] },
			{ version: '1.1.0', works: [{ kind: 'sweep' }] },
			{ people: (people) => people.commit('main', daily('add all')), works: [pushed] },
		],
	},
	'two units': { files: { ...daily('add'), ...weekly }, steps: [{ works: [pushed] }] },
} as const satisfies Readonly<Record<string, Scenario>>
