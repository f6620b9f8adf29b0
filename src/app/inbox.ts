/** From a delivery to work in the queue: what GitHub told, for whom, and whether the App works for them at all. */
import { z } from 'zod'
import type { Log } from '#bot/bot.ts'
import { eventNames, workOf } from '#bot/github-events.ts'
import type { NewWork, WorkStore } from '#queue/store.ts'
import { currentTrace } from './trace.ts'
import { installationWork, repositoryWork } from './work/content.ts'

export interface IncomingDelivery {
	readonly id: string
	readonly event: string
	readonly payload: object
}

export interface InboxOptions {
	readonly store: WorkStore
	/** Owners that the App works for; undefined: all. */
	readonly accounts: readonly string[] | undefined
	readonly log: Log
	/** Called when there is new work. */
	readonly onWork: () => void
}

/** What a delivery has beside its event's own: for which installation it is, and in which repository. */
const envelope = z.object({
	action: z.string().optional(),
	installation: z.object({ id: z.int(), account: z.object({ login: z.string() }).nullish() }),
	repository: z.object({ owner: z.object({ login: z.string() }), archived: z.boolean().optional() }).optional(),
})

/** Events of the App that bring no work of a repository, but may free some. */
const returns = ['unsuspend', 'new_permissions_accepted']

/** Keeps a delivery with the work that it asks for. @throws where it cannot be kept */
export async function receiveDelivery(delivery: IncomingDelivery, options: InboxOptions): Promise<void> {
	const { store, log } = options
	const { id, event } = delivery
	const works = worksOf(delivery, options)
	const received = await store.receive({ id, event }, works)
	log.info(texts[received], { delivery: id, event, works: works.length })
	if (received !== 'finished') options.onWork()
}

const texts = {
	stored: 'a delivery was kept',
	unfinished: 'a delivery came again; its work goes on',
	finished: 'a delivery came again; its work is done',
}

/** Whether anything can come of an event at all. */
export function concerns(event: string): boolean {
	return (eventNames as readonly string[]).includes(event)
}

function worksOf({ id, event, payload }: IncomingDelivery, options: InboxOptions): readonly NewWork[] {
	const read = envelope.safeParse(payload)
	const works = workOf(event, payload)
	if (!read.success || works === undefined) {
		options.log.warn('a delivery is not what GitHub documents', { delivery: id, event })
		return []
	}
	const { installation, repository, action } = read.data
	if (repository?.archived === true) return []
	const owner = repository?.owner.login ?? installation.account?.login
	if (!isServed(owner, options.accounts)) {
		options.log.warn('the App does not work for this account', { delivery: id, event, owner })
		return []
	}
	const trace = currentTrace()
	const back = event === 'installation' && returns.includes(action ?? '')
	return [
		...works.map(({ repository: { id: number, owner: login, name }, work }) =>
			repositoryWork({ installation: installation.id, repository: number, owner: login, name }, work, {
				...(trace === undefined ? {} : { trace }),
			}),
		),
		...(back ? [installationWork(installation.id)] : []),
	]
}

export function isServed(owner: string | undefined, accounts: readonly string[] | undefined): boolean {
	if (accounts === undefined) return true
	return accounts.some((account) => account.toLowerCase() === owner?.toLowerCase())
}
