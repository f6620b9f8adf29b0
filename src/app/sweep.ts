/**
 * Looking after what may have been missed: deliveries that GitHub could not make, and repositories whose events never
 * came, or whose work died with its process.
 */
import type { Log } from '#bot/bot.ts'
import type { WorkStore } from '#queue/store.ts'
import type { GitHubAccess } from './github.ts'
import { isServed } from './inbox.ts'
import { installationWork, repositoryWork } from './work/content.ts'

export interface SweepOptions {
	readonly store: WorkStore
	readonly github: GitHubAccess
	readonly accounts: readonly string[] | undefined
	readonly log: Log
	/** Milliseconds over which the repositories of an installation are spread at most. */
	readonly spread: number
}

/** GitHub can send again what is at most three days old: https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
const sendableFor = 3 * 86_400_000
/** Finished work is remembered for longer than that, so that nothing is done twice for being sent twice. */
const rememberedFor = 7 * 86_400_000
/** Whoever failed that often fails for a reason that sending it again does not mend. */
const mostAttempts = 5
const mostPages = 50
/** Milliseconds between the looks at two repositories of an installation. */
const usualGap = 1000

/** The App's own round. @returns how many deliveries GitHub was asked to make again */
export async function sweepApp(options: SweepOptions): Promise<number> {
	const { store, github, accounts, log } = options
	await store.prune(Date.now() - rememberedFor)
	const asked = await askAgain(options)
	const installations: number[] = []
	for await (const { data } of github.app.paginate.iterator(github.app.rest.apps.listInstallations, {
		per_page: 100,
	})) {
		for (const { id, account, suspended_at: suspended } of data) {
			const owner = account !== null && 'login' in account ? account.login : undefined
			if (suspended === null && isServed(owner, accounts)) installations.push(id)
		}
	}
	await store.add(installations.map(installationWork))
	log.info('looked after the App', { asked, installations: installations.length })
	return asked
}

/** Asks for the deliveries that failed and never came another way. */
async function askAgain({ store, github, log }: SweepOptions): Promise<number> {
	const { app } = github
	const failed = new Map<string, { readonly newest: number; attempts: number }>()
	const oldest = Date.now() - sendableFor
	let pages = 0
	const list = { per_page: 100, status: 'failure' as const }
	for await (const { data } of app.paginate.iterator(app.rest.apps.listWebhookDeliveries, list)) {
		for (const { id, guid, delivered_at: at } of data) {
			if (Date.parse(at) < oldest) continue
			const seen = failed.get(guid)
			if (seen === undefined) failed.set(guid, { newest: id, attempts: 1 })
			else seen.attempts++
		}
		pages++
		if (pages === mostPages || data.some(({ delivered_at: at }) => Date.parse(at) < oldest)) break
	}
	// GitHub calls a delivery failed whose answer came too late, although it was kept.
	const known = await store.known([...failed.keys()])
	let asked = 0
	for (const [guid, { newest, attempts }] of failed) {
		if (known.has(guid)) continue
		if (attempts >= mostAttempts) {
			log.warn('a delivery failed too often to be asked for again', { delivery: guid, attempts })
			continue
		}
		await app.rest.apps.redeliverWebhookDelivery({ delivery_id: newest })
		asked++
	}
	return asked
}

/** Has every repository of an installation looked after, one now and then. */
export async function sweepInstallation(installation: number, { store, github, spread }: SweepOptions): Promise<void> {
	const client = github.installation(installation)
	const found: { readonly id: number; readonly owner: string; readonly name: string }[] = []
	const list = client.rest.apps.listReposAccessibleToInstallation
	for await (const { data } of client.paginate.iterator(list, { per_page: 100 })) {
		for (const { id, owner, name, archived } of data) if (!archived) found.push({ id, owner: owner.login, name })
	}
	const now = Date.now()
	const gap = Math.min(usualGap, spread / found.length)
	await store.add(
		found.map(({ id, owner, name }, position) =>
			repositoryWork(
				{ installation, repository: id, owner, name },
				{ kind: 'sweep' },
				{ notBefore: now + Math.floor(position * gap) },
			),
		),
	)
}
