/** What the App keeps in its queue: the bot's work with the repository that it is for, and work of its own. */
import { z } from 'zod'
import { isReadOnly } from '#bot/commands/read-only.ts'
import type { CommandWork, Work } from '#bot/work.ts'
import type { NewWork } from '#queue/store.ts'

/** Where work is done. The name may be old by then: the id counts, and a rename sends us on. */
export interface Target {
	readonly installation: number
	readonly repository: number
	readonly owner: string
	readonly name: string
}

export type Content =
	| { readonly for: 'repository'; readonly target: Target; readonly work: Work }
	/** See which commit a command was given on, before it waits for its turn. */
	| { readonly for: 'hearing'; readonly target: Target; readonly work: CommandWork }
	/** Look after every repository of an installation. */
	| { readonly for: 'installation'; readonly installation: number }
	/** Look after everything: deliveries that GitHub could not make, and all installations. */
	| { readonly for: 'app' }

export const lanesOf = (repository: number): readonly [string, string] => [
	`repository ${repository}`,
	`repository ${repository}, answers`,
]

const scopeOf = (installation: number): string => `installation ${installation}`

type More = Pick<NewWork, 'notBefore' | 'trace'>

/** The bot's work as the queue keeps it. A command that writes is heard at once and done in its turn. */
export function repositoryWork(target: Target, work: Work, more: More = {}): NewWork {
	if (work.kind !== 'command') return inTurn(target, work, more)
	return isReadOnly(work.body) ? quickly(target, work, 'repository', more) : quickly(target, work, 'hearing', more)
}

/** A command that was heard: it holds for the head that was there then. */
export const heardWork = (target: Target, work: CommandWork, more: More): NewWork => inTurn(target, work, more)

function inTurn(target: Target, work: Work, more: More): NewWork {
	return {
		lane: lanesOf(target.repository)[0],
		scope: scopeOf(target.installation),
		pool: 'slow',
		key: keyOf(work),
		inOrder: work.kind === 'command' || work.kind === 'check-button',
		background: work.kind === 'sweep',
		kind: work.kind,
		content: packed({ for: 'repository', target, work }),
		...more,
	}
}

/** What only reads and answers never waits for a check that runs. */
function quickly(target: Target, work: CommandWork, what: 'repository' | 'hearing', more: More): NewWork {
	return {
		...inTurn(target, work, more),
		lane: lanesOf(target.repository)[1],
		pool: 'quick',
		content: packed({ for: what, target, work }),
	}
}

export function installationWork(installation: number): NewWork {
	return own(`installation ${installation}`, scopeOf(installation), { for: 'installation', installation })
}

export function appWork(trace?: string): NewWork {
	return { ...own('app', 'app', { for: 'app' }), ...(trace === undefined ? {} : { trace }) }
}

function own(lane: string, scope: string, content: Content): NewWork {
	return {
		lane,
		scope,
		pool: 'slow',
		key: 'look after',
		inOrder: false,
		background: true,
		kind: `sweep-${content.for}`,
		content: packed(content),
	}
}

/** Waiting works with the same key ask for the same. */
function keyOf(work: Work): string {
	switch (work.kind) {
		case 'push':
			return `push ${work.branch}`
		case 'pull-request':
		case 'pull-request-closed':
			return `${work.kind} ${work.number}`
		case 'command':
			return commandKey(work.comment)
		case 'check-rerun':
			return `check-rerun ${work.check ?? ''} ${work.commit}`
		case 'check-button':
			return `check-button ${work.check} ${work.button} ${work.author}`
		case 'dashboard':
			return `dashboard ${work.issue} ${work.author}`
		case 'installed':
		case 'sweep':
			return work.kind
		default:
			return work satisfies never
	}
}

export const commandKey = (comment: number): string => `command ${comment}`

const target = z.object({ installation: z.int(), repository: z.int(), owner: z.string(), name: z.string() })
const content = z.discriminatedUnion('for', [
	// The bot's work was packed by this file; an upgrade that changes it keeps reading what waits.
	z.object({ for: z.literal('repository'), target, work: z.custom<Work>((value) => kindOf(value) !== undefined) }),
	z.object({ for: z.literal('hearing'), target, work: z.custom<CommandWork>((value) => kindOf(value) === 'command') }),
	z.object({ for: z.literal('installation'), installation: z.int() }),
	z.object({ for: z.literal('app') }),
])

const kindOf = (value: unknown): string | undefined => z.object({ kind: z.string() }).safeParse(value).data?.kind

const packed = (value: Content): string => JSON.stringify(value)

/** @throws Error for what no version of Reglue has packed */
export function unpacked(text: string): Content {
	return content.parse(JSON.parse(text))
}
