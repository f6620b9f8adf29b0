/**
 * The App in Probot's words: which events it listens to, and what it does about them, which is to keep them. Signatures
 * are checked and events handed out by Probot; its server, its middleware and its client are not used, for the reasons
 * in docs/decisions/0030-what-of-probot-is-used.md.
 */
import type { Logger } from 'pino'
import type { ApplicationFunction } from 'probot'
import { Probot } from 'probot'
import { eventNames } from '#bot/github-events.ts'
import type { IncomingDelivery } from './inbox.ts'
import type { Credentials } from './operator.ts'

/** @param receive keeps a delivery; called before GitHub is answered */
export function reglueApp(receive: (delivery: IncomingDelivery) => Promise<void>): ApplicationFunction {
	return (app) => {
		app.on([...eventNames], ({ id, name, payload }) => receive({ id, event: name, payload }))
	}
}

export interface Gate {
	readonly verify: (text: string, signature: string) => Promise<boolean>
	/** Hands the delivery to the App. @throws AggregateError where it could not be kept */
	readonly receive: (delivery: IncomingDelivery) => Promise<void>
}

/** Probot with the App loaded. */
export async function openGate(credentials: Credentials, app: ApplicationFunction, log: Logger): Promise<Gate> {
	const { appId, privateKey, webhookSecret } = credentials
	const probot = new Probot({ appId, privateKey, secret: webhookSecret, log })
	await probot.load(app)
	await probot.ready()
	return {
		verify: (text, signature) => probot.webhooks.verify(text, signature),
		receive: async ({ id, event, payload }) => {
			// The signature says that this is GitHub's; what is taken from it is checked where it is read.
			await probot.webhooks.receive({ id, name: event, payload } as Parameters<typeof probot.webhooks.receive>[0])
		},
	}
}
