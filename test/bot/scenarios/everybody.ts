/** Every command, said by people of every permission one after the other: an entry for each command. */
import type { CommandVerb } from '#config/permissions.ts'
import type { Role } from '#forge/repository.ts'
import { dsx } from '../../support/bot-scene.ts'
import type { Scenario, Step } from '../../support/scenario.ts'
import { pushed } from '../../support/scenario.ts'

/** Who they are, from those who may least. */
export const people = {
	nobody: 'none',
	rita: 'read',
	tim: 'triage',
	wanda: 'write',
	maya: 'maintain',
	ada: 'admin',
} as const satisfies Readonly<Record<string, Role>>

/** What each of them says. */
export const lines = {
	help: '/migrate',
	status: '/migrate status',
	explain: '/migrate explain Sum',
	run: '/migrate run Daily',
	fix: '/migrate fix',
	regenerate: '/migrate regenerate',
	recreate: '/migrate recreate',
	set: '/migrate set workers=4',
	map: '/migrate map table:DWH.ORDERS=sales.orders',
	accept: '/migrate accept RG-D001',
	reject: '/migrate reject RG-D001',
	skip: '/migrate skip Daily',
	reopen: '/migrate reopen',
	ask: '/migrate ask "keep the newest row"',
	approve: '/migrate approve',
} as const satisfies Readonly<Record<CommandVerb, string>>

const daily = dsx('Daily', { Read: 'path /data/in.txt', Sum: 'declared', Load: 'table DW DWH.ORDERS NO,NAME' })

const begin: Step = {
	people: (acting) => {
		for (const [login, role] of Object.entries(people)) acting.collaborator(login, role)
	},
	works: [pushed],
}
const closed: Step = {
	people: (acting) => acting.closePull(1),
	works: [{ kind: 'pull-request-closed', number: 1 }],
}

const says = (body: string, author: string, comment: number): Step => ({
	people: (acting) => acting.comment(1, body, { id: comment, author }),
	works: [{ kind: 'command', number: 1, comment, body, author }],
})

export const everybody: Readonly<Record<CommandVerb, Scenario>> = {
	help: scenario('help'),
	status: scenario('status'),
	explain: scenario('explain'),
	run: scenario('run'),
	fix: scenario('fix'),
	regenerate: scenario('regenerate'),
	recreate: scenario('recreate'),
	set: scenario('set'),
	map: scenario('map'),
	accept: scenario('accept'),
	reject: scenario('reject'),
	skip: scenario('skip'),
	reopen: scenario('reopen', [closed]),
	ask: scenario('ask'),
	approve: scenario('approve'),
}

function scenario(verb: CommandVerb, before: readonly Step[] = []): Scenario {
	const said = Object.keys(people).map((login, index) => says(lines[verb], login, 9001 + index))
	return {
		isLarge: true,
		files: { 'exports/two.dsx': `${daily}${dsx('Other', { Read: 'copy' })}` },
		steps: [begin, ...before, ...said],
	}
}
