/** Webhooks as GitHub sends them: signed, once each, never again unless asked; held back until a test lets them go. */
import { createHmac, randomUUID } from 'node:crypto'
import { renderInstallation, renderLogin } from './render/actors.ts'
import { renderRepository } from './render/repository.ts'
import type { WebhookEvent, World } from './state.ts'

export interface Delivery {
	readonly id: number
	/** `X-GitHub-Delivery`: the same for all attempts. */
	readonly guid: string
	readonly event: string
	readonly action: string | undefined
	readonly installation: number | undefined
	readonly body: string
	readonly at: string
	/** Answers of the receiver so far; 0: none came. */
	readonly attempts: { readonly status: number; readonly redelivery: boolean; readonly id: number }[]
}

export interface Webhooks {
	/** All that was ever emitted, oldest first. */
	readonly deliveries: readonly Delivery[]
	/** Not sent yet. */
	pending(): readonly Delivery[]
	/** Headers and body of a delivery, as they go over the wire. */
	request(delivery: Delivery): { readonly headers: Readonly<Record<string, string>>; readonly body: string }
	/** Sends one, again or for the first time. @returns the receiver's status, 0 when there was none */
	send(delivery: Delivery): Promise<number>
	/** Sends what is pending. Repeats while sending caused more. */
	flush(options?: { readonly copies?: number; readonly reversed?: boolean }): Promise<void>
	/** Where to send; with `automatic`, at once. */
	target(url: string | undefined, automatic?: boolean): void
	/** Waits until nothing that is sent automatically is on its way. */
	settled(): Promise<void>
}

/** GitHub gives a receiver ten seconds. */
const patience = 10_000

export interface WebhooksOfTwin extends Webhooks {
	emit(world: World, event: WebhookEvent): void
}

export function twinWebhooks(secret: string): WebhooksOfTwin {
	const deliveries: Delivery[] = []
	const underway = new Set<Promise<unknown>>()
	let address: string | undefined
	let atOnce = false
	let next = 1

	const request = (delivery: Delivery) => ({
		headers: {
			'content-type': 'application/json',
			'user-agent': 'GitHub-Hookshot/twin',
			'x-github-event': delivery.event,
			'x-github-delivery': delivery.guid,
			'x-github-hook-installation-target-type': 'integration',
			'x-hub-signature-256': sign(secret, delivery.body),
		},
		body: delivery.body,
	})
	const pending = () => deliveries.filter(({ attempts }) => attempts.length === 0)
	const send = async (delivery: Delivery): Promise<number> => {
		if (address === undefined) throw new Error('nobody receives webhooks: give the twin a target')
		const attempt = {
			status: 0,
			redelivery: delivery.attempts.length > 0,
			id: delivery.id * 1000 + delivery.attempts.length,
		}
		delivery.attempts.push(attempt)
		const { headers, body } = request(delivery)
		const answer = await fetch(address, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) }).catch(
			() => undefined,
		)
		await answer?.arrayBuffer()
		attempt.status = answer?.status ?? 0
		return attempt.status
	}
	const settled = async (): Promise<void> => {
		while (underway.size > 0) await Promise.all(underway)
	}
	return {
		deliveries,
		pending,
		request,
		send,
		settled,
		flush: async ({ copies = 1, reversed = false } = {}) => {
			for (let waiting = pending(); waiting.length > 0; waiting = pending()) {
				for (const delivery of reversed ? waiting.toReversed() : waiting) {
					for (let copy = 0; copy < copies; copy++) await send(delivery)
				}
			}
		},
		target: (url, automatic = false) => {
			address = url
			atOnce = automatic
		},
		emit: (world, event) => {
			if (!subscribed(world, event)) return
			const delivery = deliveryOf(world, event, next++)
			deliveries.push(delivery)
			if (!atOnce || address === undefined) return
			const sending = send(delivery).finally(() => underway.delete(sending))
			underway.add(sending)
		},
	}
}

export function sign(secret: string, body: string): string {
	return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** Installation events come unasked; a repository's only where the App is installed and not suspended. */
function subscribed(world: World, event: WebhookEvent): boolean {
	if (event.name === 'installation' || event.name === 'installation_repositories') return true
	const installation = installationOf(world, event)
	return world.app.events.includes(event.name) && installation !== undefined && !installation.suspended
}

function installationOf(world: World, event: WebhookEvent) {
	const { repository } = event
	if (event.installation !== undefined || repository === undefined) return event.installation
	return [...world.installations.values()].find(({ repositories }) => repositories.has(repository.id))
}

function deliveryOf(world: World, event: WebhookEvent, id: number): Delivery {
	const installation = installationOf(world, event)
	const body = {
		...(event.action === undefined ? {} : { action: event.action }),
		...event.payload,
		...(event.repository === undefined ? {} : { repository: renderRepository(world, event.repository) }),
		...(installation === undefined
			? {}
			: {
					installation:
						event.installation === undefined ? { id: installation.id } : renderInstallation(world, installation),
				}),
		sender: renderLogin(world, event.sender),
	}
	return {
		id,
		guid: randomUUID(),
		event: event.name,
		action: event.action,
		installation: installation?.id,
		body: JSON.stringify(body),
		at: world.clock.now(),
		attempts: [],
	}
}
